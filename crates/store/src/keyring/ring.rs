//! The keys of a store, unwrapped: they seal what documents keep secret, open it, and make digests of what is looked up.

use std::collections::BTreeMap;

use aws_lc_rs::hmac;
use paifang_model::kind::Kind;
use paifang_model::record::Key;
use paifang_model::secret::Secret;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::document::{Defect, Document, Unreadable};
use crate::keyring::cipher::{Cipher, CipherFailed, KeyBytes};
use crate::sql::Raw;

/// The number of a data key; a later one is larger.
pub(crate) type KeyNumber = u32;

/// The keys of a store, as they were at some revision. Data keys come and go; the lookup key stays.
#[derive(Debug)]
pub(crate) struct Ring {
    data: BTreeMap<KeyNumber, Cipher>,
    lookup: hmac::Key,
}

/// A document's body and, apart from it, what it keeps secret.
#[derive(Debug)]
pub(crate) struct SealedBody {
    /// The body with null where secrets were.
    pub(crate) body: Vec<u8>,
    /// The secrets by their pointers, sealed.
    pub(crate) sealed: Vec<u8>,
}

impl Ring {
    pub(crate) fn new(data: BTreeMap<KeyNumber, Cipher>, lookup: &KeyBytes) -> Self {
        Self { data, lookup: hmac::Key::new(hmac::HMAC_SHA256, lookup.as_slice()) }
    }

    pub(crate) fn cipher(&self, number: KeyNumber) -> Option<&Cipher> {
        self.data.get(&number)
    }

    /// What stands for a secret in the rows that documents are found by.
    pub(crate) fn digest(&self, kind: Kind, field: &str, value: &Secret) -> String {
        let mut mac = hmac::Context::with_key(&self.lookup);
        // Neither a kind nor a field has a NUL in its name.
        for part in [kind.name().as_bytes(), b"\0", field.as_bytes(), b"\0", value.expose().as_bytes()] {
            mac.update(part);
        }
        hex::encode(mac.sign())
    }

    /// A row as its document, with its secrets in their places.
    pub(crate) fn open(&self, raw: Raw) -> Result<Document, Unreadable> {
        let Raw { mut document, sealed } = raw;
        let (Some(sealed), Some(number)) = (sealed, document.data_key) else { return Ok(document) };
        let key = document.key;
        let unreadable = |defect| Unreadable { key: Some(key), defect };
        let cipher = self.data.get(&number).ok_or_else(|| unreadable(Defect::NoDataKey { number }))?;
        let secrets = cipher.open(&context(key.kind.name(), key.id.as_bytes()), &sealed);
        let secrets = secrets.ok_or_else(|| unreadable(Defect::Sealed))?;
        document.body = put_back(&document.body, &secrets).map_err(unreadable)?;
        Ok(document)
    }
}

/// To what a sealed value is bound: the document that it belongs to.
pub(crate) fn context(kind: &str, id: &[u8]) -> Vec<u8> {
    [b"paifang document v1\0".as_slice(), kind.as_bytes(), b"\0", id].concat()
}

/// Takes the secrets of a document out of its body and seals them; none when it has none.
pub(crate) fn seal(
    cipher: &Cipher,
    key: Key,
    pointers: &[&str],
    body: &[u8],
) -> Result<Option<SealedBody>, CipherFailed> {
    // A body is what the serializer just wrote.
    let Ok(mut value) = serde_json::from_slice::<Value>(body) else { return Ok(None) };
    let mut secrets = Map::new();
    for pointer in pointers {
        if let Some(secret) = value.pointer_mut(pointer).filter(|secret| !secret.is_null()) {
            secrets.insert((*pointer).to_owned(), secret.take());
        }
    }
    if secrets.is_empty() {
        return Ok(None);
    }
    let plain = Zeroizing::new(Value::Object(secrets).to_string());
    let sealed = cipher.seal(&context(key.kind.name(), key.id.as_bytes()), plain.as_bytes())?;
    Ok(Some(SealedBody { body: value.to_string().into_bytes(), sealed }))
}

fn put_back(body: &[u8], secrets: &[u8]) -> Result<Vec<u8>, Defect> {
    let mut value: Value = serde_json::from_slice(body).map_err(Defect::Json)?;
    let secrets: Map<String, Value> = serde_json::from_slice(secrets).map_err(|_| Defect::Sealed)?;
    for (pointer, secret) in secrets {
        *value.pointer_mut(&pointer).ok_or(Defect::Sealed)? = secret;
    }
    Ok(value.to_string().into_bytes())
}
