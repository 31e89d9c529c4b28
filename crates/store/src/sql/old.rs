//! Documents that were written before there was a keyring: each is written anew in its place, sealed.

use paifang_model::kind::Kind;
use paifang_model::record::Key;

use crate::batch::{Batch, Write};
use crate::document::{Document, Unreadable};
use crate::error::StoreError;
use crate::keyring::Keyring;
use crate::sql::{Home, Row, Session, Sql, put, transaction};

/// Documents of one transaction.
const AT_ONCE: u32 = 200;

/// What a step came to.
pub(crate) struct Step {
    /// Documents that are written anew.
    pub(crate) documents: u64,
    /// Documents that could not be read.
    pub(crate) left: u64,
    /// The last one looked at; none when there was nothing more.
    pub(crate) last: Option<Key>,
}

/// One step of some kinds, after the document that the step before looked at last.
pub(crate) async fn step<H: Home>(
    home: &H,
    keyring: &Keyring,
    (kinds, after): (&[Kind], Option<Key>),
    rewrite: &impl Fn(&Document) -> Result<Write, Unreadable>,
) -> Result<Step, StoreError> {
    let mut session = home.transaction().await?;
    let outcome = work(&mut session, keyring, (kinds, after), rewrite).await;
    transaction::end(&mut session, outcome).await
}

async fn work<S: Session>(
    session: &mut S,
    keyring: &Keyring,
    (kinds, after): (&[Kind], Option<Key>),
    rewrite: &impl Fn(&Document) -> Result<Write, Unreadable>,
) -> Result<Step, StoreError> {
    let mut step = Step { documents: 0, left: 0, last: None };
    for mut row in unsealed(session, kinds, after).await? {
        let doing = "reading a document that is not sealed";
        let key = row.key(0).map_err(|_| StoreError::Damaged { doing })?;
        step.last = Some(key);
        let read = row.document(key, 2).and_then(|raw| keyring.known().open(raw));
        let written = read.and_then(|document| Ok((rewrite(&document)?, document.created_at)));
        let is_written = match written {
            Ok((write, created_at)) => seal(session, keyring, write, created_at).await?,
            Err(_) => None,
        };
        match is_written {
            Some(()) => step.documents += 1,
            None => step.left += 1,
        }
    }
    Ok(step)
}

async fn unsealed<S: Session>(
    session: &mut S,
    kinds: &[Kind],
    after: Option<Key>,
) -> Result<Vec<Row>, StoreError> {
    let text = "SELECT kind, id, scope, schema, revision, created_at, updated_at, body, data_key, sealed
        FROM documents WHERE data_key IS NULL AND kind IN ";
    let mut sql = Sql::new("looking for documents that are not sealed", text);
    sql.bind_list(kinds.iter().copied());
    if let Some(Key { kind, id }) = after {
        sql.push(" AND (kind, id) > (").bind(kind).push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY kind, id LIMIT ").bind(AT_ONCE);
    session.rows(sql).await
}

/// None when it cannot be kept.
async fn seal<S: Session>(
    session: &mut S,
    keyring: &Keyring,
    write: Write,
    created_at: i64,
) -> Result<Option<()>, StoreError> {
    let mut batch = Batch::at(created_at).write(write);
    keyring.digest_fields(&mut batch);
    put::in_place(session, keyring, &batch).await
}
