//! After a rotation: what older keys sealed is sealed anew, a little at a time, beside everything else.
//!
//! There is nothing to remember between lives of the process: what is not sealed anew yet names its key. So whoever
//! rotated, this process or another one on the same store, the work is found and gone on with.

use std::sync::Arc;
use std::time::Duration;

use paifang_store::{Store, StoreError};
use tracing::{info, warn};

/// How often it is looked whether there is something to do.
const EVERY: Duration = Duration::from_secs(2);

/// Values sealed anew in one transaction: changes of others wait for no more than that.
const AT_ONCE: u32 = 200;

/// Works until the task is ended.
pub(super) async fn run(store: Arc<dyn Store>) {
    let mut left = 0;
    loop {
        tokio::time::sleep(EVERY).await;
        match pass(&*store).await {
            Ok(pass) => {
                // What cannot be opened is met in every pass, and told of once.
                if pass.sealed > 0 || pass.left != left {
                    tell(&pass);
                }
                left = pass.left;
            }
            Err(error) => warn!(%error, "Sealing anew failed, and is tried again: {error}"),
        }
    }
}

/// What a pass through everything came to.
struct Pass {
    sealed: u64,
    left: u64,
}

async fn pass(store: &dyn Store) -> Result<Pass, StoreError> {
    let (mut pass, mut place) = (Pass { sealed: 0, left: 0 }, None);
    loop {
        let step = store.reseal(place, AT_ONCE).await?;
        (pass.sealed, pass.left) = (pass.sealed + step.sealed, pass.left + step.left);
        place = step.next;
        if place.is_none() {
            return Ok(pass);
        }
    }
}

fn tell(pass: &Pass) {
    let Pass { sealed, left } = *pass;
    if left > 0 {
        warn!(
            sealed,
            left, "Sealed {sealed} values with the newest key; {left} cannot be opened and were left"
        );
    } else {
        info!(sealed, "Sealed {sealed} values with the newest key");
    }
}
