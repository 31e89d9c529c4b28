//! What one process at a time does beside serving: it changes the store. Laid down before another process takes over.

use std::path::Path;
use std::sync::Arc;

use paifang_control::Control;
use paifang_store::Store;
use tokio::task::JoinHandle;

use super::tasks::Tasks;
use super::{resealing, upkeep};
use crate::node::Registry;

/// Duties that are done.
pub(super) struct Duties {
    tasks: Tasks,
    reporting: JoinHandle<()>,
    upkeep: JoinHandle<()>,
    resealing: JoinHandle<()>,
}

impl Duties {
    pub(super) fn start(
        store: &Arc<dyn Store>,
        control: &Control,
        registry: &Registry,
        data_dir: &Path,
    ) -> Self {
        let upkeep = upkeep::run(Arc::clone(store), control.clone(), data_dir.to_owned());
        Self {
            tasks: Tasks::start(control, registry.node()),
            reporting: registry.report(),
            upkeep: tokio::spawn(upkeep),
            resealing: tokio::spawn(resealing::run(Arc::clone(store))),
        }
    }

    /// Ends them for sure: a report after the farewell would bring the node back.
    pub(super) async fn lay_down(self) {
        self.tasks.stop().await;
        for duty in [self.reporting, self.upkeep, self.resealing] {
            duty.abort();
            // An error means that it was ended.
            let _ = duty.await;
        }
    }
}
