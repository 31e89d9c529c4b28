//! Metrics: figures of calls over time, of all of them or of a group, an API, an app.

mod range;
mod read;

pub use range::{METRICS_DAYS_AT_MOST, METRICS_POINTS_AT_MOST, Step};
pub use read::{Metrics, MetricsPoint, MetricsQuery};

use async_trait::async_trait;
use paifang_store::{TelemetryPoint, TelemetryQuery, TelemetryTable};

use crate::error::Error;

/// Where the figures of calls are found: those of all nodes, with what this process counted up to now.
#[async_trait]
pub trait Telemetry: Send + Sync {
    /// A point for each step in which there were calls; oldest first.
    ///
    /// # Errors
    /// When the store is away.
    async fn read(&self, query: &TelemetryQuery) -> Result<Vec<TelemetryPoint>, Error>;
}

/// What nodes have written by now.
#[async_trait]
impl<T: TelemetryTable> Telemetry for T {
    async fn read(&self, query: &TelemetryQuery) -> Result<Vec<TelemetryPoint>, Error> {
        Ok(self.read_telemetry(query).await?)
    }
}
