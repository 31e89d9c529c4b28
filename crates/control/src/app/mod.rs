//! Apps: who calls. Each has keys to sign with and may have codes to show.

mod create;
mod delete;
mod holder;
mod list;
mod read;
mod update;

pub use create::{AppDraft, NewApp};
pub use list::AppFilter;
pub use update::AppPatch;

use paifang_model::id::AppId;

use crate::noun::Noun;
use crate::resource::ResourcePath;

pub(crate) fn path(app: AppId) -> ResourcePath {
    ResourcePath::of(Noun::App, app)
}
