//! Reads everything that calls need, and then what changed while it was read.

use paifang_model::Kind;
use paifang_store::{MAX_LIMIT, Query, Store};

use super::item::Item;
use super::{Trouble, follow, translate};

/// Reads everything and passes it on piece by piece; the revision as of which it is all. Pages are read at different
/// revisions: following the feed from before the first one makes them one.
pub(super) async fn everything(
    store: &dyn Store,
    mut pass_on: impl FnMut(Vec<Item>) + Send,
) -> Result<u64, Trouble> {
    let before = store.head().await?;
    let mut newest = before;
    for kind in translate::NEEDED {
        newest = newest.max(all_of(store, kind, &mut pass_on).await?);
    }
    let mut revision = before;
    while revision < newest {
        let step = follow::changes(store, revision).await?;
        revision = step.revision;
        pass_on(step.items);
    }
    Ok(revision)
}

/// Reads all documents of a kind; the newest revision at which a page of them was read.
async fn all_of(
    store: &dyn Store,
    kind: Kind,
    pass_on: &mut (impl FnMut(Vec<Item>) + Send),
) -> Result<u64, Trouble> {
    let mut query = Query::of_kind(kind).limit(MAX_LIMIT);
    loop {
        let page = store.list(&query).await?;
        let mut items = Vec::with_capacity(page.items.len());
        for document in page.items {
            items.extend(Item::read(store, document).await?);
        }
        pass_on(items);
        match page.next {
            Some(next) => query = query.after(next),
            None => return Ok(page.revision),
        }
    }
}
