//! Where the next page of a list starts, as text that callers hand back unread.

use std::fmt;

use sha2::{Digest, Sha256};

/// The place after the last row of a page. It is bound to the order of its list, not to its filters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cursor(String);

/// Bytes of the mark that ties a cursor to an order.
const MARK: usize = 4;

impl Cursor {
    /// A cursor as a caller gave it; a list that did not make it refuses it.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Its text: hexadecimal digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A cursor after `place` in the order called `order`.
    pub(crate) fn seal(order: &str, place: &[u8]) -> Self {
        let mut bytes = mark(order).to_vec();
        bytes.extend_from_slice(place);
        Self(hex::encode(bytes))
    }

    /// The place, when this cursor was made in the same order.
    pub(crate) fn open(&self, order: &str) -> Option<Vec<u8>> {
        let bytes = hex::decode(&self.0).ok()?;
        let (found, place) = bytes.split_at_checked(MARK)?;
        (found == mark(order)).then(|| place.to_vec())
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn mark(order: &str) -> [u8; MARK] {
    let digest = Sha256::digest(order.as_bytes());
    [digest[0], digest[1], digest[2], digest[3]]
}
