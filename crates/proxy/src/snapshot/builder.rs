//! Keeps the documents and makes snapshots of them: only what a change touches is made anew.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use paifang_model::api::Version;
use paifang_model::definition::RequestDefinition;
use paifang_model::id::{AppCodeId, AppId, GroupId, StageId};
use paifang_model::kind::Kind;
use paifang_model::limits::Profile;
use paifang_model::path::PathPattern;
use paifang_model::record::Key;
use paifang_model::{
    App, AppCode, AppKey, Authority, Certificate, Dialect, Domain, Grant, Group, Violations,
};
use paifang_sign::SigningKey;

use super::documents::{Documents, Stale};
use super::numbers::Numbers;
use super::stages::Stages;
use super::tls::Tls;
use super::{
    AppFacts, CodeDigest, CodeEntry, GroupEntry, HostEntry, KeyEntry, Route, SetAside, Snapshot, StageFacts,
    StageTable, compile,
};
use crate::channel::ChannelEntry;
use crate::config::{Change, Document, Update};
use crate::policy::LivePolicy;

/// Keeps the documents and makes snapshots of them.
#[derive(Debug)]
pub(super) struct Builder {
    profile: Profile,
    documents: Documents,
    numbers: Numbers,
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
            next: Snapshot::empty(profile),
            stale: Stale::default(),
            set_aside: HashMap::new(),
            tls: Tls::default(),
        }
    }

    /// Takes an update; it is served with the next snapshot.
    pub(super) fn apply(&mut self, update: Update) {
        for change in update.changes {
            // Hosts need the documents as they were when something is deleted.
            self.apply_hosts(&change);
            self.documents.apply(&change, &mut self.stale);
            if self.numbers.apply(&change) {
                self.apply_numbers();
            }
            self.apply_maps(change);
        }
        self.next.revision = update.revision;
    }

    /// Compiles what is stale.
    pub(super) fn snapshot(&mut self) -> Snapshot {
        let mut stale = std::mem::take(&mut self.stale);
        if stale.stages {
            self.next.stages = Arc::new(Stages::of(self.documents.stages.values()));
            // The stage's name is in every route; stages change rarely.
            stale.groups.extend(self.documents.groups.keys());
        }
        for group in &stale.groups {
            self.build_group(*group);
        }
        for (group, stage) in stale.tables.iter().filter(|(group, _)| !stale.groups.contains(group)) {
            self.build_table(*group, *stage);
        }
        let documents = &self.documents;
        self.set_aside.retain(|key, _| documents.is_deployed(key.id.into()));
        let set_aside =
            self.set_aside.iter().map(|(key, reason)| SetAside { key: *key, reason: reason.clone() });
        self.next.set_aside =
            Arc::new(set_aside.chain(documents.policies.set_aside()).chain(self.tls.set_aside()).collect());
        self.next.clone()
    }

    /// All tables of a group: its facts are in each of their routes.
    fn build_group(&mut self, id: GroupId) {
        let Some(group) = self.documents.groups.get(&id).cloned() else {
            self.next.groups.remove(&id);
            return;
        };
        let facts = Arc::new(compile::group_facts(&group, self.next.limits(group.dialect)));
        let stages: Vec<StageId> = self.documents.stages.keys().copied().collect();
        let tables = stages.into_iter().filter_map(|stage| {
            let table = self.table(&group, &facts, stage)?;
            Some((stage, Arc::new(table)))
        });
        let stages = tables.collect();
        self.next.groups.insert(id, Arc::new(GroupEntry { facts, stages }));
    }

    fn build_table(&mut self, group: GroupId, stage: StageId) {
        let Some(entry) = self.next.groups.get(&group).cloned() else { return };
        let Some(document) = self.documents.groups.get(&group).cloned() else { return };
        let mut stages = entry.stages.clone();
        match self.table(&document, &entry.facts, stage) {
            Some(table) => stages.insert(stage, Arc::new(table)),
            None => stages.remove(&stage),
        };
        self.next.groups.insert(group, Arc::new(GroupEntry { facts: Arc::clone(&entry.facts), stages }));
    }

    /// What a group serves in a stage; none when it serves nothing. What cannot be compiled is set aside.
    fn table(&mut self, group: &Group, facts: &Arc<super::GroupFacts>, stage: StageId) -> Option<StageTable> {
        let stage_facts: Arc<StageFacts> = Arc::new(compile::stage_facts(self.documents.stages.get(&stage)?));
        let context = compile::Context { group, facts: Arc::clone(facts), stage: stage_facts };
        let mut table = StageTable::builder();
        let mut reasons = Vec::new();
        for (deployment, version) in self.documents.deployed(group.id, stage) {
            let key = Key::of::<paifang_model::Deployment>(deployment.id);
            let policies = self.documents.policies.bound(version.api, stage);
            let outcome =
                policies.and_then(|policies| compiled(&context, version, &self.documents, &policies));
            let added = outcome.and_then(|Compiled { path, route, unresolved }| {
                let RequestDefinition { method, match_mode, .. } = version.definition.request;
                let added = table.add(&path, method, match_mode, Arc::new(route));
                added.map_err(|conflict| conflict.to_string())?;
                unresolved.map_or(Ok(()), |unresolved| Err(unresolved.to_string()))
            });
            reasons.push((key, added.err()));
        }
        for (key, reason) in reasons {
            self.note_aside(key, reason);
        }
        (!table.is_empty()).then(|| table.build())
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

    fn apply_hosts(&mut self, change: &Change) {
        match change {
            Change::Put(Document::Group(group)) => {
                let host = group.subdomain.to_ascii_lowercase().into_boxed_str();
                if group.subdomain_enabled {
                    let entry = HostEntry { group: group.id, stage: None, subdomain: true, tls: None };
                    self.next.hosts.insert(host, entry);
                } else {
                    self.next.hosts.remove(&*host);
                }
            }
            Change::Put(Document::Domain(domain)) => {
                self.put_domain(domain);
            }
            Change::Put(Document::Certificate(certificate)) => self.put_certificate(certificate),
            Change::Put(Document::Authority(authority)) => self.put_authority(Some(authority)),
            Change::Delete(key) if key.kind == Kind::Group => {
                if let Some(group) = self.documents.groups.get(&GroupId(key.id)) {
                    self.next.hosts.remove(group.subdomain.to_ascii_lowercase().as_str());
                }
            }
            Change::Delete(key) if key.kind == Kind::Certificate => self.tls.forget(key.id.into()),
            Change::Delete(key) if key.kind == Kind::Authority => self.put_authority(None),
            Change::Delete(key) if key.kind == Kind::Domain => {
                if let Some(domain) = self.documents.domains.remove(&key.id.into()) {
                    self.next.hosts.remove(domain.host.as_str());
                }
            }
            _ => {}
        }
    }

    fn put_domain(&mut self, domain: &Domain) {
        let tls = self.tls.of(domain).map(Arc::new);
        let entry = HostEntry { group: domain.group, stage: domain.stage, subdomain: false, tls };
        self.next.hosts.insert(domain.host.as_str().into(), entry);
    }

    /// The domains that have it are secured anew; connections that are open stay as they are.
    fn put_certificate(&mut self, certificate: &Certificate) {
        self.tls.put(certificate);
        let bound = |domain: &&Domain| domain.tls.certificate == Some(certificate.id);
        let domains: Vec<_> = self.documents.domains.values().filter(bound).cloned().collect();
        domains.iter().for_each(|domain| self.put_domain(domain));
    }

    fn put_authority(&mut self, authority: Option<&Authority>) {
        self.next.own_tls = self.tls.put_authority(authority);
        let own = |domain: &&Domain| domain.tls.certificate.is_none() && !domain.tls.is_default();
        let domains: Vec<_> = self.documents.domains.values().filter(own).cloned().collect();
        domains.iter().for_each(|domain| self.put_domain(domain));
    }

    /// The maps that no table depends on.
    fn apply_maps(&mut self, change: Change) {
        match change {
            Change::Put(Document::Account(account)) => {
                self.documents.account_numbers.insert(account.id, account.number);
            }
            Change::Put(Document::App(app)) => {
                let account_number = self.documents.account_numbers.get(&app.account).copied();
                let App { id, number, name, account, .. } = app;
                let facts = AppFacts { id, number, name: name.into(), account, account_number };
                self.next.apps.insert(app.id, Arc::new(facts));
            }
            Change::Put(Document::AppKey(key)) => self.put_key(key),
            Change::Put(Document::AppCode(code)) => self.put_code(&code),
            Change::Put(Document::Grant(grant)) => self.put_grant(&grant),
            Change::Put(Document::BackendAccess(access)) => {
                self.next.accesses.insert(access.id, Arc::new(access));
            }
            Change::Put(Document::Channel(channel)) => {
                let before = self.next.channels.get(&channel.id).map(Arc::as_ref);
                let entry = ChannelEntry::new(&channel, before);
                self.next.channels.insert(channel.id, Arc::new(entry));
            }
            Change::Put(_) => {}
            Change::Delete(key) => self.delete(key),
        }
    }

    fn put_key(&mut self, key: AppKey) {
        let signing = SigningKey::new(key.secret.expose().as_bytes());
        let text: Box<str> = key.key.into();
        self.documents.key_texts.insert(key.id.0, text.clone());
        self.next.keys.insert(text, Arc::new(KeyEntry { app: key.app, signing }));
    }

    fn put_code(&mut self, code: &AppCode) {
        let digest = CodeDigest::of(code.code.expose().as_bytes());
        self.documents.code_digests.insert(code.id, digest);
        self.next.codes.insert(digest, CodeEntry { id: code.id, app: code.app });
    }

    /// The same text may be another document's by now.
    fn delete_code(&mut self, id: AppCodeId) {
        let Some(digest) = self.documents.code_digests.remove(&id) else { return };
        if self.next.codes.get(&digest).is_some_and(|entry| entry.id == id) {
            self.next.codes.remove(&digest);
        }
    }

    fn put_grant(&mut self, grant: &Grant) {
        let key = (grant.app, grant.api, grant.stage);
        self.documents.grants.insert(grant.id.0, key);
        self.next.grants.insert(key, grant.until);
    }

    fn delete(&mut self, key: Key) {
        self.set_aside.remove(&key);
        match key.kind {
            Kind::App => drop(self.next.apps.remove(&AppId(key.id))),
            Kind::AppCode => self.delete_code(key.id.into()),
            Kind::AppKey => {
                if let Some(text) = self.documents.key_texts.remove(&key.id) {
                    self.next.keys.remove(&text);
                }
            }
            Kind::Grant => {
                if let Some(grant) = self.documents.grants.remove(&key.id) {
                    self.next.grants.remove(&grant);
                }
            }
            Kind::BackendAccess => drop(self.next.accesses.remove(&key.id.into())),
            Kind::Channel => drop(self.next.channels.remove(&key.id.into())),
            _ => {}
        }
    }
}

/// A version, ready to be served.
struct Compiled {
    path: PathPattern,
    route: Route,
    /// Why it can answer nobody, when it cannot.
    unresolved: Option<Violations>,
}

/// A version's route, or why there is none. A definition that makes the compiler panic is set aside like any other
/// that does not compile: the thread it runs on serves all the others.
fn compiled(
    context: &compile::Context<'_>,
    version: &Version,
    documents: &Documents,
    policies: &[Arc<LivePolicy>],
) -> Result<Compiled, String> {
    let compile = || {
        let value = |name: &str| documents.value(context.group.id, context.stage.id, name);
        let (route, unresolved) = compile::version(context, version, policies, value)?;
        let path = compile::full_path(&context.group.base_path, &version.definition.request.path)?;
        Ok(Compiled { path, route, unresolved })
    };
    match std::panic::catch_unwind(AssertUnwindSafe(compile)) {
        Ok(outcome) => outcome.map_err(|violations: Violations| violations.to_string()),
        Err(_) => Err("compiling it failed inside the gateway; please report it".to_owned()),
    }
}
