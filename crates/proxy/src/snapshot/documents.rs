//! The documents behind a snapshot, and which tables a change makes stale.

use std::collections::HashSet;
use std::sync::Arc;

use foldhash::HashMap;
use paifang_model::id::{AccountId, AppCodeId, DeploymentId, DomainId, GroupId, StageId, VariableId};
use paifang_model::kind::Kind;
use paifang_model::record::Key;
use paifang_model::{Deployment, Domain, Group, Id, Stage, Variable, Version};

use super::policies::Policies;
use super::release::Release;
use super::{AccountFacts, CodeDigest};
use crate::config::{Change, Document};
use crate::limits::Key as Named;

/// The documents that tables are compiled from.
#[derive(Debug, Default)]
pub(super) struct Documents {
    pub(super) groups: HashMap<GroupId, Group>,
    pub(super) stages: HashMap<StageId, Stage>,
    pub(super) domains: HashMap<DomainId, Domain>,
    variables: HashMap<VariableId, Variable>,
    pub(super) releases: HashMap<DeploymentId, Release>,
    /// The deployments of each group: a table is compiled without looking at all others.
    by_group: HashMap<GroupId, HashSet<DeploymentId>>,
    /// Policies and where they are bound.
    pub(super) policies: Policies,
    /// Keys, codes and grants are looked up by what calls bring; a deletion names their id.
    pub(super) keys: HashMap<Id, Named>,
    pub(super) code_digests: HashMap<AppCodeId, CodeDigest>,
    pub(super) grants: HashMap<Id, Named>,
    /// Whom apps belong to.
    pub(super) accounts: HashMap<AccountId, Arc<AccountFacts>>,
}

/// What must be made anew.
#[derive(Debug, Default)]
pub(super) struct Stale {
    /// Groups whose facts or hosts changed: all their tables.
    pub(super) groups: HashSet<GroupId>,
    /// Single tables, with all their routes.
    pub(super) tables: HashSet<(GroupId, StageId)>,
    /// Tables in which APIs came, went or were released anew; the others of their routes stay.
    pub(super) released: HashSet<(GroupId, StageId)>,
    /// How many releases have not been compiled yet.
    pub(super) releases: usize,
    /// Whether a stage came, went or was renamed.
    pub(super) stages: bool,
}

impl Documents {
    /// Takes a change of a document that tables depend on; the others are the snapshot's own maps' business.
    pub(super) fn apply(&mut self, change: &Change, stale: &mut Stale) {
        match change {
            Change::Put(Document::Group(group)) => {
                stale.groups.insert(group.id);
                self.groups.insert(group.id, group.clone());
            }
            Change::Put(Document::Stage(stage)) => {
                stale.stages = true;
                self.stages.insert(stage.id, stage.clone());
            }
            Change::Put(Document::Domain(domain)) => {
                self.domains.insert(domain.id, domain.clone());
            }
            Change::Put(Document::Variable(variable)) => {
                stale.tables.insert((variable.group, variable.stage));
                self.variables.insert(variable.id, variable.clone());
            }
            Change::Put(Document::Deployment(deployment, version)) => self.deploy(deployment, version, stale),
            Change::Put(Document::Policy(policy)) => stale.tables.extend(self.policies.put(policy)),
            Change::Put(Document::Binding(binding)) => stale.tables.extend(self.policies.bind(binding)),
            Change::Put(Document::GroupBinding(binding)) => {
                stale.tables.extend(self.policies.bind_group(binding));
            }
            Change::Put(_) => {}
            Change::Delete(key) => self.delete(*key, stale),
        }
    }

    fn deploy(&mut self, deployment: &Deployment, version: &Arc<Version>, stale: &mut Stale) {
        if deployment.online {
            stale.released.insert((deployment.group, deployment.stage));
            stale.releases += 1;
            self.by_group.entry(deployment.group).or_default().insert(deployment.id);
            self.releases.insert(deployment.id, Release::new(deployment, version));
        } else {
            self.forget(deployment.id, stale);
        }
    }

    fn forget(&mut self, id: DeploymentId, stale: &mut Stale) {
        let Some(Release { group, stage, .. }) = self.releases.remove(&id) else { return };
        stale.released.insert((group, stage));
        if let Some(of_group) = self.by_group.get_mut(&group) {
            of_group.remove(&id);
            if of_group.is_empty() {
                self.by_group.remove(&group);
            }
        }
    }

    fn delete(&mut self, key: Key, stale: &mut Stale) {
        match key.kind {
            Kind::Group => {
                stale.groups.insert(key.id.into());
                self.groups.remove(&GroupId(key.id));
                // Its deployments have deletions of their own. Where those do not come, the group could only not be
                // read, and they serve again once it can.
            }
            Kind::Stage => {
                stale.stages = true;
                self.stages.remove(&StageId(key.id));
            }
            Kind::Variable => {
                if let Some(variable) = self.variables.remove(&VariableId(key.id)) {
                    stale.tables.insert((variable.group, variable.stage));
                }
            }
            Kind::Deployment => self.forget(key.id.into(), stale),
            Kind::Policy => stale.tables.extend(self.policies.delete(key.id.into())),
            Kind::Binding => stale.tables.extend(self.policies.unbind(key.id.into())),
            Kind::GroupBinding => stale.tables.extend(self.policies.unbind_group(key.id.into())),
            _ => {}
        }
    }

    /// What stands for a name in the backends of a group's APIs in a stage.
    pub(super) fn value(&self, group: GroupId, stage: StageId, name: &str) -> Option<&str> {
        let variable = self.variables.get(&Variable::id_of(group, stage, name))?;
        Some(&variable.value)
    }

    /// What a group serves in a stage, oldest version first: of two that conflict, always the same one stays.
    pub(super) fn released(&self, group: GroupId, stage: StageId) -> Vec<DeploymentId> {
        let ids = self.by_group.get(&group).into_iter().flatten();
        let all = ids.filter_map(|id| self.releases.get(id)).filter(|release| release.stage == stage);
        let mut released: Vec<_> = all.map(|release| (release.made_at, release.deployment)).collect();
        released.sort_unstable();
        released.into_iter().map(|(_, id)| id).collect()
    }

    /// Whether a deployment is there and online.
    pub(super) fn is_deployed(&self, id: DeploymentId) -> bool {
        self.releases.contains_key(&id)
    }
}
