//! Plug-ins: policies that are attached to APIs stage by stage (spec: aliyun/plugins.md §1).

mod attach;
mod create;
mod delete;
mod group;
mod list;
mod list_apis;
mod modify;
mod schemas;
mod secret;
mod view;

pub(crate) use attach::{attach, detach};
pub(crate) use create::create;
pub(crate) use delete::delete;
pub(crate) use group::{attach as attach_to_group, detach as detach_from_group, groups, of_group};
pub(crate) use list::{list, of_api};
pub(crate) use list_apis::apis;
pub(crate) use modify::modify;
pub(crate) use schemas::{schemas, templates};

use paifang_control::Stored;
use paifang_model::id::PolicyId;
use paifang_model::{Policy, PolicyKind};

use crate::call::{Call, DIALECT};
use crate::fault::Fault;

/// The types of plug-ins that are offered, by what they are here.
const TYPES: &[(&str, PolicyKind)] = &[
    ("trafficControl", PolicyKind::Throttle),
    ("ipControl", PolicyKind::AddressList),
    ("cors", PolicyKind::Cors),
    ("backendSignature", PolicyKind::SignatureKey),
];

/// The vendor's types that are not offered yet.
const LATER: &[&str] = &[
    "jwtAuth",
    "basicAuth",
    "caching",
    "routing",
    "accessControl",
    "errorMapping",
    "circuitBreaker",
    "remoteAuth",
    "logMask",
    "transformer",
];

/// The kind that a parameter names by its type.
fn kind_of(parameter: &'static str, name: &str) -> Result<PolicyKind, Fault> {
    let found = TYPES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, kind)| *kind).ok_or_else(|| {
        let offered: Vec<&str> = TYPES.iter().map(|(name, _)| *name).collect();
        let later = if LATER.iter().any(|later| later.eq_ignore_ascii_case(name)) {
            "it is not there yet; "
        } else {
            ""
        };
        Fault::invalid(parameter, name, &format!("{later}{} are offered", offered.join(", ")))
    })
}

fn name_of(kind: PolicyKind) -> &'static str {
    TYPES.iter().find(|(_, known)| *known == kind).map_or("", |(name, _)| name)
}

/// The plug-in that `PluginId` names.
async fn named(call: &Call<'_>) -> Result<Stored<Policy>, Fault> {
    let id = PolicyId(call.params.required_id("PluginId", "Plugin")?);
    let policy = call.control.read_policy(id).await?;
    if policy.value.dialect == DIALECT { Ok(policy) } else { Err(Fault::not_found("Plugin")) }
}
