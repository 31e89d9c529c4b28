//! Keeps the documents and makes snapshots of them: only what a change touches is made anew.

mod hosts;
mod maps;
mod tables;

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use paifang_model::Dialect;
use paifang_model::id::{GroupId, StageId};
use paifang_model::limits::Profile;
use paifang_model::record::Key;

use super::documents::{Documents, Stale};
use super::instances::Instances;
use super::numbers::Numbers;
use super::outsiders::Outsiders;
use super::quotas::Quotas;
use super::stages::Stages;
use super::tls::Tls;
use super::{SetAside, Snapshot};
use crate::config::{Change, Update};

/// How many releases may wait to be compiled while more is coming: until then their versions take several times the room.
const COMPILE_AT: usize = 1_000;

/// Which routes of a table are compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compile {
    /// All: something that is in each of them changed.
    All,
    /// Those that are not compiled yet.
    Missing,
}

/// Keeps the documents and makes snapshots of them.
#[derive(Debug)]
pub(super) struct Builder {
    profile: Profile,
    documents: Documents,
    numbers: Numbers,
    quotas: Quotas,
    outsiders: Outsiders,
    instances: Instances,
    next: Snapshot,
    stale: Stale,
    set_aside: HashMap<Key, String>,
    tls: Tls,
}

impl Builder {
    pub(super) fn new(profile: Profile) -> Self {
        Self {
            profile,
            documents: Documents::default(),
            numbers: Numbers::default(),
            quotas: Quotas::default(),
            outsiders: Outsiders::default(),
            instances: Instances::default(),
            next: Snapshot::empty(profile),
            stale: Stale::default(),
            set_aside: HashMap::new(),
            tls: Tls::default(),
        }
    }

    /// Takes an update; it is served with the next snapshot.
    pub(super) fn apply(&mut self, update: Update) {
        self.take(update.changes);
        self.next.revision = update.revision;
    }

    /// Takes changes that belong to the next update. What came before them must have been made a snapshot of.
    pub(super) fn prepare(&mut self, changes: Vec<Change>) {
        self.take(changes);
        if self.stale.releases >= COMPILE_AT {
            self.compile();
        }
    }

    fn take(&mut self, changes: Vec<Change>) {
        for change in changes {
            // Hosts need the documents as they were when something is deleted.
            self.apply_hosts(&change);
            self.documents.apply(&change, &mut self.stale);
            if self.numbers.apply(&change) {
                self.apply_numbers();
            }
            self.apply_maps(change);
        }
    }

    /// All that was taken, ready to be served.
    pub(super) fn snapshot(&mut self) -> Snapshot {
        self.compile();
        self.outsiders.settle(&mut self.next);
        let documents = &self.documents;
        self.set_aside.retain(|key, _| documents.is_deployed(key.id.into()));
        let set_aside =
            self.set_aside.iter().map(|(key, reason)| SetAside { key: *key, reason: reason.clone() });
        self.next.set_aside =
            Arc::new(set_aside.chain(documents.policies.set_aside()).chain(self.tls.set_aside()).collect());
        self.next.clone()
    }

    /// Compiles what is stale.
    fn compile(&mut self) {
        let mut stale = std::mem::take(&mut self.stale);
        if stale.stages {
            self.next.stages = Arc::new(Stages::of(self.documents.stages.values()));
            // The stage's name is in every route; stages change rarely.
            stale.groups.extend(self.documents.groups.keys());
        }
        for group in &stale.groups {
            self.build_group(*group);
        }
        let of_groups = |table: &&(GroupId, StageId)| !stale.groups.contains(&table.0);
        for (group, stage) in stale.tables.iter().filter(of_groups) {
            self.build_table(*group, *stage, Compile::All);
        }
        let others = stale.released.iter().filter(of_groups).filter(|table| !stale.tables.contains(table));
        for (group, stage) in others {
            self.build_table(*group, *stage, Compile::Missing);
        }
    }

    /// Limits are in the facts of every group; only a dialect whose limits became others is compiled anew.
    fn apply_numbers(&mut self) {
        for dialect in Dialect::ALL {
            let limits = self.numbers.limits(self.profile, dialect);
            if std::mem::replace(&mut self.next.limits[dialect as usize], limits) != limits {
                let groups = self.documents.groups.values().filter(|group| group.dialect == dialect);
                self.stale.groups.extend(groups.map(|group| group.id));
            }
        }
    }
}
