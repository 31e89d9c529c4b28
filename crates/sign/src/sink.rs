//! Canonical text, which is written as a whole before it is hashed: a hash that is fed a few bytes at a time spends more on taking
//! them than on hashing.

use std::cell::RefCell;

use hmac::digest::Update;

/// Takes bytes in order.
pub(crate) trait Sink {
    fn put(&mut self, bytes: &[u8]);
}

impl Sink for Vec<u8> {
    #[inline]
    fn put(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}

/// A thread keeps no more memory than that between texts.
const KEPT_AT_MOST: usize = 16 * 1024;

/// Feeds `hash` the text that `write` produces. Nothing is allocated once the thread has hashed a text of that length.
pub(crate) fn feed(hash: &mut impl Update, write: impl FnOnce(&mut Vec<u8>)) {
    thread_local! {
        static TEXT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    TEXT.with_borrow_mut(|text| {
        text.clear();
        write(text);
        hash.update(text);
        text.shrink_to(KEPT_AT_MOST);
    });
}

/// The text that `write` produces, as bytes.
pub(crate) fn collect(write: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut text = Vec::with_capacity(256);
    write(&mut text);
    text
}

/// Writes an HTTP method in upper case: some clients sign `GET` and send `get`.
pub(crate) fn put_method(method: &str, out: &mut Vec<u8>) {
    let start = out.len();
    out.put(method.as_bytes());
    out[start..].make_ascii_uppercase();
}

/// Writes a header name in lower case.
pub(crate) fn put_lower(name: &str, out: &mut Vec<u8>) {
    let start = out.len();
    out.put(name.as_bytes());
    out[start..].make_ascii_lowercase();
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;

    #[test]
    fn hashes_text_after_text_of_any_length() {
        for length in [0, 1, 64, 5000, KEPT_AT_MOST + 1, 3] {
            let text: Vec<u8> = (0..length).map(|at| at as u8).collect();
            let mut hash = Sha256::new();
            feed(&mut hash, |out| text.chunks(7).for_each(|piece| out.put(piece)));
            assert_eq!(hash.finalize(), Sha256::digest(&text));
        }
    }
}
