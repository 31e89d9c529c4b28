//! Publishing fifty times a second while callers come at half of what the gateway can answer.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::pace::{self, Seen};
use super::population::{self, Population};
use crate::bench::case::Case;
use crate::bench::client::Client;
use crate::bench::request::Requests;
use crate::bench::site::Site;
use crate::bench::stats::Sample;
use crate::bench::{rounds, wrk};
use crate::gateway::Gateway;
use crate::gateway::rest::Rest;

/// Publications per second, over all publishers.
const PER_SECOND: u32 = 50;

/// Who publish: each an API of its own, in a group with a hundred others.
const PUBLISHERS: u32 = 4;

/// How long.
const FOR: Duration = Duration::from_secs(20);

/// Seconds in which the gateway shows what it can answer.
const MOST_S: u32 = 3;

/// What happened.
#[derive(Serialize, Deserialize)]
pub(super) struct Change {
    pub(super) publications: usize,
    pub(super) per_second: f64,
    /// From sending the publication to the first call that sees it.
    pub(super) served_p50_ms: f64,
    pub(super) served_p99_ms: f64,
    /// Of which until the publication was answered.
    pub(super) answered_p50_ms: f64,
    pub(super) calls: usize,
    pub(super) calls_per_second: f64,
    pub(super) failed: u64,
    pub(super) bystanders_p50_us: f64,
    pub(super) bystanders_p99_us: f64,
    /// The same without publications.
    pub(super) quiet_p99_us: f64,
}

pub(super) fn measure(gateway: &mut Gateway, site: &Site, population: &Population) -> Result<Change> {
    let mut requests = Requests::new(site.caller());
    let request = requests.make(Case::Code, 1)?.swap_remove(0);
    let file = rounds::write(&site.folder, std::slice::from_ref(&request))?.0;
    let most = wrk::load(gateway.http, &file, MOST_S)?;
    let half = (most.requests * 1_000_000 / most.duration_us / 2) as u32;
    let publishers = (0..PUBLISHERS).map(|number| Publisher::make(gateway, population, number));
    let publishers = publishers.collect::<Result<Vec<_>>>()?;

    let (_, quiet) = during(gateway.http, &request, half, || {
        std::thread::sleep(FOR / 4);
        Ok(())
    })?;
    let begun = Instant::now();
    let (published, seen) = during(gateway.http, &request, half, || publish(&publishers))?;
    let took = begun.elapsed().as_secs_f64();
    ensure!(!published.is_empty(), "nothing was published");
    let served: Sample = published.iter().map(|it| it.served.as_secs_f64() * 1000.0).collect();
    let answered: Sample = published.iter().map(|it| it.answered.as_secs_f64() * 1000.0).collect();
    let micros = |seen: &Seen| seen.micros.iter().copied().map(f64::from).collect::<Sample>();
    Ok(Change {
        publications: published.len(),
        per_second: published.len() as f64 / took,
        served_p50_ms: served.median(),
        served_p99_ms: served.quantile(0.99),
        answered_p50_ms: answered.median(),
        calls: seen.micros.len(),
        calls_per_second: seen.micros.len() as f64 / took,
        failed: seen.failed + quiet.failed,
        bystanders_p50_us: micros(&seen).median(),
        bystanders_p99_us: micros(&seen).quantile(0.99),
        quiet_p99_us: micros(&quiet).quantile(0.99),
    })
}

/// Does something while callers come.
fn during<T>(
    address: SocketAddr,
    request: &[u8],
    per_second: u32,
    work: impl FnOnce() -> Result<T>,
) -> Result<(T, Seen)> {
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let callers = pace::start(scope, address, request, per_second, &stop);
        let done = work();
        stop.store(true, Ordering::Relaxed);
        let mut all = Seen::default();
        for caller in callers {
            let seen = caller.join().expect("a caller does not panic");
            all.failed += seen.failed;
            all.micros.extend(seen.micros);
        }
        Ok((done?, all))
    })
}

/// A publication.
struct Published {
    answered: Duration,
    served: Duration,
}

/// All publishers, until the time is over.
fn publish(publishers: &[Publisher]) -> Result<Vec<Published>> {
    let every = Duration::from_secs(1) * PUBLISHERS / PER_SECOND;
    let until = Instant::now() + FOR;
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            publishers.iter().map(|publisher| scope.spawn(move || publisher.run(every, until))).collect();
        let mut all = Vec::new();
        for thread in threads {
            all.extend(thread.join().expect("a publisher does not panic")?);
        }
        Ok(all)
    })
}

/// Publishes one API again and again.
struct Publisher {
    rest: Rest,
    http: SocketAddr,
    host: String,
    path: String,
    api: String,
}

impl Publisher {
    fn make(gateway: &Gateway, population: &Population, number: u32) -> Result<Self> {
        #[derive(Deserialize)]
        struct Made {
            id: String,
        }
        let group = number % population.groups.len() as u32;
        let mut publisher = Self {
            rest: Rest::at(gateway.management),
            http: gateway.http,
            host: population::host(group),
            path: format!("/published/{number}"),
            api: String::new(),
        };
        let path = format!("/groups/{}/apis", population.groups[group as usize]);
        let Made { id } = publisher.rest.post(&path, &publisher.definition(0))?;
        publisher.api = id;
        Ok(publisher)
    }

    /// One that answers with its number.
    fn definition(&self, number: usize) -> Value {
        json!({
            "name": format!("published{}", self.path.replace('/', "_")),
            "request": { "method": "GET", "path": self.path },
            "auth": { "kind": "none" },
            "backend": { "kind": "mock", "body": number.to_string() },
        })
    }

    fn run(&self, every: Duration, until: Instant) -> Result<Vec<Published>> {
        let mut client = Client::connect(self.http)?;
        let request = format!("GET {} HTTP/1.1\r\nHost: {}\r\n\r\n", self.path, self.host);
        let mut published = Vec::new();
        let mut due = Instant::now();
        while due < until {
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            let number = published.len() + 1;
            self.rest.put::<Value>(&format!("/apis/{}", self.api), &self.definition(number))?;
            let begun = Instant::now();
            self.rest.put::<Value>(&format!("/apis/{}/deployments/RELEASE", self.api), &json!({}))?;
            let answered = begun.elapsed();
            while client.exchange(request.as_bytes())?.body != number.to_string().as_bytes() {
                ensure!(begun.elapsed() < Duration::from_secs(10), "publication {number} is not served");
                std::thread::sleep(Duration::from_micros(200));
            }
            published.push(Published { answered, served: begun.elapsed() });
            due += every;
        }
        Ok(published)
    }
}
