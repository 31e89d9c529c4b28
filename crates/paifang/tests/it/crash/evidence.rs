//! What a killed gateway left in its store, and whether it fits together and agrees with what was acknowledged.

use std::collections::{BTreeMap, BTreeSet};

use paifang_model::{App, AppKey, Deployment, Group, Key, Kind, Record, Version};
use paifang_store::{AuditQuery, Document, Op, Query, Store};

use super::writer::{GRANTS, Writer};

/// Everything in a store.
pub(super) struct Evidence {
    head: u64,
    documents: BTreeMap<Key, Document>,
    /// What the feed says that is there.
    told: BTreeMap<Key, Document>,
    /// The revisions in which the feed has something.
    revisions: BTreeSet<u64>,
    /// How many grants each revision wrote: a later one may write some of them again.
    granted: BTreeMap<u64, usize>,
    /// The revisions that audit lines came with.
    audited: BTreeSet<u64>,
}

impl Evidence {
    pub(super) async fn gather(store: &dyn Store) -> Self {
        let (mut told, mut revisions, mut granted) = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
        let (mut after, head) = (0, store.head().await.unwrap());
        while after < head {
            let changes = store.changes(after, 10_000).await.unwrap();
            after = changes.through;
            for change in changes.changes.into_iter().map(Result::unwrap) {
                revisions.insert(change.revision);
                if change.key.kind == Kind::Grant {
                    *granted.entry(change.revision).or_default() += 1;
                }
                match change.op {
                    Op::Put(document) => drop(told.insert(change.key, document)),
                    Op::Delete => drop(told.remove(&change.key)),
                }
            }
        }
        let (documents, audited) = (documents(store).await, audited(store).await);
        Self { head, documents, told, revisions, granted, audited }
    }

    pub(super) fn agrees_with(&self, writers: &[Writer]) {
        self.is_whole();
        for note in writers.iter().flat_map(Writer::notes) {
            assert!(self.revisions.contains(&note.revision), "revision {} is lost", note.revision);
            for key in &note.made {
                assert!(self.documents.contains_key(key), "{key} of revision {} is lost", note.revision);
            }
        }
        let groups: BTreeMap<_, _> =
            self.all::<Group>().map(|(_, group)| (group.id.to_string(), group.description)).collect();
        for group in writers.iter().flat_map(Writer::groups) {
            let found = &groups[&group.id];
            assert!([&group.description, &group.asked].contains(&found), "group {}: {found}", group.id);
        }
    }

    /// Nothing is there by half.
    fn is_whole(&self) {
        let every: BTreeSet<u64> = (1..=self.head).collect();
        assert_eq!(self.revisions, every, "the feed has every revision");
        assert_eq!(self.audited, every, "every change has its audit line, and every line its change");
        let keys = |documents: &BTreeMap<Key, Document>| documents.keys().copied().collect::<Vec<_>>();
        assert_eq!(keys(&self.documents), keys(&self.told), "documents and feed agree");
        for (key, document) in &self.documents {
            let told = &self.told[key];
            assert_eq!((document.revision, &document.body), (told.revision, &told.body), "{key}");
        }
        for (_, deployment) in self.all::<Deployment>() {
            let version = Key::of::<Version>(deployment.version);
            assert!(self.documents.contains_key(&version), "{} has no version", deployment.id);
        }
        let keys: BTreeSet<_> = self.all::<AppKey>().map(|(revision, key)| (revision, key.app)).collect();
        for (revision, app) in self.all::<App>() {
            assert!(keys.contains(&(revision, app.id)), "app {} has no key", app.name);
        }
        let grants = &self.granted;
        assert!(grants.values().all(|number| *number == GRANTS), "grants by revision: {grants:?}");
    }

    /// The documents of a noun, with their revisions.
    fn all<R: Record>(&self) -> impl Iterator<Item = (u64, R)> {
        let documents = self.documents.values().filter(|document| document.key.kind == R::KIND);
        documents.map(|document| (document.revision, document.read::<R>().unwrap().value))
    }
}

async fn documents(store: &dyn Store) -> BTreeMap<Key, Document> {
    let mut documents = BTreeMap::new();
    for kind in Kind::ALL {
        let mut query = Query::of_kind(*kind).limit(500);
        loop {
            let page = store.list(&query).await.unwrap();
            documents.extend(page.items.into_iter().map(|item| item.unwrap()).map(|item| (item.key, item)));
            let Some(next) = page.next else { break };
            query = query.after(next);
        }
    }
    documents
}

async fn audited(store: &dyn Store) -> BTreeSet<u64> {
    let (mut audited, mut query) = (BTreeSet::new(), AuditQuery { limit: 500, ..AuditQuery::default() });
    loop {
        let page = store.audit(&query).await.unwrap();
        audited.extend(page.lines.iter().filter_map(|line| line.revision));
        if page.next.is_none() {
            return audited;
        }
        query.after = page.next;
    }
}
