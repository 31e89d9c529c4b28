//! Figures of all calls. Each worker counts in cells that only it writes; they are added up when somebody
//! asks, so that counting costs a call no shared cache line.

mod cells;
mod counter;
mod errors;
mod histogram;
mod requests;
mod scrape;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, PoisonError};

use cells::Cells;
pub use cells::WorkerMetrics;
use scrape::Scrape;

use super::AccessLog;
use crate::limits::Cluster;

/// The figures of a process. Clones are the same figures.
#[derive(Debug, Clone)]
pub struct Metrics {
    workers: Arc<Mutex<Vec<Arc<Cells>>>>,
    access_log: AccessLog,
    cluster: Option<Arc<Cluster>>,
}

impl Metrics {
    /// The media type of what [`Metrics::render`] gives.
    pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// No figures yet; lost lines are asked of the log.
    #[must_use]
    pub fn new(access_log: AccessLog) -> Self {
        Self { workers: Arc::default(), access_log, cluster: None }
    }

    /// The same with those of limits that are counted together.
    pub(crate) fn of_cluster(self, cluster: Option<Arc<Cluster>>) -> Self {
        Self { cluster, ..self }
    }

    /// Cells for a worker. What it counts stays counted when it ends.
    #[must_use]
    pub fn worker(&self) -> WorkerMetrics {
        let cells = Arc::new(Cells::default());
        self.workers.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&cells));
        WorkerMetrics::new(cells)
    }

    /// All figures as Prometheus reads them, in the OpenMetrics text format. Figures of calls that end at
    /// this moment may be there in part.
    #[must_use]
    pub fn render(&self) -> String {
        let workers = self.workers.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let redis = self.cluster.as_ref().map(|cluster| cluster.standing());
        Scrape { workers, lines_dropped: self.access_log.dropped(), redis }.into_text()
    }
}
