//! Tells the other nodes how far this one is. Where the store is shared: every two seconds, and at once when another
//! revision is served. Where it is not, there is nobody to tell: only a change of state is written, so that a gateway
//! alone writes nothing while it serves.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval, sleep};
use tracing::{debug, warn};

use super::registry::Inner;

/// How often a node says that it is there: five times within the time after which it would not be counted on.
const EVERY: Duration = Duration::from_secs(2);

/// Revisions that are served within this time are told together.
const TOGETHER: Duration = Duration::from_millis(10);

/// Reports until the task is ended. A store that is away is told later.
pub(super) async fn run(node: Arc<Inner>) {
    let (mut state, mut served) = (node.state.subscribe(), node.served.clone());
    let mut beat = interval(EVERY);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut told, mut tidied) = (true, false);
    loop {
        state.borrow_and_update();
        served.borrow_and_update();
        told = match node.table.report(&node.own()).await {
            Ok(()) => {
                if !tidied {
                    // Not before: a store that is away at the start cannot be tidied then.
                    node.tidy().await;
                    tidied = true;
                }
                true
            }
            Err(error) => {
                if told {
                    warn!(%error, "This node's state cannot be told to the others; trying again: {error}");
                } else {
                    debug!(%error, "still not told");
                }
                false
            }
        };
        let moved = async {
            tokio::select! {
                changed = served.changed() => changed.is_ok(),
                _ = beat.tick() => true,
            }
        };
        let goes_on = tokio::select! {
            changed = state.changed() => changed.is_ok(),
            goes_on = moved, if node.table.is_shared() => goes_on,
        };
        if !goes_on {
            return;
        }
        sleep(TOGETHER).await;
    }
}
