//! Tasks: up to 1,000 items, each done on its own with the authority of whoever made the task, and with its own result.
//!
//! An item is an [`Errand`]: one of the operations that exist anyway. [`Context::perform`] does one, whoever asks; the
//! [`TaskRunner`] does those of tasks, in a context that knows which item it works on, so that the operation's own
//! commit settles the item too. Nothing else says that an item is done, and so no item is done twice
//! (decision 0013).

mod cancel;
mod create;
mod draft;
mod errand;
mod forget;
mod item;
mod perform;
mod read;
mod reason;
mod run;

pub use draft::{TaskDraft, TaskItemDraft};
pub use errand::{Errand, TaskKind};
pub use perform::Performed;
pub use read::{TaskFilter, TaskItemInfo, TaskItems};
pub use run::{ERRANDS_AT_ONCE, TaskRunner};

pub(crate) use item::ItemPlace;

use paifang_model::id::TaskId;

use crate::noun::Noun;
use crate::resource::ResourcePath;

/// Items of one task. Spec: huawei/console-and-quotas.md, batch size.
const AT_MOST: usize = 1_000;

fn path(task: TaskId) -> ResourcePath {
    ResourcePath::of(Noun::Task, task)
}
