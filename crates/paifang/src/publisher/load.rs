//! Reads everything that calls need, and then what changed while it was read.

use std::collections::HashSet;

use paifang_model::{Key, Kind};
use paifang_proxy::config::Change;
use paifang_store::{MAX_LIMIT, Query, Store};

use super::defects::Defects;
use super::{Trouble, follow, translate};

/// Everything, as it is at one revision.
pub(super) struct Everything {
    pub(super) revision: u64,
    pub(super) changes: Vec<Change>,
    /// What is there after all changes.
    pub(super) keys: HashSet<Key>,
}

/// Reads everything. Pages are read at different revisions: following the feed from before the first one makes
/// them one.
pub(super) async fn everything(store: &dyn Store, defects: &Defects) -> Result<Everything, Trouble> {
    let before = store.head().await?;
    let (mut changes, mut newest) = (Vec::new(), before);
    for kind in translate::NEEDED {
        newest = newest.max(all_of(store, kind, defects, &mut changes).await?);
    }
    let mut revision = before;
    while revision < newest {
        let update = follow::changes(store, revision, defects).await?;
        revision = update.revision;
        changes.extend(update.changes);
    }
    Ok(Everything { revision, keys: keys(&changes), changes })
}

/// Reads all documents of a kind; the newest revision at which a page of them was read.
async fn all_of(
    store: &dyn Store,
    kind: Kind,
    defects: &Defects,
    changes: &mut Vec<Change>,
) -> Result<u64, Trouble> {
    let mut query = Query::of_kind(kind).limit(MAX_LIMIT);
    loop {
        let page = store.list(&query).await?;
        for item in page.items {
            match item {
                Ok(document) => changes.extend(translate::put(store, &document, defects).await?),
                Err(unreadable) => drop(defects.note_unreadable(&unreadable)),
            }
        }
        match page.next {
            Some(next) => query = query.after(next),
            None => return Ok(page.revision),
        }
    }
}

fn keys(changes: &[Change]) -> HashSet<Key> {
    let mut keys = HashSet::with_capacity(changes.len());
    for change in changes {
        match change {
            Change::Put(document) => keys.insert(translate::key(document)),
            Change::Delete(key) => keys.remove(key),
        };
    }
    keys
}
