//! Interleaved windows: A B C, B C A, C A B … The speed of a shared machine drifts within seconds, so only windows
//! that lie next to each other are compared.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use super::case::Case;
use super::client::Client;
use super::proxy::{Competitor, Proxy};
use super::record::Window;
use super::request::Requests;
use super::{cpu, wrk};

/// How a case is measured.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) rounds: usize,
    pub(crate) seconds: u32,
}

/// The first estimate of what a proxy answers in a second, for the number of different requests to make.
const GENEROUS_RPS: u64 = 100_000;

/// Loads every proxy once per round, after a warm-up round that does not count.
pub(crate) fn measure(
    case: Case,
    plan: Plan,
    proxies: &[Proxy],
    requests: &mut Requests,
    folder: &Path,
) -> Result<Vec<Window>> {
    look(case, proxies, requests)?;
    let warm_up = round(case, Plan { rounds: 0, seconds: 1 }, GENEROUS_RPS, 0, proxies, requests, folder)?;
    let fastest = warm_up.iter().map(Window::rps).fold(1000.0, f64::max);
    // A busy neighbour may have slowed the warm-up, and the gateway refuses a signed request that it saw.
    let expected = (fastest * 3.0) as u64;
    let mut windows = Vec::new();
    for number in 0..plan.rounds {
        windows.extend(round(case, plan, expected, number, proxies, requests, folder)?);
    }
    Ok(windows)
}

/// Whether every proxy answers as the case wants.
fn look(case: Case, proxies: &[Proxy], requests: &mut Requests) -> Result<()> {
    for proxy in proxies {
        let answer = Client::connect(proxy.address)?.exchange(&requests.make(case, 1)?[0]);
        answer
            .and_then(|answer| answer.expect(case.answer_bytes()))
            .with_context(|| format!("{} through {}", case.name(), proxy.competitor.name()))?;
    }
    Ok(())
}

fn round(
    case: Case,
    plan: Plan,
    rps: u64,
    number: usize,
    proxies: &[Proxy],
    requests: &mut Requests,
    folder: &Path,
) -> Result<Vec<Window>> {
    let count = usize::try_from(rps * u64::from(plan.seconds))?;
    let (file, made) = write(folder, &requests.make(case, count)?)?;
    (0..proxies.len())
        .map(|index| {
            let proxy = &proxies[(index + number) % proxies.len()];
            let window = window(proxy, &file, plan.seconds, number);
            let window = window.with_context(|| {
                format!("{} through {}, which said:\n{}", case.name(), proxy.competitor.name(), proxy.said())
            })?;
            // The competitors take the same request twice; the gateway refuses a nonce that it saw.
            let takes_any = !case.is_signed() || proxy.competitor != Competitor::Paifang;
            ensure!(takes_any || window.requests <= made, "paifang outran its {made} different requests");
            Ok(window)
        })
        .collect()
}

fn window(proxy: &Proxy, requests: &Path, seconds: u32, round: usize) -> Result<Window> {
    let before = cpu::time_ns(proxy.pid())?;
    let seen = wrk::load(proxy.address, requests, seconds)?;
    let cpu_ns = cpu::time_ns(proxy.pid())? - before;
    Ok(Window {
        competitor: proxy.competitor,
        round,
        requests: seen.requests,
        duration_us: seen.duration_us,
        cpu_ns,
        p50_us: seen.p50_us,
        p99_us: seen.p99_us,
    })
}

/// Writes the requests as `bench/load.lua` reads them; gives the file and their number.
pub(crate) fn write(folder: &Path, requests: &[Vec<u8>]) -> Result<(PathBuf, u64)> {
    let path = folder.join("requests");
    let file = File::create(&path).with_context(|| format!("making {}", path.display()))?;
    let mut file = BufWriter::new(file);
    for request in requests {
        writeln!(file, "{}", request.len())?;
        file.write_all(request)?;
    }
    file.flush().with_context(|| format!("writing {}", path.display()))?;
    Ok((path, requests.len() as u64))
}
