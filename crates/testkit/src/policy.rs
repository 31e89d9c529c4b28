//! Policies and bindings as the gateway is told of them.

use paifang_model::id::{ApiId, PolicyId, StageId};
use paifang_model::{Binding, Group, GroupBinding, Policy, PolicyKind};
use paifang_proxy::config::{Change, Document};
use serde_json::Value;

/// A throttling policy for groups of the group's dialect.
pub fn throttle(group: &Group, settings: Value) -> Policy {
    of_kind(group, PolicyKind::Throttle, settings)
}

/// A policy for groups of the group's dialect, with its kind's name.
pub fn of_kind(group: &Group, kind: PolicyKind, settings: Value) -> Policy {
    Policy {
        id: PolicyId::random(),
        account: group.account,
        dialect: group.dialect,
        kind,
        name: kind.name().to_owned(),
        settings,
        remark: String::new(),
        secret: None,
    }
}

/// A policy's binding to an API of the group.
pub fn binding(group: &Group, policy: &Policy, api: ApiId, stage: StageId) -> Binding {
    let (id, group) = (Binding::id_of(policy.id, api, stage), group.id);
    Binding { id, policy: policy.id, kind: policy.kind, api, group, stage }
}

/// A policy's binding to the whole group.
pub fn group_binding(group: &Group, policy: &Policy, stage: StageId) -> GroupBinding {
    let id = GroupBinding::id_of(policy.id, group.id, stage);
    GroupBinding { id, policy: policy.id, kind: policy.kind, group: group.id, stage }
}

/// The changes that make a policy and bind it.
pub fn bound(policy: &Policy, binding: &Binding) -> Vec<Change> {
    let (policy, binding) = (Document::Policy(policy.clone()), Document::Binding(binding.clone()));
    vec![Change::Put(policy), Change::Put(binding)]
}
