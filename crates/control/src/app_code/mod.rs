//! App codes: what apps show instead of signing. Lists show the beginning only.

mod create;
mod delete;
mod find;
mod list;
mod reveal;

pub use list::AppCodeInfo;

use paifang_model::id::{AppCodeId, AppId};

use crate::noun::Noun;
use crate::resource::ResourcePath;

fn path(app: AppId, code: AppCodeId) -> ResourcePath {
    crate::app::path(app).then(Noun::AppCode, code)
}
