//! Backend instances: where what clouds know by an id is. Changes reach callers at once.

mod create;
mod delete;
mod list;
mod meant;
mod read;
mod update;
mod users;

pub use create::BackendInstanceDraft;
pub use list::BackendInstanceFilter;

use paifang_model::BackendInstance;
use paifang_model::id::BackendInstanceId;

use crate::change::Change;
use crate::noun::Noun;
use crate::resource::ResourcePath;

fn path(instance: BackendInstanceId) -> ResourcePath {
    ResourcePath::of(Noun::BackendInstance, instance)
}

/// Where the caller gave what may be taken.
fn placed(change: Change, instance: &BackendInstance) -> Change {
    change.given("place", "/instance", &instance.place())
}
