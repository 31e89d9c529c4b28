//! User-space instructions per request, which repeat almost exactly where times do not.
//!
//! A proxy answers N requests and then 2 N in a second life; the difference is N requests without start and end.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::case::Case;
use super::client::Client;
use super::proxy::{Competitor, Proxy};
use super::record::Instructions;
use super::request::Requests;
use super::site::Site;
use crate::command::{self, program};
use crate::tools;

const REQUESTS: usize = 1000;

/// Counts for one competitor, and leaves a profile by function beside the counts.
pub(crate) fn count(
    competitor: Competitor,
    case: Case,
    site: &Site,
    requests: &mut Requests,
) -> Result<Instructions> {
    let once = total(competitor, case, REQUESTS, site, requests)?;
    let twice = total(competitor, case, 2 * REQUESTS, site, requests)?;
    let per_request = twice.saturating_sub(once) / REQUESTS as u64;
    Ok(Instructions { competitor, per_request })
}

fn total(
    competitor: Competitor,
    case: Case,
    count: usize,
    site: &Site,
    requests: &mut Requests,
) -> Result<u64> {
    let valgrind = tools::require("valgrind", "valgrind")?;
    let out = site.folder.join(format!("{}-{}-{count}.callgrind", case.name(), competitor.name()));
    let proxy = Proxy::start_under(competitor, site, |path| under(&valgrind, &out, path))?;
    let made = requests.make(case, count)?;
    let mut client = Client::connect(proxy.address)?;
    for request in made.iter().cycle().take(count) {
        client
            .exchange(request)
            .and_then(|answer| answer.expect(case.answer_bytes()))
            .with_context(|| format!("{} through {} under callgrind", case.name(), competitor.name()))?;
    }
    drop(client);
    proxy.stop()?;
    annotate(&out)?;
    collected(&out)
}

pub(super) fn under(valgrind: &Path, out: &Path, path: &Path) -> Command {
    let mut command = program(valgrind);
    command
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(format!("--log-file={}.log", out.display()))
        .arg(path);
    command
}

fn annotate(out: &Path) -> Result<()> {
    let profile = command::output(program("callgrind_annotate").arg(out)).context("reading a profile")?;
    let path: PathBuf = out.with_extension("txt");
    std::fs::write(&path, profile).with_context(|| format!("writing {}", path.display()))
}

pub(super) fn collected(out: &Path) -> Result<u64> {
    let text = std::fs::read_to_string(out).with_context(|| format!("reading {}", out.display()))?;
    let line = text.lines().find_map(|line| line.strip_prefix("totals: "));
    let line = line.with_context(|| format!("callgrind wrote no total into {}", out.display()))?;
    line.trim().parse().with_context(|| format!("reading the total `{line}`"))
}
