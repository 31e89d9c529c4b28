//! Settling an item: only one that waits, and the last one ends its task.

use paifang_model::id::TaskId;

use crate::error::{Conflict, StoreError};
use crate::sql::{Session, Sql};
use crate::task::{ItemState, Settled, Settlement, TaskState};

/// Settles an item of an open task.
pub(super) async fn one<S: Session>(
    session: &mut S,
    settlement: &Settlement,
    now: i64,
    revision: Option<u64>,
) -> Result<Result<(), Conflict>, StoreError> {
    let Settlement { task, number, ref how } = *settlement;
    if !is_open(session, task).await? || !item(session, settlement, now, revision).await? {
        return Ok(Err(Conflict::NotWaiting { task, number, how: how.state().name() }));
    }
    if !has_waiting(session, task).await? {
        ended(session, task, TaskState::Done, now).await?;
    }
    Ok(Ok(()))
}

/// Whether the task is open. Writing its row, as it is, makes others who settle its items wait, so that of the last two
/// one sees the other.
async fn is_open<S: Session>(session: &mut S, task: TaskId) -> Result<bool, StoreError> {
    let text = "UPDATE tasks SET state = state WHERE id = $1 AND state = $2 RETURNING id";
    let sql = Sql::new("looking whether a task is open", text).with(task.0);
    Ok(!session.rows(sql.with(TaskState::Open.name())).await?.is_empty())
}

/// Whether the item waited.
async fn item<S: Session>(
    session: &mut S,
    settlement: &Settlement,
    now: i64,
    revision: Option<u64>,
) -> Result<bool, StoreError> {
    let Settlement { task, number, how } = settlement;
    let mut sql = Sql::new("settling an item", "UPDATE task_items SET state = ");
    sql.bind(how.state().name()).push(", settled_at = ").bind(now);
    if let Some(reason) = how.reason() {
        sql.push(", reason = ").bind(reason);
    }
    if let Some(revision) = revision {
        sql.push(", revision = ").bind(revision);
    }
    sql.push(" WHERE task = ").bind(task.0).push(" AND number = ").bind(*number);
    sql.push(" AND state = ").bind(ItemState::Waiting.name()).push(" RETURNING number");
    Ok(!session.rows(sql).await?.is_empty())
}

async fn has_waiting<S: Session>(session: &mut S, task: TaskId) -> Result<bool, StoreError> {
    let text = "SELECT number FROM task_items WHERE task = $1 AND state = $2 LIMIT 1";
    let sql = Sql::new("looking for items that wait", text).with(task.0);
    Ok(!session.rows(sql.with(ItemState::Waiting.name())).await?.is_empty())
}

/// Ends a task; whether it was open.
pub(super) async fn ended<S: Session>(
    session: &mut S,
    task: TaskId,
    state: TaskState,
    now: i64,
) -> Result<bool, StoreError> {
    let text = "UPDATE tasks SET state = $1, ended_at = $2 WHERE id = $3 AND state = $4 RETURNING id";
    let sql = Sql::new("ending a task", text).with(state.name()).with(now).with(task.0);
    Ok(!session.rows(sql.with(TaskState::Open.name())).await?.is_empty())
}

impl Settled {
    fn state(&self) -> ItemState {
        match self {
            Self::Done => ItemState::Done,
            Self::Skipped(_) => ItemState::Skipped,
            Self::Failed(_) => ItemState::Failed,
        }
    }

    fn reason(&self) -> Option<&[u8]> {
        match self {
            Self::Done => None,
            Self::Skipped(reason) => reason.as_deref(),
            Self::Failed(reason) => Some(reason),
        }
    }
}
