//! Transactions outside the writer's queue, and what all that write wait for.

use crate::error::StoreError;
use crate::sql::{Home, Session, Sql};

/// Begins a transaction that will write.
pub(super) async fn begin<H: Home>(session: &mut H::Session) -> Result<(), StoreError> {
    session.run(Sql::new("beginning a transaction", H::BEGIN)).await
}

/// Ends it: what went well is kept.
pub(super) async fn end<S: Session, T>(
    session: &mut S,
    outcome: Result<T, StoreError>,
) -> Result<T, StoreError> {
    let end = if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" };
    let ended = session.run(Sql::new("ending a transaction", end)).await;
    let value = outcome?;
    ended.map(|()| value)
}

/// Waits for whoever writes: on a home with several writers this row is what they queue for.
pub(super) async fn queue<S: Session>(session: &mut S) -> Result<(), StoreError> {
    session.run(Sql::new("waiting for other writers", "UPDATE head SET revision = revision")).await
}
