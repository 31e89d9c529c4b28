//! Waits until what was committed is served.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use crate::management::Rest;

/// How often is asked.
const EVERY: Duration = Duration::from_millis(20);

#[derive(Deserialize)]
struct Status {
    served_revision: u64,
    committed_revision: u64,
}

/// Returns when all that has been committed by now is served, with a sentence that says so.
///
/// # Errors
/// When it takes longer than that.
pub(super) async fn wait(rest: &Rest, at_most: Duration) -> Result<String> {
    let deadline = Instant::now() + at_most;
    let wanted = status(rest).await?.committed_revision;
    loop {
        let Status { served_revision, .. } = status(rest).await?;
        if served_revision >= wanted {
            return Ok("live on 1 of 1".to_owned());
        }
        if Instant::now() >= deadline {
            bail!(
                "revision {wanted} is not served after {} s, {served_revision} is: everything was written",
                at_most.as_secs()
            );
        }
        tokio::time::sleep(EVERY).await;
    }
}

async fn status(rest: &Rest) -> Result<Status> {
    rest.get("/status").await?.context("the gateway does not say what it serves")
}
