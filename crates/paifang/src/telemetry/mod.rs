//! Figures of calls on their way from the workers to the store: taken once a minute, and when somebody wants to see them.
//! No call and no change waits for that. While the store is away they wait here, as far as there is room.

mod keeping;
mod waiting;

pub(crate) use keeping::Keeping;

use std::sync::{Arc, Weak};

use async_trait::async_trait;
use paifang_control::{Clock, Error, TelemetryPoint, TelemetryQuery};
use paifang_model::Id;
use paifang_model::telemetry::{MINUTE_MS, MinuteRow};
use paifang_proxy::Gateway;
use paifang_proxy::observe::Minutes;
use paifang_store::TelemetryTable;
use tokio::sync::Mutex;
use tracing::{debug, warn};

use waiting::Waiting;

/// Who looks again within this time, in milliseconds, sees what was seen before: looking is not to write all the time.
const SETTLED_FOR: std::ops::Range<i64> = 0..1000;

const DAY_MINUTES: i64 = 24 * 60;

/// Counts calls.
#[async_trait]
pub(crate) trait Counter: Send + Sync {
    /// What was counted since it was asked last.
    async fn take(&self, minutes: Minutes) -> Vec<MinuteRow>;
}

#[async_trait]
impl Counter for Weak<Gateway> {
    async fn take(&self, minutes: Minutes) -> Vec<MinuteRow> {
        match self.upgrade() {
            Some(gateway) => gateway.take_minutes(minutes).await,
            None => Vec::new(),
        }
    }
}

/// What is counted, and where it is kept. Clones are the same.
#[derive(Clone)]
pub(crate) struct Telemetry(Arc<Inner>);

struct Inner {
    counter: Box<dyn Counter>,
    table: Arc<dyn TelemetryTable>,
    node: Id,
    clock: Arc<dyn Clock>,
    /// How many days it is kept.
    days: u32,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    waiting: Waiting,
    /// When all that was counted was written last, in milliseconds since 1970.
    settled: Option<i64>,
    /// Whether it was said that the store does not take it.
    told: bool,
}

impl Telemetry {
    /// Of this node, kept in a table for so many days.
    pub(crate) fn new(
        counter: Box<dyn Counter>,
        table: Arc<dyn TelemetryTable>,
        node: Id,
        clock: Arc<dyn Clock>,
        days: u32,
    ) -> Self {
        Self(Arc::new(Inner { counter, table, node, clock, days, state: Mutex::default() }))
    }

    /// Writes down what was counted. What the store does not take is written the next time.
    pub(crate) async fn settle(&self, minutes: Minutes) {
        let mut state = self.0.state.lock().await;
        self.0.write(&mut state, minutes).await;
    }

    /// Writes down all that was counted, unless that was done a moment ago.
    async fn settle_to_see(&self) {
        let mut state = self.0.state.lock().await;
        let now = self.0.clock.now();
        if state.settled.is_none_or(|settled| !SETTLED_FOR.contains(&(now - settled))) {
            self.0.write(&mut state, Minutes::All).await;
            state.settled = Some(now);
        }
    }

    /// Forgets what is older than it is to be kept.
    pub(crate) async fn forget_old(&self) {
        let Inner { table, clock, days, .. } = &*self.0;
        let before = clock.now() / MINUTE_MS - i64::from(*days) * DAY_MINUTES;
        if let Err(error) = table.forget_telemetry(before).await {
            warn!(%error, "Old figures of calls could not be forgotten: {error}");
        }
    }
}

impl Inner {
    async fn write(&self, state: &mut State, minutes: Minutes) {
        let State { waiting, told, .. } = state;
        let lost = waiting.add(self.counter.take(minutes).await);
        if lost > 0 {
            warn!(requests = lost, "Figures of {lost} calls are lost: the store has been away for too long");
        }
        let rows = waiting.rows();
        if rows.is_empty() {
            return;
        }
        match self.table.add_telemetry(self.node, &rows).await {
            Ok(()) => {
                waiting.written(&rows);
                *told = false;
            }
            Err(failed) => {
                waiting.written(&rows[..failed.added.min(rows.len())]);
                if *told {
                    debug!(error = %failed.source, "figures of calls still wait");
                } else {
                    let error = failed.source;
                    warn!(%error, "Figures of calls cannot be kept for now, they wait: {error}");
                }
                *told = true;
            }
        }
    }
}

#[async_trait]
impl paifang_control::Telemetry for Telemetry {
    async fn read(&self, query: &TelemetryQuery) -> Result<Vec<TelemetryPoint>, Error> {
        self.settle_to_see().await;
        Ok(self.0.table.read_telemetry(query).await?)
    }
}

#[cfg(test)]
mod tests;
