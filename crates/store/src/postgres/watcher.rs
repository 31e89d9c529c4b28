//! Moves the head with the changes of other processes. A notification is the nudge; what is true is read from the
//! database, now and then also without one, for notifications get lost with their connection.

use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use tokio::sync::{Notify, watch};
use tracing::{debug, info, warn};

use crate::error::StoreError;
use crate::postgres::home::PostgresHome;
use crate::sql::{self, Home as _};

/// How often the head is read without a notification.
const POLL: Duration = Duration::from_secs(2);

/// How long a database that failed is left alone.
const REST: Duration = Duration::from_secs(1);

/// What commits notify; see `COMMIT` in [`super::session`].
const CHANNEL: &str = "paifang_changes";

/// Moves `head` until nobody watches it.
pub(super) fn start(home: Arc<PostgresHome>, options: PgConnectOptions, head: watch::Sender<u64>) {
    let nudge = Arc::new(Notify::new());
    let listening = tokio::spawn(listen(options, Arc::clone(&nudge)));
    tokio::spawn(async move {
        tokio::select! {
            () = follow(&home, &nudge, &head) => {}
            () = head.closed() => {}
        }
        listening.abort();
    });
}

/// Nudges with every notification, over a connection that is made anew whenever it breaks.
async fn listen(options: PgConnectOptions, nudge: Arc<Notify>) {
    loop {
        if let Err(error) = listen_once(&options, &nudge).await {
            debug!(%error, "no longer told of changes; asking instead");
        }
        tokio::time::sleep(REST).await;
    }
}

async fn listen_once(options: &PgConnectOptions, nudge: &Notify) -> Result<(), sqlx::Error> {
    // What listens needs a pool, to connect anew when it likes; this one connects when we like.
    let pool = PgPoolOptions::new().max_connections(1).max_lifetime(None).idle_timeout(None);
    let pool = pool.acquire_timeout(Duration::from_secs(5)).connect_lazy_with(options.clone());
    let mut listener = PgListener::connect_with(&pool).await?;
    listener.eager_reconnect(false);
    listener.listen(CHANNEL).await?;
    loop {
        // Listening begins with a nudge, for what happened before.
        nudge.notify_one();
        if listener.try_recv().await?.is_none() {
            return Ok(());
        }
    }
}

/// Reads the head whenever it may have moved.
async fn follow(home: &PostgresHome, nudge: &Notify, head: &watch::Sender<u64>) {
    let mut away = false;
    loop {
        tokio::select! {
            () = nudge.notified() => {}
            () = tokio::time::sleep(POLL) => {}
        }
        match look(home, head).await {
            Ok(()) if away => {
                away = false;
                info!("The database is back");
            }
            Ok(()) => {}
            Err(error) => {
                if !away {
                    warn!(error = &error as &dyn std::error::Error, "The database is away; asking again");
                }
                away = true;
                tokio::time::sleep(REST).await;
            }
        }
    }
}

async fn look(home: &PostgresHome, head: &watch::Sender<u64>) -> Result<(), StoreError> {
    let before = *head.borrow();
    let newest = sql::bounds(&mut home.snapshot().await?).await?.head;
    head.send_if_modified(|known| {
        // What was known before it was read must be in it, or an older copy of the database was put back.
        let moved = newest > *known || (newest < before && before == *known);
        if moved {
            *known = newest;
        }
        moved
    });
    Ok(())
}
