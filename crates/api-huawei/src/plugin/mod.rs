//! Plug-ins: policies that are attached to published APIs environment by environment. Spec: huawei/plugins.md.

mod attach;
mod list;
mod list_apis;
mod list_plugins;
mod view;
mod write;

pub(crate) use attach::{attach_apis, attach_to_api, detach_apis, detach_from_api};
pub(crate) use list::{list, show};
pub(crate) use list_apis::{attachable as attachable_apis, attached as attached_apis};
pub(crate) use list_plugins::{attachable as attachable_plugins, attached as attached_plugins};
pub(crate) use write::{create, delete, update};

use paifang_model::{PolicyKind, Rule, Violation};

use crate::fault::{Code, Tongue, codes};
use crate::policies::Sort;

/// The types that are offered, by what they are here.
const TYPES: &[(&str, PolicyKind)] = &[("cors", PolicyKind::Cors), ("rate_limit", PolicyKind::RateLimit)];

/// The vendor's types, and whether they are offered.
const ALL_TYPES: &[(&str, Option<PolicyKind>)] = &[
    ("cors", Some(PolicyKind::Cors)),
    ("rate_limit", Some(PolicyKind::RateLimit)),
    ("set_resp_headers", None),
    ("kafka_log", None),
    ("breaker", None),
    ("third_auth", None),
    ("proxy_cache", None),
    ("proxy_mirror", None),
    ("oidc_auth", None),
    ("jwt_auth", None),
];

pub(crate) static SORT: Sort = Sort {
    kinds: &[PolicyKind::Cors, PolicyKind::RateLimit],
    tongue: Tongue { parameter, code },
    missing: codes::NO_PLUGIN,
    bound: codes::PLUGIN_ATTACHED,
    too_many: codes::TOO_MANY,
    // The vendor has no code of its own for it.
    not_bound: codes::PARAMETER_ERROR,
    id: "plugin_id",
    name: "plugin_name",
    bindings: "plugin_attach_ids",
};

/// What a plug-in's type is called.
fn type_of(kind: PolicyKind) -> Option<&'static str> {
    TYPES.iter().find(|(_, known)| *known == kind).map(|(name, _)| *name)
}

fn parameter(pointer: &str) -> String {
    match pointer.strip_prefix("/settings") {
        Some(within) => format!("plugin_content{}", within.replace('/', ".")),
        None if pointer == "/name" => "plugin_name".to_owned(),
        // What is wrong with one of several APIs.
        None if pointer.ends_with("/api") => "api_ids".to_owned(),
        None if pointer.ends_with("/stage") => "env_id".to_owned(),
        None => pointer.trim_start_matches('/').replace('/', "."),
    }
}

fn code(violation: &Violation) -> Option<Code> {
    match (violation.rule, violation.pointer.as_str()) {
        (Rule::Duplicate, "/name") => Some(codes::PLUGIN_NAME_TAKEN),
        (Rule::Conflict, stage) if stage.ends_with("/stage") => Some(codes::NOT_PUBLISHED_FOR_PLUGIN),
        _ => None,
    }
}
