//! Transactions outside the writer's queue.

use crate::error::StoreError;
use crate::sql::{Session, Sql, Unfinished};

/// Ends one that a home began: what went well is kept.
pub(super) async fn end<S: Session, T, E: From<StoreError>>(
    session: &mut S,
    outcome: Result<T, E>,
) -> Result<T, E> {
    match outcome {
        Ok(value) => {
            let ended = session.commit().await;
            ended.map_err(|(Unfinished::Undone(error) | Unfinished::Unknown(error))| error)?;
            Ok(value)
        }
        Err(error) => {
            session.run(Sql::new("ending a transaction", "ROLLBACK")).await?;
            Err(error)
        }
    }
}
