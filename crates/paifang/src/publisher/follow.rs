//! Reads what came after a revision: whole revisions, in the data plane's terms.

use paifang_proxy::config::{Change, Update};
use paifang_store::{Op, Store};

use super::Trouble;
use super::defects::Defects;
use super::translate;

/// Changes that are read at once; the revision in which they are reached is still read whole.
const AT_ONCE: u32 = 2_000;

/// What came after a revision.
pub(super) async fn changes(store: &dyn Store, after: u64, defects: &Defects) -> Result<Update, Trouble> {
    let feed = store.changes(after, AT_ONCE).await?;
    let mut changes = Vec::with_capacity(feed.changes.len());
    for change in feed.changes {
        match change {
            Ok(change) => match change.op {
                Op::Put(document) => changes.extend(translate::put(store, &document, defects).await?),
                Op::Delete => {
                    defects.clear(change.key);
                    changes.extend(needed(change.key));
                }
            },
            Err(unreadable) => changes.extend(defects.note_unreadable(&unreadable).and_then(needed)),
        }
    }
    Ok(Update { revision: feed.through, changes })
}

/// Taking back what the data plane may have been told.
fn needed(key: paifang_model::Key) -> Option<Change> {
    translate::NEEDED.contains(&key.kind).then_some(Change::Delete(key))
}
