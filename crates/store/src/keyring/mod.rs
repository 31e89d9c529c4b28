//! Secrets sealed at rest.
//!
//! A store has a **keyring**: data keys that seal what documents keep secret, and a lookup key for the digests by which
//! secret values are found. All of them lie in the store, wrapped by the **master key**, which does not.
//!
//! A noun says where its secrets are ([`Record::SECRETS`](paifang_model::Record::SECRETS)). Within the commit they are
//! taken out of the body and sealed together, bound to the document's kind and id; the body keeps null in their places.
//! On the way out they are put back, so that nobody above the store notices. A rotation makes a new data key, with which
//! everything is sealed from then on; what older keys sealed is sealed anew in small steps, and a key that nothing
//! uses any more is removed. See `docs/operating/secrets.md`.

mod cipher;
mod master;
mod ring;

use std::sync::{Arc, PoisonError, RwLock};

pub use cipher::{Cipher, CipherFailed};
pub(crate) use cipher::{KeyBytes, draw};
pub use master::{BadMasterKey, MasterKey};
pub(crate) use ring::{KeyNumber, Ring, SealedBody, context, seal};

use crate::batch::{Batch, Write};
use crate::error::StoreError;
use crate::query::{Filter, Query};
use crate::sql::{Session, keys};

/// The keyring of an open store. It knows the keys it was asked for, and looks new ones up as they come.
#[derive(Debug)]
pub(crate) struct Keyring {
    master: MasterKey,
    ring: RwLock<Arc<Ring>>,
}

impl Keyring {
    pub(crate) fn new(master: MasterKey, ring: Ring) -> Self {
        Self { master, ring: RwLock::new(Arc::new(ring)) }
    }

    pub(crate) fn master(&self) -> &MasterKey {
        &self.master
    }

    /// The keys that are known.
    pub(crate) fn known(&self) -> Arc<Ring> {
        Arc::clone(&self.ring.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Keys among which are those asked for, as far as the store has them. Whoever rotates may be another process: what
    /// is not known is read in the caller's own transaction, where a key that something uses is still there.
    pub(crate) async fn covering<S: Session>(
        &self,
        session: &mut S,
        numbers: impl IntoIterator<Item = KeyNumber>,
    ) -> Result<Arc<Ring>, StoreError> {
        if let Some(known) = self.known_covering(numbers) {
            return Ok(known);
        }
        let read = self.read(session).await?;
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&read);
        Ok(read)
    }

    /// The same within a transaction that writes. What it reads is not remembered: a key that the same transaction made
    /// would be another one when the transaction is undone and made again.
    pub(crate) async fn covering_within<S: Session>(
        &self,
        session: &mut S,
        numbers: impl IntoIterator<Item = KeyNumber>,
    ) -> Result<Arc<Ring>, StoreError> {
        match self.known_covering(numbers) {
            Some(known) => Ok(known),
            None => self.read(session).await,
        }
    }

    /// The keys that are known, when all those asked for are among them.
    fn known_covering(&self, numbers: impl IntoIterator<Item = KeyNumber>) -> Option<Arc<Ring>> {
        let known = self.known();
        numbers.into_iter().all(|number| known.cipher(number).is_some()).then_some(known)
    }

    async fn read<S: Session>(&self, session: &mut S) -> Result<Arc<Ring>, StoreError> {
        keys::ring(session, &self.master).await.map(Arc::new)
    }

    /// Puts digests where secrets are to be found by. The lookup key never changes, so this needs no transaction.
    pub(crate) fn digest_fields(&self, batch: &mut Batch) {
        let ring = self.known();
        for write in &mut batch.writes {
            let Write::Put(put) = write else { continue };
            let kind = put.key.kind;
            let digests = put.secret_fields.drain(..).map(|secret| paifang_model::record::Field {
                name: secret.name,
                value: ring.digest(kind, secret.name, &secret.value),
                uniqueness: secret.uniqueness,
            });
            put.fields.extend(digests);
        }
    }

    /// The same query without a secret in it.
    pub(crate) fn digest_filters(&self, query: &Query) -> Query {
        let mut query = query.clone();
        for filter in &mut query.filters {
            if let Filter::Secret(field, value) = filter {
                *filter = Filter::Eq(field, self.known().digest(query.kind, field, value));
            }
        }
        query
    }
}
