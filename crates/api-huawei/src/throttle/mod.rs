//! Request throttling policies, with their excluded apps and tenants. Spec: huawei/throttling-and-access.md §1.

mod list;
mod special;
mod view;
mod write;

pub(crate) use list::{list, show};
pub(crate) use special::{add, change, list as specials, remove};
pub(crate) use view::view;
pub(crate) use write::{create, delete, update};

use paifang_control::Stored;
use paifang_model::id::PolicyId;
use paifang_model::{Kind, Policy, PolicyKind, Rule, Violation};

use crate::DIALECT;
use crate::call::Call;
use crate::fault::{Code, Fault, Tongue, codes, not_found};
use crate::scope;

pub(crate) const KIND: PolicyKind = PolicyKind::Throttle;

static TONGUE: Tongue = Tongue { parameter, code };

fn parameter(pointer: &str) -> String {
    match pointer {
        "/object" => "object_id".to_owned(),
        // Of an excluded app or tenant, the member is what was sent.
        special if special.starts_with("/settings/specials/") => {
            special.rsplit('/').next().unwrap_or_default().to_owned()
        }
        other => other.trim_start_matches("/settings").trim_start_matches('/').replace('/', "."),
    }
}

fn code(violation: &Violation) -> Option<Code> {
    match (violation.rule, violation.pointer.as_str()) {
        (Rule::Duplicate, "/name") => Some(codes::THROTTLE_NAME_TAKEN),
        (Rule::Duplicate, "/object") => Some(codes::SPECIAL_THERE),
        (Rule::Unknown, "/object") => Some(codes::NO_SPECIAL),
        (Rule::Range, "/settings/specials") => Some(codes::TOO_MANY),
        _ => None,
    }
}

/// A throttling policy of this dialect.
pub(crate) async fn found(call: &Call, parameter: &str, text: &str) -> Result<Stored<Policy>, Fault> {
    let id: PolicyId = scope::id(parameter, text)?;
    let policy = call.context.read_policy(id).await?;
    if is_ours(&policy.value) { Ok(policy) } else { Err(not_found(Kind::Policy, text)) }
}

pub(crate) fn is_ours(policy: &Policy) -> bool {
    policy.dialect == DIALECT && policy.kind == KIND
}
