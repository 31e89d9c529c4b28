//! One window of load.

use std::net::SocketAddr;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use super::pin::{self, Core};
use crate::{command, workspace};

/// Connections that wrk keeps busy.
const CONNECTIONS: u32 = 64;

/// What wrk saw, as `bench/load.lua` prints it.
#[derive(Deserialize)]
pub(crate) struct Seen {
    pub(crate) requests: u64,
    pub(crate) duration_us: u64,
    pub(crate) p50_us: u64,
    pub(crate) p99_us: u64,
    /// Answers with a status of 400 and more.
    refused: u64,
    /// Connections that failed, and answers that never came.
    broken: u64,
}

/// Sends the requests of the file for that many seconds.
pub(crate) fn load(address: SocketAddr, requests: &Path, seconds: u32) -> Result<Seen> {
    let mut wrk = pin::command(Core::Load, "wrk");
    wrk.args(["--threads", "1", "--timeout", "10s"])
        .args(["--connections", &CONNECTIONS.to_string(), "--duration", &format!("{seconds}s")])
        .arg("--script")
        .arg(workspace::path("bench/load.lua"))
        .arg(format!("http://{address}/"))
        .arg("--")
        .arg(requests);
    let printed = command::output(&mut wrk)?;
    let line = printed.lines().find(|line| line.starts_with('{')).context("wrk did not report")?;
    let seen: Seen = serde_json::from_str(line).with_context(|| format!("reading wrk's report `{line}`"))?;
    if seen.refused + seen.broken > 0 {
        bail!("{} of {} answers were errors, and {} never came", seen.refused, seen.requests, seen.broken);
    }
    Ok(seen)
}
