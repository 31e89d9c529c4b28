//! Backend accesses: named ways to instances in private networks. Changes reach callers at once.

mod create;
mod delete;
mod knock;
mod list;
mod read;
mod relocate;
mod retire;
mod update;
mod users;

pub use create::BackendAccessDraft;
pub use knock::Knocker;
pub use list::BackendAccessFilter;
pub use relocate::Relocated;
pub use retire::Retired;

use paifang_model::BackendAccess;
use paifang_model::id::BackendAccessId;

use crate::change::Change;
use crate::noun::Noun;
use crate::resource::ResourcePath;

fn path(access: BackendAccessId) -> ResourcePath {
    ResourcePath::of(Noun::BackendAccess, access)
}

/// Where the caller gave what may be taken.
fn placed(change: Change, access: &BackendAccess) -> Change {
    change.given("name", "/name", &access.name).given("triple", "/instance", &access.place())
}
