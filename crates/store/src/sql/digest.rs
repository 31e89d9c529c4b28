//! Counting documents and their revisions by the first byte of their ids, and reading those with the same one.

use paifang_model::id::Id;
use paifang_model::kind::Kind;
use paifang_model::record::Key;

use crate::digest::{Bucket, BucketContent, Digest, Digested, Sum};
use crate::document::{Defect, Unreadable};
use crate::error::StoreError;
use crate::keyring::Keyring;
use crate::sql::row::Raw;
use crate::sql::{Row, Session, Sql, feed};

/// The digest of some kinds.
pub(super) async fn of<S: Session>(session: &mut S, kinds: &[Kind]) -> Result<Digested, StoreError> {
    let doing = "taking a digest";
    let mut sql = Sql::new(
        doing,
        "SELECT kind, substr(id, 1, 1), count(*), CAST(sum(revision) AS BIGINT) FROM documents WHERE kind IN ",
    );
    sql.bind_list(kinds.iter().copied()).push(" GROUP BY kind, substr(id, 1, 1)");
    let mut digest = Digest::default();
    for row in session.rows(sql).await? {
        // A kind that only a newer binary knows was not asked for.
        let (bucket, sum) = read(&row).map_err(|_| StoreError::Damaged { doing })?;
        digest.put(bucket, sum);
    }
    Ok(Digested { revision: feed::bounds(session).await?.head, digest })
}

fn read(row: &Row) -> Result<(Bucket, Sum), Defect> {
    let kind = row.text(0, "kind")?;
    let kind = kind.parse().map_err(|_| Defect::Address(kind.to_owned()))?;
    let byte = row.bytes(1, "id")?.first().copied().unwrap_or_default();
    let sum = Sum { documents: row.unsigned(2, "count")?, revisions: row.int(3, "sum")?.cast_unsigned() };
    Ok((Bucket { kind, byte }, sum))
}

/// The documents of a bucket.
pub(super) async fn bucket<S: Session>(
    session: &mut S,
    keyring: &Keyring,
    bucket: Bucket,
) -> Result<BucketContent, StoreError> {
    let (first, last) = ends(bucket.byte);
    let text = "SELECT id, scope, schema, revision, created_at, updated_at, body, data_key, sealed
        FROM documents WHERE kind = $1 AND id >= $2 AND id <= $3 ORDER BY id";
    let sql = Sql::new("reading a bucket", text).with(bucket.kind).with(first).with(last);
    let rows = session.rows(sql).await?;
    let raw: Vec<_> = rows.into_iter().map(|row| document(bucket.kind, row)).collect();
    let sealed_by = raw.iter().flatten().filter_map(|raw| raw.document.data_key);
    let ring = keyring.covering(session, sealed_by).await?;
    let documents = raw.into_iter().map(|raw| raw.and_then(|raw| ring.open(raw))).collect();
    Ok(BucketContent { revision: feed::bounds(session).await?.head, documents })
}

/// The lowest and the highest id that start with a byte.
fn ends(byte: u8) -> (Id, Id) {
    let (mut first, mut last) = ([0; 16], [u8::MAX; 16]);
    (first[0], last[0]) = (byte, byte);
    (Id::from_bytes(first), Id::from_bytes(last))
}

fn document(kind: Kind, mut row: Row) -> Result<Raw, Unreadable> {
    let id = row.id(0, "id").map_err(|defect| Unreadable { key: None, defect })?;
    row.document(Key { kind, id }, 1)
}
