//! Keeps figures of calls until told to end.

use std::time::Duration;

use paifang_model::telemetry::MINUTE_MS;
use paifang_proxy::observe::Minutes;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use tracing::warn;

use super::Telemetry;

/// After the end of a minute: the clocks of sleeping and of calls need not agree to the millisecond.
const AFTER_MINUTE: Duration = Duration::from_millis(500);

/// How often old ones are forgotten.
const FORGET_EVERY_MINUTES: u64 = 15;

/// How long an end waits for the store.
const FAREWELL: Duration = Duration::from_secs(5);

/// Keeps them until told to end.
pub(crate) struct Keeping {
    end: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Keeping {
    /// Begins: what was counted is written down when its minute is over.
    pub(crate) fn start(telemetry: Telemetry) -> Self {
        let (end, ended) = oneshot::channel();
        Self { end, task: tokio::spawn(run(telemetry, ended)) }
    }

    /// Writes down what was counted to the end.
    pub(crate) async fn end(self) {
        let _ = self.end.send(());
        if self.task.await.is_err() {
            warn!("Figures of the last calls may not have been written down");
        }
    }
}

async fn run(telemetry: Telemetry, mut ended: oneshot::Receiver<()>) {
    for minute in 0_u64.. {
        if minute.is_multiple_of(FORGET_EVERY_MINUTES) {
            telemetry.forget_old().await;
        }
        tokio::select! {
            () = sleep(to_next_minute(telemetry.0.clock.now())) => telemetry.settle(Minutes::Ended).await,
            _ = &mut ended => break,
        }
    }
    if timeout(FAREWELL, telemetry.settle(Minutes::All)).await.is_err() {
        warn!("The store is away: figures of the last calls are lost");
    }
}

fn to_next_minute(now: i64) -> Duration {
    let left = MINUTE_MS - now.rem_euclid(MINUTE_MS);
    Duration::from_millis(u64::try_from(left).unwrap_or_default()) + AFTER_MINUTE
}
