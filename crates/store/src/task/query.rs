//! Which tasks, and which of their items, are wanted.

use paifang_model::id::TaskId;

use super::{ItemState, Task, TaskItem, TaskState};
use crate::cursor::Cursor;
use crate::query::Direction;

/// Which tasks are wanted; all that is set must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskQuery {
    /// In this state.
    pub state: Option<TaskState>,
    /// Of one of these kinds; empty: of any.
    pub kinds: Vec<String>,
    /// Oldest or newest first.
    pub direction: Direction,
    /// After the last task of another page.
    pub after: Option<Cursor>,
    /// At most so many: 1 to [`MAX_LIMIT`](crate::MAX_LIMIT).
    pub limit: u32,
}

/// Which items of a task are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskItemQuery {
    /// The task.
    pub task: TaskId,
    /// In this state.
    pub state: Option<ItemState>,
    /// After the last item of another page.
    pub after: Option<Cursor>,
    /// At most so many: 1 to [`MAX_LIMIT`](crate::MAX_LIMIT).
    pub limit: u32,
}

/// One page of tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskPage {
    /// The tasks.
    pub tasks: Vec<Task>,
    /// Where the next page starts, when there is one.
    pub next: Option<Cursor>,
}

/// One page of items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskItemPage {
    /// The items.
    pub items: Vec<TaskItem>,
    /// Where the next page starts, when there is one.
    pub next: Option<Cursor>,
}
