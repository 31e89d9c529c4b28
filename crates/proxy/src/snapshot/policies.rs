//! Policies and where they are bound. A policy is understood once, when it comes; each change says which tables are to
//! be built anew.

use std::collections::HashSet;
use std::sync::Arc;

use foldhash::HashMap;
use paifang_model::id::{ApiId, BindingId, GroupId, PolicyId, StageId};
use paifang_model::record::Key;
use paifang_model::{Binding, Policy};

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
                name: policy.name.as_str().into(),
                settings,
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

    /// What is bound to an API in a stage, always in the same order. An API whose policy is not there or not
    /// understood must not be served as if it had none.
    ///
    /// # Errors
    /// Which policy it is, and what is wrong with it.
    pub(super) fn bound(&self, api: ApiId, stage: StageId) -> Result<Vec<Arc<LivePolicy>>, String> {
        let Some(ids) = self.of_api.get(&(api, stage)) else { return Ok(Vec::new()) };
        let mut bindings: Vec<&Binding> = ids.iter().filter_map(|id| self.bindings.get(id)).collect();
        bindings.sort_unstable_by_key(|binding| (binding.kind, binding.id));
        let policy = |binding: &Binding| match self.policies.get(&binding.policy) {
            Some(Ok(policy)) => Ok(Arc::clone(policy)),
            Some(Err(reason)) => Err(format!("its policy {} cannot be applied: {reason}", binding.policy)),
            None => Err(format!("its policy {} cannot be read", binding.policy)),
        };
        bindings.into_iter().map(policy).collect()
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
        let bindings = ids.filter_map(|id| self.bindings.get(id));
        bindings.map(|binding| (binding.group, binding.stage)).collect()
    }
}

fn take_out<K: Copy + std::hash::Hash + Eq>(
    sets: &mut HashMap<K, HashSet<BindingId>>,
    key: K,
    id: BindingId,
) {
    if let Some(set) = sets.get_mut(&key) {
        set.remove(&id);
        if set.is_empty() {
            sets.remove(&key);
        }
    }
}
