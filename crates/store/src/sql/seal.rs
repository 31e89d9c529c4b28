//! Bodies on their way into the tables: what is secret leaves them sealed.

use std::sync::Arc;

use crate::batch::{Batch, Put, Write};
use crate::error::StoreError;
use crate::keyring::{KeyNumber, Keyring, Ring, SealedBody, seal};
use crate::sql::{Session, Sql, Value, keys};

/// What seals the secrets of a batch; nothing, when it has none.
pub(super) struct Sealer(Option<(KeyNumber, Arc<Ring>)>);

/// A body as it is kept.
pub(super) enum Body<'b> {
    Clear(&'b [u8]),
    Sealed(KeyNumber, SealedBody),
}

impl Body<'_> {
    /// A statement with its three values: body, data_key, sealed.
    pub(super) fn bound_to(self, sql: Sql) -> Sql {
        match self {
            Self::Clear(body) => sql.with(body).with(Value::Null).with(Value::Null),
            Self::Sealed(number, SealedBody { body, sealed }) => sql.with(body).with(number).with(sealed),
        }
    }
}

impl Sealer {
    /// The key is looked up in the transaction that seals with it: rotations are transactions too.
    pub(super) async fn of<S: Session>(
        session: &mut S,
        keyring: &Keyring,
        batch: &Batch,
    ) -> Result<Self, StoreError> {
        let has_secrets = |write: &Write| matches!(write, Write::Put(put) if !put.secrets.is_empty());
        if !batch.writes.iter().any(has_secrets) {
            return Ok(Self(None));
        }
        let active = keys::active(session).await?;
        Ok(Self(Some((active, keyring.covering_within(session, [active]).await?))))
    }

    pub(super) fn seal<'b>(&self, put: &Put, body: &'b [u8]) -> Result<Body<'b>, StoreError> {
        let Some((number, ring)) = &self.0 else { return Ok(Body::Clear(body)) };
        let cipher =
            ring.cipher(*number).ok_or(StoreError::Damaged { doing: "looking for the active key" })?;
        let sealed = seal(cipher, put.key, put.secrets, body)?;
        Ok(sealed.map_or(Body::Clear(body), |sealed| Body::Sealed(*number, sealed)))
    }
}
