//! Binds a policy to whole groups: all of a call, or none of it, with every reason.

use paifang_model::id::{GroupId, PolicyId, StageId};
use paifang_model::{Group, GroupBinding, Key, Policy, Rule, Violations};
use paifang_store::{Query, Stored};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::bind::{TARGETS_AUDITED, each_target};
use crate::action::Action;
use crate::attempt::{TRIES, raced, settled};
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

/// Where a policy is to hold for every API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GroupTarget {
    /// The group.
    pub group: GroupId,
    /// The stage.
    pub stage: StageId,
}

impl Context {
    /// Binds a policy to groups, 1,000 at most. Another policy of the kind that is bound there gives way at once; a
    /// binding that is there stays. Where an API has a policy of the kind itself, that one goes on holding for it.
    ///
    /// # Errors
    /// When the caller may not, there is no such policy, or there is a complaint about any target; complaints point
    /// into the list.
    pub async fn bind_policy_to_groups(
        &self,
        id: PolicyId,
        targets: &[GroupTarget],
    ) -> Result<Vec<Stored<GroupBinding>>, Error> {
        settled(TRIES, raced, || self.try_to_bind_groups(id, targets)).await
    }

    async fn try_to_bind_groups(
        &self,
        id: PolicyId,
        targets: &[GroupTarget],
    ) -> Result<Vec<Stored<GroupBinding>>, Error> {
        let permission = self.authorize(Action::BindPolicy, &super::path(id)).await?;
        let policy = self.documents().find::<Policy>(id).await?.value;
        let bindings = self.check_group_targets(&policy, targets).await?;
        let audited: Vec<_> = targets.iter().take(TARGETS_AUDITED).collect();
        let mut change = Change::new()
            .drawn("place")
            .drawn("group_binding")
            .detail(json!({ "group_bindings": targets.len(), "targets": audited }));
        let mut made_at = Vec::with_capacity(bindings.len());
        for binding in &bindings {
            let place = GroupBinding::place(binding.kind, binding.group, binding.stage);
            let there: Vec<Stored<GroupBinding>> =
                self.documents().all(Query::of::<GroupBinding>().eq("place", place)).await?;
            let same = there.iter().find(|there| there.value.id == binding.id);
            made_at.push(same.map(|same| same.created_at));
            for other in there.iter().filter(|there| there.value.id != binding.id) {
                change = change.drop(Key::of::<GroupBinding>(other.value.id));
            }
            change = if same.is_some() { change.put(binding) } else { change.create(binding) };
        }
        let done = permission.commit(&self.control, change).await?;
        let stored = |(binding, made_at): (GroupBinding, Option<i64>)| {
            done.changed(made_at.unwrap_or(done.at), binding)
        };
        Ok(bindings.into_iter().zip(made_at).map(stored).collect())
    }

    /// The bindings that are asked for, or all complaints about them.
    async fn check_group_targets(
        &self,
        policy: &Policy,
        targets: &[GroupTarget],
    ) -> Result<Vec<GroupBinding>, Error> {
        each_target(targets, |target| self.check_group_target(policy, target)).await
    }

    async fn check_group_target(
        &self,
        policy: &Policy,
        target: GroupTarget,
    ) -> Result<(Option<GroupBinding>, Violations), Error> {
        let GroupTarget { group, stage } = target;
        let mut violations = self.check_target_stage(policy, stage).await?;
        self.check_target_group(policy, group, &mut violations).await?;
        let id = GroupBinding::id_of(policy.id, group, stage);
        Ok((Some(GroupBinding { id, policy: policy.id, kind: policy.kind, group, stage }), violations))
    }

    async fn check_target_group(
        &self,
        policy: &Policy,
        id: GroupId,
        violations: &mut Violations,
    ) -> Result<(), Error> {
        let dialect = policy.dialect;
        match self.documents().look::<Group>(id).await? {
            None => violations.add("/group", Rule::Unknown, format!("there is no group `{id}`")),
            Some(group) if group.value.dialect != dialect => {
                let message = format!("it is of {}, and the policy is for {dialect}", group.value.dialect);
                violations.add("/group", Rule::Conflict, message);
            }
            Some(_) if !dialect.rules().group_bindings => {
                let message = format!("policies of {dialect} are bound to APIs, not to whole groups");
                violations.add("/group", Rule::Unsupported, message);
            }
            Some(_) => {}
        }
        Ok(())
    }
}
