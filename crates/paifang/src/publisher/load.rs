//! Reads everything that calls need, and then what changed while it was read.

use paifang_model::Kind;
use paifang_store::{MAX_LIMIT, Query, Store};
use tokio::sync::mpsc::Sender;

use super::item::Item;
use super::{Trouble, follow, translate};

/// Reads everything and gives it piece by piece; the revision as of which it is all. Pages are read at different
/// revisions: following the feed from before the first one makes them one.
pub(super) async fn everything(store: &dyn Store, pieces: Sender<Vec<Item>>) -> Result<u64, Trouble> {
    let before = store.head().await?;
    let mut newest = before;
    for kind in translate::NEEDED {
        newest = newest.max(all_of(store, kind, &pieces).await?);
    }
    let mut revision = before;
    while revision < newest {
        let step = follow::changes(store, revision).await?;
        revision = step.revision;
        give(&pieces, step.items).await?;
    }
    Ok(revision)
}

/// Reads all documents of a kind; the newest revision at which a page of them was read.
async fn all_of(store: &dyn Store, kind: Kind, pieces: &Sender<Vec<Item>>) -> Result<u64, Trouble> {
    let mut query = Query::of_kind(kind).limit(MAX_LIMIT);
    loop {
        let page = store.list(&query).await?;
        let mut items = Vec::with_capacity(page.items.len());
        for document in page.items {
            items.extend(Item::read(store, document).await?);
        }
        give(pieces, items).await?;
        match page.next {
            Some(next) => query = query.after(next),
            None => return Ok(page.revision),
        }
    }
}

async fn give(pieces: &Sender<Vec<Item>>, items: Vec<Item>) -> Result<(), Trouble> {
    // Who takes them ends only when the data plane does.
    pieces.send(items).await.map_err(|_| Trouble::Ended)
}
