//! App quotas: how many calls each of some apps may make in a period. Spec: huawei/throttling-and-access.md §2.

mod bind;
mod list;
mod reset_time;
mod view;
mod write;

pub(crate) use bind::{bind, bindable, bound, unbind};
pub(crate) use list::{list, of_app, show};
pub(crate) use write::{create, delete, update};

use paifang_control::{Error, Stored};
use paifang_model::id::AppQuotaId;
use paifang_model::{AppQuota, Kind, Rule, Violation};

use crate::call::Call;
use crate::fault::{Code, Fault, Tongue, codes, tell};
use crate::scope;

static TONGUE: Tongue = Tongue { parameter, code };

fn parameter(pointer: &str) -> String {
    match pointer {
        "/calls" => "call_limits".to_owned(),
        "/interval" => "time_interval".to_owned(),
        "/unit" => "time_unit".to_owned(),
        "/first_reset" => "reset_time".to_owned(),
        "/description" => "remark".to_owned(),
        apps if apps.starts_with("/apps") => "app_ids".to_owned(),
        other => other.trim_start_matches('/').to_owned(),
    }
}

fn code(violation: &Violation) -> Option<Code> {
    match (violation.rule, violation.pointer.as_str()) {
        (Rule::Duplicate, "/name") => Some(codes::APP_QUOTA_NAME_TAKEN),
        (Rule::Unknown, apps) if apps.starts_with("/apps") => Some(codes::NO_APP),
        _ => None,
    }
}

/// What control says about a quota.
fn fault(error: Error) -> Fault {
    match error {
        Error::InUse { key, count, .. } if key.kind == Kind::AppQuota => {
            codes::DENIED.with(format!("the app quota {} is bound to {count} apps", key.id))
        }
        error => tell(&TONGUE)(error),
    }
}

/// The quota that the path names.
async fn found(call: &Call) -> Result<Stored<AppQuota>, Fault> {
    let id: AppQuotaId = scope::id("app_quota_id", call.path("app_quota_id"))?;
    Ok(call.context.read_app_quota(id).await?)
}
