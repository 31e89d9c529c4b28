//! Black lists: who is kept out of all APIs of an account. Changes hold for the next call.

mod check;
mod create;
mod delete;
mod list;
mod read;
mod update;

pub use create::BlackListDraft;
pub use list::BlackListFilter;
pub use update::BlackListPatch;

use paifang_model::id::BlackListId;

use crate::noun::Noun;
use crate::resource::ResourcePath;

fn path(list: BlackListId) -> ResourcePath {
    ResourcePath::of(Noun::BlackList, list)
}
