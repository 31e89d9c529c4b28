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

use paifang_model::App;
use paifang_model::id::AppId;

use crate::change::Change;
use crate::noun::Noun;
use crate::resource::ResourcePath;

pub(crate) fn path(app: AppId) -> ResourcePath {
    ResourcePath::of(Noun::App, app)
}

/// Where the caller gave what may be taken or not be there.
fn placed(change: Change, app: &App) -> Change {
    let change = change.given("name", "/name", &app.name);
    match app.quota {
        Some(quota) => change.given("quota", "/quota", &quota.id.to_string()),
        None => change,
    }
}
