//! Request throttling policies, with their excluded apps and tenants. Spec: huawei/throttling-and-access.md §1.

mod list;
mod special;
mod view;
mod write;

pub(crate) use list::{list, show};
pub(crate) use special::{add, change, list as specials, remove};
pub(crate) use view::view;
pub(crate) use write::{create, delete, update};

use paifang_model::{PolicyKind, Rule, Violation};

use crate::fault::{Code, Tongue, codes};
use crate::policies::Sort;

const KIND: PolicyKind = PolicyKind::Throttle;

pub(crate) static SORT: Sort = Sort {
    kinds: &[KIND],
    tongue: Tongue { parameter, code },
    missing: codes::NO_THROTTLE,
    bound: codes::THROTTLE_BOUND,
    too_many: codes::TOO_MANY_THROTTLES,
    not_bound: codes::NO_THROTTLE_BINDING,
    id: "throttle_id",
    name: "throttle_name",
    bindings: "throttle_bindings",
};

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
