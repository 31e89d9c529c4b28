//! Where canonical text goes. The same writer feeds a hash while a request is verified (nothing is allocated)
//! and a buffer when a person wants to read the text.

use hmac::{Hmac, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// Takes bytes in order.
pub(crate) trait Sink {
    fn put(&mut self, bytes: &[u8]);
}

impl Sink for Vec<u8> {
    fn put(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}

impl Sink for Sha256 {
    fn put(&mut self, bytes: &[u8]) {
        Digest::update(self, bytes);
    }
}

impl Sink for Hmac<Sha256> {
    fn put(&mut self, bytes: &[u8]) {
        Mac::update(self, bytes);
    }
}

impl Sink for Hmac<Sha1> {
    fn put(&mut self, bytes: &[u8]) {
        Mac::update(self, bytes);
    }
}

/// The text that `write` produces, as bytes.
pub(crate) fn collect(write: impl FnOnce(&mut dyn Sink)) -> Vec<u8> {
    let mut text = Vec::with_capacity(256);
    write(&mut text);
    text
}

/// Writes an HTTP method in upper case: some clients sign `GET` and send `get`.
pub(crate) fn put_method(method: &str, out: &mut dyn Sink) {
    if method.bytes().any(|byte| byte.is_ascii_lowercase()) {
        out.put(method.to_ascii_uppercase().as_bytes());
    } else {
        out.put(method.as_bytes());
    }
}

/// Writes a header name in lower case.
pub(crate) fn put_lower(name: &str, out: &mut dyn Sink) {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        out.put(name.to_ascii_lowercase().as_bytes());
    } else {
        out.put(name.as_bytes());
    }
}
