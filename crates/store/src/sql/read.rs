//! Single documents.

use paifang_model::record::Key;

use crate::document::Document;
use crate::error::{ReadError, StoreError};
use crate::keyring::Keyring;
use crate::sql::{Session, Sql};

/// One document.
pub(super) async fn document<S: Session>(
    session: &mut S,
    keyring: &Keyring,
    key: Key,
) -> Result<Option<Document>, ReadError> {
    let text = "SELECT scope, schema, revision, created_at, updated_at, body, data_key, sealed
        FROM documents WHERE kind = $1 AND id = $2";
    let rows = session.rows(Sql::new("reading a document", text).with(key.kind).with(key.id)).await?;
    let Some(mut row) = rows.into_iter().next() else { return Ok(None) };
    let raw = row.document(key, 0)?;
    let ring = keyring.covering(session, raw.document.data_key).await?;
    Ok(Some(ring.open(raw)?))
}

/// The revision of a document; none when it is not there.
pub(super) async fn revision<S: Session>(session: &mut S, key: Key) -> Result<Option<u64>, StoreError> {
    let doing = "looking for a document";
    let text = "SELECT revision FROM documents WHERE kind = $1 AND id = $2";
    let rows = session.rows(Sql::new(doing, text).with(key.kind).with(key.id)).await?;
    let revision = rows.first().map(|row| row.unsigned(0, "revision"));
    revision.transpose().map_err(|_| StoreError::Damaged { doing })
}
