//! How long a page of each long list takes, over the management interface.

use std::net::SocketAddr;
use std::time::Instant;

use anyhow::Result;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::bench::stats::Sample;
use crate::gateway::rest::Rest;

/// The lists; the last two are what people do when the first page did not show it.
const LISTS: &[&str] = &[
    "/groups?limit=50",
    "/apis?limit=50",
    "/apps?limit=50",
    "/grants?limit=50",
    "/deployments?limit=50",
    "/apps?limit=50&count=true",
    "/apps?limit=50&search=app_777",
];

/// How often each is asked for.
const TIMES: usize = 20;

/// A list, and how long its page took.
#[derive(Serialize, Deserialize)]
pub(super) struct Page {
    pub(super) list: String,
    pub(super) median_ms: f64,
    pub(super) slowest_ms: f64,
}

pub(super) fn measure(management: SocketAddr) -> Result<Vec<Page>> {
    let rest = Rest::at(management);
    LISTS.iter().map(|list| page(&rest, list)).collect()
}

fn page(rest: &Rest, list: &str) -> Result<Page> {
    let times = (0..TIMES).map(|_| {
        let begun = Instant::now();
        rest.get::<Value>(list)?;
        Ok(begun.elapsed().as_secs_f64() * 1000.0)
    });
    let times = times.collect::<Result<Vec<f64>>>()?;
    let slowest_ms = times.iter().copied().fold(0.0, f64::max);
    Ok(Page { list: list.to_owned(), median_ms: times.into_iter().collect::<Sample>().median(), slowest_ms })
}
