//! APIs: a draft that is edited, versions that are frozen, deployments that serve.

mod check;
mod compare;
mod create;
mod delete;
mod deploy;
mod deployments;
mod edit;
mod follow;
mod follow_access;
mod history;
mod list;
mod offline;
mod publication;
mod read;
mod restore;
mod switch;

pub use compare::Side;
pub use deploy::Deploy;
pub use deployments::DeploymentFilter;
pub use history::{HistoryEntry, HistoryFilter};
pub use list::ApiFilter;
pub use publication::Deployed;

use paifang_model::Api;
use paifang_model::id::{ApiId, GroupId};

use crate::noun::Noun;
use crate::resource::ResourcePath;

pub(crate) fn path(group: GroupId, api: ApiId) -> ResourcePath {
    crate::group::path(group).then(Noun::Api, api)
}

pub(crate) fn path_of(api: &Api) -> ResourcePath {
    path(api.group, api.id)
}
