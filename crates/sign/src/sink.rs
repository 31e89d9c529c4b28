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

/// Hands short pieces on as long ones: a hash that is fed a few bytes at a time spends more on taking them than on hashing.
pub(crate) struct Gathered<'o> {
    out: &'o mut dyn Sink,
    room: [u8; ROOM],
    filled: usize,
}

/// Most canonical texts fit.
const ROOM: usize = 512;

impl Gathered<'_> {
    /// Feeds `out` what `write` produces.
    pub(crate) fn feed(out: &mut dyn Sink, write: impl FnOnce(&mut dyn Sink)) {
        let mut gathered = Gathered { out, room: [0; ROOM], filled: 0 };
        write(&mut gathered);
        gathered.hand_on();
    }

    fn hand_on(&mut self) {
        self.out.put(&self.room[..self.filled]);
        self.filled = 0;
    }
}

impl Sink for Gathered<'_> {
    fn put(&mut self, bytes: &[u8]) {
        if bytes.len() > ROOM - self.filled {
            self.hand_on();
        }
        match self.room[self.filled..].get_mut(..bytes.len()) {
            Some(place) => {
                place.copy_from_slice(bytes);
                self.filled += bytes.len();
            }
            None => self.out.put(bytes),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gathers_pieces_of_any_length_in_order() {
        let pieces = [1, 0, 500, 11, 1, 512, 513, 3, 2000, 0, 7];
        let text: Vec<u8> = (0..pieces.iter().sum::<usize>()).map(|at| at as u8).collect();
        let mut out = Vec::new();
        Gathered::feed(&mut out, |out| {
            let mut rest = text.as_slice();
            for length in pieces {
                let (piece, behind) = rest.split_at(length);
                out.put(piece);
                rest = behind;
            }
        });
        assert_eq!(out, text);
    }
}
