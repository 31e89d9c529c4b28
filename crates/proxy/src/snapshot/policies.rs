//! Policies and where they are bound. A policy is understood once, when it comes; each change says which tables are to
//! be built anew.

use std::collections::HashSet;
use std::hash::Hash;
use std::sync::Arc;

use foldhash::HashMap;
use paifang_model::id::{ApiId, BindingId, GroupBindingId, GroupId, PolicyId, StageId};
use paifang_model::record::Key;
use paifang_model::{Binding, GroupBinding, Policy};

use super::SetAside;
use crate::policy::LivePolicy;

/// Policies and where they are bound.
#[derive(Debug, Default)]
pub(super) struct Policies {
    /// Those whose settings cannot be understood with the reason.
    policies: HashMap<PolicyId, Result<Arc<LivePolicy>, String>>,
    bindings: HashMap<BindingId, Binding>,
    of_policy: HashMap<PolicyId, HashSet<BindingId>>,
    of_api: HashMap<(ApiId, StageId), HashSet<BindingId>>,
    group_bindings: HashMap<GroupBindingId, GroupBinding>,
    groups_of_policy: HashMap<PolicyId, HashSet<GroupBindingId>>,
    of_group: HashMap<(GroupId, StageId), HashSet<GroupBindingId>>,
}

/// How an API comes by a policy.
#[derive(Clone, Copy, PartialEq, Eq)]
enum BoundTo {
    Api,
    Group,
}

/// The tables that a change makes stale.
pub(super) type Tables = Vec<(GroupId, StageId)>;

impl Policies {
    pub(super) fn put(&mut self, policy: &Policy) -> Tables {
        let understood = policy.read().map_err(|violations| violations.to_string());
        if let Err(reason) = &understood {
            tracing::warn!(policy = %policy.id, reason, "set aside the policy `{}`: {reason}", policy.name);
        }
        let live = understood.map(|settings| {
            Arc::new(LivePolicy {
                id: policy.id,
                told: format!("`{}`", policy.name).into(),
                settings: Arc::new(settings),
                secret: policy.secret.clone(),
            })
        });
        self.policies.insert(policy.id, live);
        self.tables_of(policy.id)
    }

    pub(super) fn delete(&mut self, id: PolicyId) -> Tables {
        self.policies.remove(&id);
        self.tables_of(id)
    }

    pub(super) fn bind(&mut self, binding: &Binding) -> Tables {
        let mut tables = self.unbind(binding.id);
        self.of_policy.entry(binding.policy).or_default().insert(binding.id);
        self.of_api.entry((binding.api, binding.stage)).or_default().insert(binding.id);
        tables.push((binding.group, binding.stage));
        self.bindings.insert(binding.id, binding.clone());
        tables
    }

    pub(super) fn unbind(&mut self, id: BindingId) -> Tables {
        let Some(Binding { policy, api, group, stage, .. }) = self.bindings.remove(&id) else {
            return Vec::new();
        };
        take_out(&mut self.of_policy, policy, id);
        take_out(&mut self.of_api, (api, stage), id);
        vec![(group, stage)]
    }

    pub(super) fn bind_group(&mut self, binding: &GroupBinding) -> Tables {
        let mut tables = self.unbind_group(binding.id);
        self.groups_of_policy.entry(binding.policy).or_default().insert(binding.id);
        self.of_group.entry((binding.group, binding.stage)).or_default().insert(binding.id);
        tables.push((binding.group, binding.stage));
        self.group_bindings.insert(binding.id, binding.clone());
        tables
    }

    pub(super) fn unbind_group(&mut self, id: GroupBindingId) -> Tables {
        let Some(GroupBinding { policy, group, stage, .. }) = self.group_bindings.remove(&id) else {
            return Vec::new();
        };
        take_out(&mut self.groups_of_policy, policy, id);
        take_out(&mut self.of_group, (group, stage), id);
        vec![(group, stage)]
    }

    /// What an API has in a stage, one policy of a kind, always in the same order: what is bound to it, and of the other
    /// kinds what is bound to its group. An API whose policy is not there or not understood must not be served as if it had
    /// none.
    ///
    /// # Errors
    /// Which policy it is, and what is wrong with it.
    pub(super) fn bound(
        &self,
        group: GroupId,
        api: ApiId,
        stage: StageId,
    ) -> Result<Vec<Arc<LivePolicy>>, String> {
        let own = self.of_api.get(&(api, stage)).into_iter().flatten();
        let own = own.filter_map(|id| self.bindings.get(id));
        let mut all: Vec<_> = own.map(|one| (one.kind, one.policy, BoundTo::Api)).collect();
        let of_group = self.of_group.get(&(group, stage)).into_iter().flatten();
        let of_group = of_group.filter_map(|id| self.group_bindings.get(id));
        for GroupBinding { kind, policy, .. } in of_group {
            if !all.iter().any(|(own, _, to)| own == kind && *to == BoundTo::Api) {
                all.push((*kind, *policy, BoundTo::Group));
            }
        }
        all.sort_unstable_by_key(|(kind, policy, _)| (*kind, *policy));
        all.into_iter().map(|(_, policy, to)| self.live(policy, to)).collect()
    }

    fn live(&self, id: PolicyId, to: BoundTo) -> Result<Arc<LivePolicy>, String> {
        let whose = if to == BoundTo::Api { "its policy" } else { "its group's policy" };
        match self.policies.get(&id) {
            Some(Ok(policy)) if to == BoundTo::Group => Ok(Arc::new(policy.of_group())),
            Some(Ok(policy)) => Ok(Arc::clone(policy)),
            Some(Err(reason)) => Err(format!("{whose} {id} cannot be applied: {reason}")),
            None => Err(format!("{whose} {id} cannot be read")),
        }
    }

    /// The policies that cannot be understood.
    pub(super) fn set_aside(&self) -> impl Iterator<Item = SetAside> {
        self.policies.iter().filter_map(|(id, policy)| {
            let reason = policy.as_ref().err()?.clone();
            Some(SetAside { key: Key::of::<Policy>(*id), reason })
        })
    }

    fn tables_of(&self, policy: PolicyId) -> Tables {
        let ids = self.of_policy.get(&policy).into_iter().flatten();
        let bindings = ids.filter_map(|id| self.bindings.get(id)).map(|one| (one.group, one.stage));
        let ids = self.groups_of_policy.get(&policy).into_iter().flatten();
        let of_groups = ids.filter_map(|id| self.group_bindings.get(id)).map(|one| (one.group, one.stage));
        bindings.chain(of_groups).collect()
    }
}

fn take_out<K: Copy + Hash + Eq, I: Copy + Hash + Eq>(sets: &mut HashMap<K, HashSet<I>>, key: K, id: I) {
    if let Some(set) = sets.get_mut(&key) {
        set.remove(&id);
        if set.is_empty() {
            sets.remove(&key);
        }
    }
}
