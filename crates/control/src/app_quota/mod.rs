//! App quotas: how many calls each of some apps may make in a period. Changes reach callers at once; calls that were
//! counted still count.

mod bind;
mod create;
mod delete;
mod list;
mod read;
mod update;

pub use create::AppQuotaDraft;

use paifang_model::id::AppQuotaId;

use crate::noun::Noun;
use crate::resource::ResourcePath;

fn path(quota: AppQuotaId) -> ResourcePath {
    ResourcePath::of(Noun::AppQuota, quota)
}
