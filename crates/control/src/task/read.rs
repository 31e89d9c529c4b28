//! Shows tasks, how far they are, and how each item went.

use paifang_model::id::TaskId;
use paifang_store::{
    Cursor, Direction, ItemState, Task, TaskItem, TaskItemQuery, TaskPage, TaskQuery, TaskState,
};

use super::{Errand, TaskKind, reason};
use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::resource::ResourcePath;

/// Which tasks are wanted, newest first; all that is set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskFilter {
    /// In this state.
    pub state: Option<TaskState>,
    /// Of this kind.
    pub kind: Option<TaskKind>,
}

/// An item and how it went.
#[derive(Debug)]
pub struct TaskItemInfo {
    /// Its place in the task, from 0.
    pub number: u32,
    /// What is to be done; none when this version does not know it.
    pub errand: Option<Errand>,
    /// How far it is.
    pub state: ItemState,
    /// Why it was skipped or failed: what the operation alone would have said.
    pub reason: Option<Error>,
    /// The revision that its change made: whoever serves it, or a later one, serves the change.
    pub revision: Option<u64>,
    /// When it was settled, in milliseconds since 1970.
    pub settled_at: Option<i64>,
}

/// A page of items.
#[derive(Debug)]
pub struct TaskItems {
    /// The items, in their order.
    pub items: Vec<TaskItemInfo>,
    /// Where the next page starts, when there is one.
    pub next: Option<Cursor>,
}

impl Context {
    /// One page of tasks, newest first.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_tasks(
        &self,
        filter: &TaskFilter,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<TaskPage, Error> {
        self.may(Action::ListTasks, &ResourcePath::all(Noun::Task)).await?;
        let kinds = filter.kind.iter().map(|kind| kind.name().to_owned()).collect();
        let query = TaskQuery { state: filter.state, kinds, direction: Direction::Descending, after, limit };
        self.documents().tasks(&query).await
    }

    /// A task, and how far it is.
    ///
    /// # Errors
    /// When the caller may not, or there is no such task.
    pub async fn read_task(&self, id: TaskId) -> Result<Task, Error> {
        self.may(Action::ReadTask, &super::path(id)).await?;
        self.documents().find_task(id).await
    }

    /// One page of the items of a task, in their order; all of them or those in one state.
    ///
    /// # Errors
    /// When the caller may not, there is no such task, or the page cannot be given.
    pub async fn task_items(
        &self,
        task: TaskId,
        state: Option<ItemState>,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<TaskItems, Error> {
        self.may(Action::ReadTask, &super::path(task)).await?;
        self.documents().find_task(task).await?;
        let page = self.documents().task_items(&TaskItemQuery { task, state, after, limit }).await?;
        Ok(TaskItems { items: page.items.into_iter().map(info).collect(), next: page.next })
    }
}

fn info(item: TaskItem) -> TaskItemInfo {
    let TaskItem { number, body, state, reason, revision, settled_at } = item;
    let errand = serde_json::from_slice(&body).ok();
    let reason = reason.map(|reason| reason::read(&reason));
    TaskItemInfo { number, errand, state, reason, revision, settled_at }
}
