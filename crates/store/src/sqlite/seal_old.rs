//! Sealing a file of a version that had no keyring.
//!
//! Documents are written anew in their places: what they say does not change, so they keep their revisions. The feed's old
//! entries are forgotten, and the file is written anew as a whole, for SQLite keeps what was deleted until its page is
//! needed. Only then the file counts as sealed: broken off anywhere, all of it is done again.

use paifang_model::kind::Kind;

use crate::batch::Write;
use crate::document::{Document, Unreadable};
use crate::error::StoreError;
use crate::sql::{Database, Session as _, Sql, old};
use crate::sqlite::home::SqliteHome;

/// What sealing an old file came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealedOld {
    /// Documents that are sealed now.
    pub documents: u64,
    /// Documents that could not be read, and were left as they are.
    pub left: u64,
}

/// Seals what is not; none when nothing was to be done.
pub(super) async fn run(
    database: &Database<SqliteHome>,
    kinds: &[Kind],
    rewrite: impl Fn(&Document) -> Result<Write, Unreadable>,
) -> Result<Option<SealedOld>, StoreError> {
    let home = database.home();
    let text = "SELECT unsealed FROM head";
    if home.writer().await.number(Sql::new("looking whether the file is sealed", text)).await? == 0 {
        return Ok(None);
    }
    let (mut sealed, mut after) = (SealedOld { documents: 0, left: 0 }, None);
    loop {
        let step = old::step(home, database.keyring(), (kinds, after), &rewrite).await?;
        sealed.documents += step.documents;
        sealed.left += step.left;
        after = step.last;
        if after.is_none() {
            break;
        }
    }
    for (doing, text) in [
        ("forgetting changes", "DELETE FROM changes"),
        ("moving the floor of the feed", "UPDATE head SET floor = revision"),
        ("writing the file anew", "VACUUM"),
        ("folding the log into the file", "PRAGMA wal_checkpoint(TRUNCATE)"),
        ("noting that the file is sealed", "UPDATE head SET unsealed = 0"),
    ] {
        home.writer().await.run(Sql::new(doing, text)).await?;
    }
    Ok(Some(sealed))
}
