//! What is kept of a call when it is over: figures and a line of the access log, from one [`Record`].

mod access_log;
mod metrics;
mod record;
mod rollup;

pub use access_log::{AccessLog, Destination, LogBuffer};
pub use metrics::{Metrics, WorkerMetrics};
pub use record::{End, Record};
pub use rollup::{KEYS_AT_MOST, Minutes, ROWS_AT_MOST, Rollup};
pub(crate) use rollup::{LeftMinutes, Minute, collect, minute_of};

/// Records a call that is over. The one place where that is done; it neither blocks nor fails.
pub fn write(record: &Record, worker: &WorkerMetrics, rollup: &mut Rollup, log: &mut LogBuffer) {
    worker.call_ended(record);
    rollup.count(record);
    log.write(record);
}
