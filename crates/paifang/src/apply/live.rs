//! Waits until every live node serves what was committed.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use crate::management::Rest;

/// How long one question waits, in seconds; it is asked again until the time is over.
const ONE_WAIT_S: u64 = 10;

#[derive(Deserialize)]
struct Status {
    committed_revision: u64,
}

#[derive(Deserialize)]
struct Revision {
    live: Live,
}

/// On how many nodes a revision is live.
#[derive(Deserialize)]
struct Live {
    serving: usize,
    of: usize,
    sentence: String,
}

/// Returns when every live node serves all that has been committed by now, with the sentence that says so.
///
/// # Errors
/// When it takes longer than that; the sentence names those that lag.
pub(super) async fn wait(rest: &Rest, at_most: Duration) -> Result<String> {
    let deadline = Instant::now() + at_most;
    let status: Option<Status> = rest.get("/status").await?;
    let wanted = status.context("the gateway does not say what is committed")?.committed_revision;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let wait = left.as_secs().clamp(1, ONE_WAIT_S);
        let revision: Option<Revision> = rest.get(&format!("/revisions/{wanted}?wait={wait}s")).await?;
        let Live { serving, of, sentence } =
            revision.context("the gateway does not say what is served")?.live;
        // While the only node starts there is none.
        if serving == of && of > 0 {
            return Ok(sentence);
        }
        if left.is_zero() {
            bail!(
                "everything was written, and after {} s revision {wanted} is {sentence}",
                at_most.as_secs()
            );
        }
    }
}
