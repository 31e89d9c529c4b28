//! What has to happen to the store now and then: its change feed, which keeps every document as it was, and tasks that
//! ended must not grow for ever.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use paifang_control::Control;
use paifang_store::Store;
use tracing::{debug, warn};

use super::authority;

/// How often.
const EVERY: Duration = Duration::from_secs(15 * 60);

/// Revisions that stay in the feed. A reader that is further behind reads everything anew.
const KEPT: u64 = 10_000;

/// Looks after a store until the task is ended.
pub(super) async fn run(store: Arc<dyn Store>, control: Control, data_dir: PathBuf) {
    tokio::join!(
        look_after(&*store, EVERY, KEPT),
        forget_tasks(&control),
        keep_authority(&control, &data_dir)
    );
}

async fn forget_tasks(control: &Control) {
    loop {
        tokio::time::sleep(EVERY).await;
        if let Err(error) = control.forget_old_tasks().await {
            warn!(%error, "Tasks that ended long ago could not be forgotten: {error}");
        }
    }
}

async fn keep_authority(control: &Control, data_dir: &Path) {
    loop {
        tokio::time::sleep(EVERY).await;
        if let Err(error) = authority::keep(control, data_dir).await {
            warn!("The certificate of the subdomains could not be renewed: {error:#}");
        }
    }
}

async fn look_after(store: &dyn Store, every: Duration, kept: u64) {
    loop {
        tokio::time::sleep(every).await;
        match store.compact(kept).await {
            Ok(floor) => debug!(floor, "The change feed begins after revision {floor}"),
            Err(error) => warn!(%error, "The change feed could not be shortened: {error}"),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use paifang_model::Account;
    use paifang_model::id::AccountId;
    use paifang_store::{Batch, ChangesError, SqliteStore, Write};

    use super::*;

    #[tokio::test]
    async fn old_revisions_are_forgotten() {
        let store = SqliteStore::open_in_memory().await.unwrap();
        for number in 0..5 {
            let account = Account { id: AccountId::random(), number, name: number.to_string() };
            store.commit(Batch::at(1).write(Write::put(&account))).await.unwrap();
        }
        let forgotten = async {
            while !matches!(store.changes(2, 1).await, Err(ChangesError::TooOld { floor: 3, .. })) {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            () = look_after(&store, Duration::from_millis(1), 2) => {}
            () = forgotten => {}
        }
        assert_eq!(store.changes(3, 10).await.unwrap().changes.len(), 2);
    }
}
