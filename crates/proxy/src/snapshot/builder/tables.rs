//! The tables: what each group serves in each stage.

use std::sync::Arc;

use paifang_model::Group;
use paifang_model::id::{DeploymentId, GroupId, StageId};
use paifang_model::record::Key;

use super::super::release::Compiled;
use super::super::{GroupEntry, GroupFacts, Route, StageFacts, StageTable, compile};
use super::{Builder, Compile};
use crate::routing;

impl Builder {
    /// All tables of a group: its facts are in each of their routes.
    pub(super) fn build_group(&mut self, id: GroupId) {
        let Some(group) = self.documents.groups.get(&id).cloned() else {
            self.next.groups.remove(&id);
            return;
        };
        let facts = Arc::new(compile::group_facts(&group, self.next.limits(group.dialect)));
        let stages: Vec<StageId> = self.documents.stages.keys().copied().collect();
        let tables = stages.into_iter().filter_map(|stage| {
            let table = self.table(&group, &facts, stage, Compile::All)?;
            Some((stage, Arc::new(table)))
        });
        let stages = tables.collect();
        self.next.groups.insert(id, Arc::new(GroupEntry { facts, stages }));
    }

    pub(super) fn build_table(&mut self, group: GroupId, stage: StageId, which: Compile) {
        let Some(entry) = self.next.groups.get(&group).cloned() else { return };
        let Some(document) = self.documents.groups.get(&group).cloned() else { return };
        let mut stages = entry.stages.clone();
        match self.table(&document, &entry.facts, stage, which) {
            Some(table) => stages.insert(stage, Arc::new(table)),
            None => stages.remove(&stage),
        };
        self.next.groups.insert(group, Arc::new(GroupEntry { facts: Arc::clone(&entry.facts), stages }));
    }

    /// What a group serves in a stage; none when it serves nothing. What cannot be compiled is set aside.
    fn table(
        &mut self,
        group: &Group,
        facts: &Arc<GroupFacts>,
        stage: StageId,
        which: Compile,
    ) -> Option<StageTable> {
        let stage_facts: Arc<StageFacts> = Arc::new(compile::stage_facts(self.documents.stages.get(&stage)?));
        let context = compile::Context { group, facts: Arc::clone(facts), stage: stage_facts };
        let mut table = StageTable::builder();
        for id in self.documents.released(group.id, stage) {
            let added = match self.compiled(id, &context, which)? {
                Ok(compiled) => add(&mut table, compiled),
                Err(reason) => Err(reason.clone()),
            };
            self.note_aside(Key::of::<paifang_model::Deployment>(id), added.err());
        }
        (!table.is_empty()).then(|| table.build())
    }

    /// What a release is compiled to, compiled where that is wanted.
    fn compiled(
        &mut self,
        id: DeploymentId,
        context: &compile::Context<'_>,
        which: Compile,
    ) -> Option<&Result<Compiled, String>> {
        let release = self.documents.releases.get(&id)?;
        if which == Compile::All || release.compiled().is_none() {
            let value = |name: &str| self.documents.value(context.group.id, context.stage.id, name);
            let policies = self.documents.policies.bound(context.group.id, release.api, context.stage.id);
            let compiled = policies.and_then(|policies| release.compile(context, &policies, value));
            self.documents.releases.get_mut(&id)?.settle(compiled);
        }
        self.documents.releases.get(&id)?.compiled()
    }

    fn note_aside(&mut self, key: Key, reason: Option<String>) {
        match reason {
            Some(reason) => {
                tracing::warn!(%key, reason, "set aside: {reason}");
                self.set_aside.insert(key, reason);
            }
            None => {
                self.set_aside.remove(&key);
            }
        }
    }
}

/// Adds a route to a table, or says why it is not there or answers nobody.
fn add(table: &mut routing::Builder<Arc<Route>>, compiled: &Compiled) -> Result<(), String> {
    let Compiled { path, method, match_mode, route, unresolved } = compiled;
    let added = table.add(path, *method, *match_mode, Arc::clone(route));
    added.map_err(|conflict| conflict.to_string())?;
    unresolved.as_ref().map_or(Ok(()), |unresolved| Err(unresolved.to_string()))
}
