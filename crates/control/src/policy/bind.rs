//! Binds a policy to APIs: all of a call, or none of it, with every reason.

use std::collections::HashSet;
use std::hash::Hash;

use paifang_model::id::{ApiId, PolicyId, StageId};
use paifang_model::{Api, Binding, Deployment, Group, Key, Policy, Rule, Stage, Violations};
use paifang_store::{Expectation, Query, Stored};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::AT_ONCE;
use crate::action::Action;
use crate::attempt::{TRIES, raced, settled};
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

/// An audit line is to be read.
pub(super) const TARGETS_AUDITED: usize = 50;

/// Where a policy is to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BindTarget {
    /// The API.
    pub api: ApiId,
    /// The stage.
    pub stage: StageId,
}

impl Context {
    /// Binds a policy to APIs, 1,000 at most. Another policy of the kind that is bound there gives way at once; a
    /// binding that is there stays.
    ///
    /// # Errors
    /// When the caller may not, there is no such policy, or there is a complaint about any target; complaints point
    /// into the list.
    pub async fn bind_policy(
        &self,
        id: PolicyId,
        targets: &[BindTarget],
    ) -> Result<Vec<Stored<Binding>>, Error> {
        settled(TRIES, raced, || self.try_to_bind(id, targets)).await
    }

    async fn try_to_bind(&self, id: PolicyId, targets: &[BindTarget]) -> Result<Vec<Stored<Binding>>, Error> {
        let permission = self.authorize(Action::BindPolicy, &super::path(id)).await?;
        let policy = self.documents().find::<Policy>(id).await?.value;
        let bindings = self.check_targets(&policy, targets).await?;
        self.check_pages(&policy, &bindings).await?;
        let audited: Vec<_> = targets.iter().take(TARGETS_AUDITED).collect();
        let mut change = Change::new()
            .drawn("place")
            .drawn("binding")
            .detail(json!({ "bindings": targets.len(), "targets": audited }));
        let mut made_at = Vec::with_capacity(bindings.len());
        for binding in &bindings {
            let there = self.bound_in_place_of(binding).await?;
            let same = there.iter().find(|there| there.value.id == binding.id);
            made_at.push(same.map(|same| same.created_at));
            for other in there.iter().filter(|there| there.value.id != binding.id) {
                change = change.drop(Key::of::<Binding>(other.value.id));
            }
            if policy.dialect.rules().bindings_need_deployment {
                change = change.expect(Expectation::Present(deployment(binding.api, binding.stage)));
            }
            change = if same.is_some() { change.put(binding) } else { change.create(binding) };
        }
        let done = permission.commit(&self.control, change).await?;
        let stored =
            |(binding, made_at): (Binding, Option<i64>)| done.changed(made_at.unwrap_or(done.at), binding);
        Ok(bindings.into_iter().zip(made_at).map(stored).collect())
    }

    /// What is bound in the place that a binding takes: itself, or what gives way to it.
    async fn bound_in_place_of(&self, binding: &Binding) -> Result<Vec<Stored<Binding>>, Error> {
        let place = Binding::place(binding.kind, binding.api, binding.stage);
        self.documents().all(Query::of::<Binding>().eq("place", place)).await
    }

    /// The bindings that are asked for, or all complaints about them.
    async fn check_targets(&self, policy: &Policy, targets: &[BindTarget]) -> Result<Vec<Binding>, Error> {
        each_target(targets, |target| self.check_target(policy, target)).await
    }

    async fn check_target(
        &self,
        policy: &Policy,
        target: BindTarget,
    ) -> Result<(Option<Binding>, Violations), Error> {
        let BindTarget { api, stage } = target;
        let mut violations = self.check_target_stage(policy, stage).await?;
        let Some(found) = self.documents().look::<Api>(api).await? else {
            violations.add("/api", Rule::Unknown, format!("there is no api `{api}`"));
            return Ok((None, violations));
        };
        let group = self.documents().find::<Group>(found.value.group).await?.value;
        let dialect = policy.dialect;
        if group.dialect != dialect {
            let message = format!("it is of {}, and the policy is for {dialect}", group.dialect);
            violations.add("/api", Rule::Conflict, message);
        } else if dialect.rules().bindings_need_deployment && !self.is_online(api, stage).await? {
            violations.add("/stage", Rule::Conflict, format!("the api `{api}` is not online in this stage"));
        }
        let id = Binding::id_of(policy.id, api, stage);
        let binding = Binding { id, policy: policy.id, kind: policy.kind, api, group: group.id, stage };
        Ok((Some(binding), violations))
    }

    pub(super) async fn check_target_stage(&self, policy: &Policy, id: StageId) -> Result<Violations, Error> {
        let mut violations = Violations::new();
        match self.documents().look::<Stage>(id).await? {
            None => violations.add("/stage", Rule::Unknown, format!("there is no stage `{id}`")),
            Some(stage) if stage.value.dialect != policy.dialect => {
                let message =
                    format!("it is for {}, and the policy is for {}", stage.value.dialect, policy.dialect);
                violations.add("/stage", Rule::Conflict, message);
            }
            Some(_) => {}
        }
        Ok(violations)
    }

    /// Whether an API serves in a stage.
    pub(crate) async fn is_online(&self, api: ApiId, stage: StageId) -> Result<bool, Error> {
        let deployment = self.documents().look::<Deployment>(Deployment::id_of(api, stage)).await?;
        Ok(deployment.is_some_and(|deployment| deployment.value.online))
    }
}

/// The bindings that `check` makes of targets, each of which stands there once; or all complaints about them.
pub(super) async fn each_target<T, B, C>(targets: &[T], check: impl Fn(T) -> C) -> Result<Vec<B>, Error>
where
    T: Copy + Eq + Hash,
    C: Future<Output = Result<(Option<B>, Violations), Error>>,
{
    if targets.is_empty() || targets.len() > AT_ONCE {
        let message = format!("{} places are named: 1 to {AT_ONCE} are allowed", targets.len());
        return Err(Violations::one("", Rule::Range, message).into());
    }
    let mut violations = Violations::new();
    let mut seen = HashSet::new();
    let mut bindings = Vec::with_capacity(targets.len());
    for (index, target) in targets.iter().enumerate() {
        if !seen.insert(target) {
            violations.add(format!("/{index}"), Rule::Duplicate, "it is there twice");
            continue;
        }
        let (binding, complaints) = check(*target).await?;
        bindings.extend(binding);
        violations.nest(&format!("/{index}"), complaints);
    }
    Ok(violations.or(bindings)?)
}

fn deployment(api: ApiId, stage: StageId) -> Key {
    Key::of::<Deployment>(Deployment::id_of(api, stage))
}
