//! Groups: made with a dialect and a subdomain for life, changed by patches, deleted when empty.

mod create;
mod delete;
mod list;
mod read;
mod update;

pub use create::GroupDraft;
pub use list::GroupFilter;
pub use update::GroupPatch;

use paifang_model::id::GroupId;

use crate::noun::Noun;
use crate::resource::ResourcePath;

pub(crate) fn path(group: GroupId) -> ResourcePath {
    ResourcePath::of(Noun::Group, group)
}
