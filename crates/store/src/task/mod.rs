//! Tasks: work of many items that is done in the background and survives its process.
//!
//! They stand beside the documents, in tables of their own: they are no configuration, no revision tells of them, and
//! nobody who follows the feed learns of them. What they share with documents is the transaction. An item is settled
//! in the [`Batch`](crate::Batch) that makes its change, so a change without its note, or a note without its change,
//! cannot be found after a crash; and an item that is not waiting any more refuses the whole batch, so that it is done
//! once, whoever tries.

mod query;
mod write;

pub use query::{TaskItemPage, TaskItemQuery, TaskPage, TaskQuery};
pub use write::{Lease, NewTask, Settled, Settlement, TaskWrite};

use async_trait::async_trait;
use paifang_model::id::{TaskId, UserId};

use crate::error::{ListError, StoreError};

/// Looking at tasks. They are written by [`Store::commit`](crate::Store::commit), as [`TaskWrite`]s.
#[async_trait]
pub trait Tasks: Send + Sync {
    /// One task as it is now, with its progress counted.
    ///
    /// # Errors
    /// When the database fails.
    async fn task(&self, id: TaskId) -> Result<Option<Task>, StoreError>;

    /// One page of tasks.
    ///
    /// # Errors
    /// When the limit or the cursor is wrong, or the database fails.
    async fn tasks(&self, query: &TaskQuery) -> Result<TaskPage, ListError>;

    /// One page of the items of a task, in their order; of a task that is not there, none.
    ///
    /// # Errors
    /// When the limit or the cursor is wrong, or the database fails.
    async fn task_items(&self, query: &TaskItemQuery) -> Result<TaskItemPage, ListError>;
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// What it does, in its writer's words.
    pub kind: String,
    /// Who made it.
    pub made_by: UserId,
    /// What that user was called then.
    pub actor: String,
    /// Whether there is still something to do.
    pub state: TaskState,
    /// When it was made: Unix milliseconds.
    pub created_at: i64,
    /// When its last item was settled, or it was canceled: Unix milliseconds.
    pub ended_at: Option<i64>,
    /// How far it is.
    pub counts: TaskCounts,
}

/// How many items of a task are in which state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TaskCounts {
    /// Nobody has begun, or whoever did has not said how it went.
    pub waiting: u64,
    /// Done.
    pub done: u64,
    /// There was nothing to do.
    pub skipped: u64,
    /// Not done, for a reason.
    pub failed: u64,
    /// Not done, for the task was canceled before.
    pub canceled: u64,
}

impl TaskCounts {
    /// How many items there are.
    #[must_use]
    pub fn items(self) -> u64 {
        self.waiting + self.done + self.skipped + self.failed + self.canceled
    }

    pub(crate) fn set(&mut self, state: ItemState, count: u64) {
        *match state {
            ItemState::Waiting => &mut self.waiting,
            ItemState::Done => &mut self.done,
            ItemState::Skipped => &mut self.skipped,
            ItemState::Failed => &mut self.failed,
            ItemState::Canceled => &mut self.canceled,
        } = count;
    }
}

/// One item of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskItem {
    /// Its place in the task, from 0.
    pub number: u32,
    /// What is to be done: JSON, in its writer's words.
    pub body: Vec<u8>,
    /// Whether it is done.
    pub state: ItemState,
    /// Why it was skipped or failed: JSON, in its writer's words.
    pub reason: Option<Vec<u8>>,
    /// The revision that its change made.
    pub revision: Option<u64>,
    /// When it was settled: Unix milliseconds.
    pub settled_at: Option<i64>,
}

macro_rules! states {
    ($(#[$doc:meta])* $name:ident { $($(#[$state:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$state])* $variant),*
        }

        impl $name {
            /// Its name in the store.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            pub(crate) fn named(name: &str) -> Option<Self> {
                match name {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

states! {
    /// Whether a task has something to do.
    TaskState {
        /// Some item waits.
        Open = "open",
        /// Every item is settled.
        Done = "done",
        /// It was canceled: what had not been done by then is not done.
        Canceled = "canceled",
    }
}

states! {
    /// How far an item is.
    ItemState {
        /// To be done.
        Waiting = "waiting",
        /// Done.
        Done = "done",
        /// There was nothing to do.
        Skipped = "skipped",
        /// Not done, for a reason.
        Failed = "failed",
        /// Not done, for the task was canceled before.
        Canceled = "canceled",
    }
}
