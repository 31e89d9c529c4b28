//! What tasks wait for, done beside everything else; at the end it is left to whoever starts next.

use std::time::Duration;

use paifang_control::{Control, TaskRunner};
use paifang_model::Id;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tracing::warn;

/// How long giving the work back may take; the lease runs out by itself soon after.
const GRACE: Duration = Duration::from_secs(2);

/// A runner at work.
pub(super) struct Tasks {
    stop: oneshot::Sender<()>,
    runner: JoinHandle<()>,
}

impl Tasks {
    /// `node` is this one's id.
    pub(super) fn start(control: &Control, node: Id) -> Self {
        let (stop, stopped) = oneshot::channel();
        let runner = TaskRunner::new(control.clone(), node).run(async {
            // Dropping the sender stops it too.
            let _ = stopped.await;
        });
        Self { stop, runner: tokio::spawn(runner) }
    }

    /// Begins nothing more, and lets others go on.
    pub(super) async fn stop(self) {
        // An error means that it has ended already.
        let _ = self.stop.send(());
        match tokio::time::timeout(GRACE, self.runner).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => warn!(%error, "What does tasks failed: {error}"),
            Err(_) => warn!("What does tasks is left behind; what it had not done waits"),
        }
    }
}
