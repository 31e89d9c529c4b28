//! What a batch writes about tasks.

use paifang_model::id::TaskId;

use super::{lease, settle};
use crate::error::{Conflict, StoreError};
use crate::sql::{Session, Sql};
use crate::task::{ItemState, NewTask, TaskState, TaskWrite};

/// Rows of one insert.
const ROWS: usize = 128;

/// Writes all of it; what cannot be written is a conflict. `revision` is the one that the batch's documents make.
pub(in crate::sql) async fn all<S: Session>(
    session: &mut S,
    writes: &[TaskWrite],
    now: i64,
    revision: Option<u64>,
    conflicts: &mut Vec<Conflict>,
) -> Result<(), StoreError> {
    for write in writes {
        let outcome = match write {
            TaskWrite::Create(task) => create(session, task, now).await.map(Ok)?,
            TaskWrite::Settle(settlement) => settle::one(session, settlement, now, revision).await?,
            TaskWrite::Cancel(task) => cancel(session, *task, now).await?,
            TaskWrite::Forget { ended_before } => forget(session, *ended_before).await.map(Ok)?,
            TaskWrite::Take(lease) => lease::take(session, lease, now).await?,
            TaskWrite::GiveBack(lease) => lease::give_back(session, lease).await.map(Ok)?,
        };
        conflicts.extend(outcome.err());
    }
    Ok(())
}

async fn create<S: Session>(session: &mut S, task: &NewTask, now: i64) -> Result<(), StoreError> {
    let text =
        "INSERT INTO tasks (id, kind, made_by, actor, state, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    let sql = Sql::new("making a task", text).with(task.id.0).with(task.kind.as_str()).with(task.made_by.0);
    session.run(sql.with(task.actor.as_str()).with(TaskState::Open.name()).with(now)).await?;
    let numbered: Vec<_> = (0_u32..).zip(&task.items).collect();
    for rows in numbered.chunks(ROWS) {
        let mut sql = Sql::new("adding items", "INSERT INTO task_items (task, number, body, state) VALUES ");
        for (index, (number, body)) in rows.iter().enumerate() {
            sql.push(if index == 0 { "(" } else { ", (" }).bind(task.id.0).push(", ").bind(*number);
            sql.push(", ").bind(body.as_slice()).push(", ").bind(ItemState::Waiting.name()).push(")");
        }
        session.run(sql).await?;
    }
    Ok(())
}

async fn cancel<S: Session>(
    session: &mut S,
    task: TaskId,
    now: i64,
) -> Result<Result<(), Conflict>, StoreError> {
    if !settle::ended(session, task, TaskState::Canceled, now).await? {
        return Ok(Err(Conflict::TaskEnded { task }));
    }
    let text = "UPDATE task_items SET state = $1, settled_at = $2 WHERE task = $3 AND state = $4";
    let sql = Sql::new("canceling items", text).with(ItemState::Canceled.name()).with(now).with(task.0);
    session.run(sql.with(ItemState::Waiting.name())).await.map(Ok)
}

/// Items before their tasks: what is cut off between would be found again.
async fn forget<S: Session>(session: &mut S, ended_before: i64) -> Result<(), StoreError> {
    let text =
        "DELETE FROM task_items WHERE task IN (SELECT id FROM tasks WHERE state <> $1 AND ended_at < $2)";
    let sql = Sql::new("forgetting items", text).with(TaskState::Open.name());
    session.run(sql.with(ended_before)).await?;
    let text = "DELETE FROM tasks WHERE state <> $1 AND ended_at < $2";
    session.run(Sql::new("forgetting tasks", text).with(TaskState::Open.name()).with(ended_before)).await
}
