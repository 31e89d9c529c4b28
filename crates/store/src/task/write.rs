//! What is written about tasks, in the same transaction as everything else in a batch.

use paifang_model::Id;
use paifang_model::id::{TaskId, UserId};

/// Something written about a task.
#[derive(Debug)]
pub enum TaskWrite {
    /// Makes a task.
    Create(NewTask),
    /// Says how an item went. Refused when it is not waiting (any more).
    Settle(Settlement),
    /// Cancels what waits. Refused when the task has ended.
    Cancel(TaskId),
    /// Forgets tasks that ended before a time (Unix milliseconds).
    Forget {
        /// The time.
        ended_before: i64,
    },
    /// Takes or renews a lease. Refused while somebody else holds it.
    Take(Lease),
    /// Gives a lease back; nothing happens when somebody else holds it.
    GiveBack(Lease),
}

/// A task to be made.
#[derive(Debug)]
pub struct NewTask {
    /// Its id, drawn at random.
    pub id: TaskId,
    /// What it does, in words that its runner knows.
    pub kind: String,
    /// Who makes it.
    pub made_by: UserId,
    /// What that user is called.
    pub actor: String,
    /// What is to be done, each as JSON; at least one.
    pub items: Vec<Vec<u8>>,
}

/// How an item went.
#[derive(Debug, Clone)]
pub struct Settlement {
    /// The task.
    pub task: TaskId,
    /// The item.
    pub number: u32,
    /// How it went.
    pub how: Settled,
}

/// The ways in which an item is settled.
#[derive(Debug, Clone)]
pub enum Settled {
    /// The change is in the same batch.
    Done,
    /// There was nothing to do, for a reason (JSON) if there is one.
    Skipped(Option<Vec<u8>>),
    /// It was not done, for a reason (JSON).
    Failed(Vec<u8>),
}

/// That one process at a time does something for all of them.
///
/// It spares two processes the same work. It is judged by the clocks of both, so nothing that must not happen twice may
/// rest on it alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    /// What it is for.
    pub name: &'static str,
    /// Whose it is.
    pub holder: Id,
    /// Until when others leave it alone: Unix milliseconds.
    pub until: i64,
}
