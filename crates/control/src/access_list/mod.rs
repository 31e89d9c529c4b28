//! Access lists: addresses that the whole gateway lets in or keeps out. Changes hold for the next call.

mod create;
mod delete;
mod enforce;
mod entries;
mod list;
mod read;
mod update;

pub use create::AccessListDraft;
pub use list::AccessListFilter;
pub use update::AccessListPatch;

use paifang_model::id::AccessListId;

use crate::noun::Noun;
use crate::resource::ResourcePath;

fn path(list: AccessListId) -> ResourcePath {
    ResourcePath::of(Noun::AccessList, list)
}
