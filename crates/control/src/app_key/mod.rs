//! App keys: what apps sign calls with. Lists show no secret; revealing one is an action of its own.

mod add;
mod check;
mod delete;
mod list;
mod reset;
mod reveal;

pub(crate) use add::placed;

pub use add::{AppKeyDraft, NewAppKey};
pub use list::AppKeyInfo;

use paifang_model::id::{AppId, AppKeyId};

use crate::noun::Noun;
use crate::resource::ResourcePath;

fn path(app: AppId, key: AppKeyId) -> ResourcePath {
    crate::app::path(app).then(Noun::AppKey, key)
}
