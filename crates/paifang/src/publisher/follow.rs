//! Reads what came after a revision: whole revisions.

use paifang_store::Store;

use super::Trouble;
use super::item::Item;

/// Changes that are read at once; the revision in which they are reached is still read whole.
const AT_ONCE: u32 = 2_000;

/// What happened, and the revision up to which it is all.
pub(super) struct Step {
    pub(super) items: Vec<Item>,
    pub(super) revision: u64,
}

/// What came after a revision.
pub(super) async fn changes(store: &dyn Store, after: u64) -> Result<Step, Trouble> {
    let feed = store.changes(after, AT_ONCE).await?;
    let mut items = Vec::with_capacity(feed.changes.len());
    for change in feed.changes {
        items.extend(Item::changed(store, change).await?);
    }
    Ok(Step { items, revision: feed.through })
}
