//! The publisher at work: it follows the store, its own or, at the end, one that another process changes.

use std::sync::Arc;
use std::time::Duration;

use paifang_store::Store;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::sleep;
use tracing::error;

use crate::publisher::Publisher;

/// How often it is asked whether another process has changed the store.
const ASK_EVERY: Duration = Duration::from_millis(50);

/// A publisher at work.
pub(super) struct Following {
    end: oneshot::Sender<()>,
    publisher: JoinHandle<Publisher>,
}

impl Following {
    /// From a revision that is served; from nothing when none is.
    pub(super) fn start(publisher: Publisher, served: Option<u64>) -> Self {
        let (end, ended) = oneshot::channel();
        Self { end, publisher: tokio::spawn(publisher.run(served, ended)) }
    }

    /// Ends it; what is served is written down for the next start. None when it has failed.
    pub(super) async fn end(self) -> Option<Publisher> {
        // An error means that it has ended already.
        let _ = self.end.send(());
        let ended = self.publisher.await;
        ended.inspect_err(|error| error!(%error, "What is served may not have been written down")).ok()
    }
}

/// The newest revision of a store that another process changes, as long as somebody wants to know.
pub(super) fn asked_head(store: Arc<dyn Store>) -> watch::Receiver<u64> {
    let (tell, head) = watch::channel(0);
    tokio::spawn(async move {
        while !tell.is_closed() {
            if let Ok(newest) = store.head().await {
                tell.send_if_modified(|known| std::mem::replace(known, newest) != newest);
            }
            sleep(ASK_EVERY).await;
        }
    });
    head
}
