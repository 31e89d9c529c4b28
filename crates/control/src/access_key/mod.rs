//! Access keys: what users sign management calls with. A secret is shown once, when it is made.

mod create;
mod delete;
mod list;
mod lookup;
mod update;

pub(crate) use create::draw;

pub use create::NewAccessKey;
pub use list::AccessKeyInfo;

use paifang_model::AccessKey;

use crate::noun::Noun;
use crate::resource::ResourcePath;

pub(crate) fn path_of(key: &AccessKey) -> ResourcePath {
    crate::user::path(key.user).then(Noun::AccessKey, key.id)
}
