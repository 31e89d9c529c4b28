//! Stores of versions that had no keyring: what lies there as it was written is sealed before the gateway serves.

use anyhow::Result;
use paifang_model::{AccessKey, AppCode, AppKey, Kind, Record, User};
use paifang_store::{Document, SqliteStore, Unreadable, Write};
use tracing::{info, warn};

/// The kinds that had secrets then.
const KINDS: [Kind; 4] = [Kind::User, Kind::AccessKey, Kind::AppKey, Kind::AppCode];

/// Seals them. A store that never held any is left alone at once.
pub(super) async fn run(store: &SqliteStore) -> Result<()> {
    let Some(sealed) = store.seal_old(&KINDS, rewritten).await? else { return Ok(()) };
    info!(sealed.documents, "Sealed {} documents that an older version wrote", sealed.documents);
    if sealed.left > 0 {
        warn!(sealed.left, "{} documents cannot be read, and were left as they are", sealed.left);
    }
    Ok(())
}

/// The document as this binary writes it.
fn rewritten(document: &Document) -> Result<Write, Unreadable> {
    match document.key.kind {
        Kind::User => anew::<User>(document),
        Kind::AccessKey => anew::<AccessKey>(document),
        Kind::AppKey => anew::<AppKey>(document),
        // Its text is found by a digest from now on.
        _ => anew::<AppCode>(document),
    }
}

fn anew<R: Record>(document: &Document) -> Result<Write, Unreadable> {
    document.read::<R>().map(|stored| Write::put(&stored.value))
}
