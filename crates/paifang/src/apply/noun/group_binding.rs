//! `kind: group_binding`: a policy holds for every API of a group in a stage.

use serde::Deserialize;

use super::binding::canonical;
use crate::apply::object::Identity;
use crate::apply::reader::Reader;

/// A binding as a file says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    policy: String,
    group: String,
    stage: String,
}

/// Reads a document.
pub(crate) fn read(reader: &mut Reader<'_>) {
    let Some(Given { policy, group, stage }) = reader.typed::<Given>(&[]) else { return };
    let Some(group) = reader.group("/group", &group) else { return };
    let Some(dialect) = group.dialect() else { return };
    if !dialect.rules().group_bindings {
        reader.complain("/group", format!("policies of {dialect} are bound to APIs, not to whole groups"));
        return;
    }
    let Some(policy) = reader.policy("/policy", &policy, dialect) else { return };
    let Some(kind) = policy.policy_kind() else { return };
    let stage = Identity::stage(dialect, &stage);
    let identity = group.group_binding(&stage, kind);
    let body = canonical(&policy);
    let needs =
        vec![("/policy".to_owned(), policy), ("/group".to_owned(), group), ("/stage".to_owned(), stage)];
    reader.want(identity, body, needs);
}
