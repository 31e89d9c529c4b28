//! Users: who manages. Somebody always can: the last enabled owner stays.

mod create;
mod delete;
mod list;
mod lockout;
mod owners;
mod password;
mod read;
mod set_password;
mod sign_in;
mod update;

pub(crate) use lockout::Lockout;
pub(crate) use password::check_password;

pub use create::UserDraft;
pub use read::UserInfo;
pub use update::UserPatch;

use paifang_model::id::UserId;
use paifang_model::name::{Characters, NameRule};

use crate::noun::Noun;
use crate::resource::ResourcePath;

/// What a user may be called.
const USER_NAME: NameRule =
    NameRule { min: 1, max: 64, first: Characters::ALPHANUMERIC, rest: Characters::ALPHANUMERIC.or("_.-@") };

pub(crate) fn path(user: UserId) -> ResourcePath {
    ResourcePath::of(Noun::User, user)
}
