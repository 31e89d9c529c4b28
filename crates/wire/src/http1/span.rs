//! Where in a head something stands.

use bytes::Bytes;

use super::Known;

/// A stretch of a head, in bytes from its beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Its first byte.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
}

impl Span {
    /// A span; heads are far shorter than 4 GB.
    #[expect(clippy::cast_possible_truncation, reason = "heads are limited to far less")]
    pub(super) fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// What stands there.
    #[must_use]
    pub fn of(self, bytes: &[u8]) -> &[u8] {
        &bytes[self.start as usize..self.end as usize]
    }

    /// What stands there, sharing the bytes.
    #[must_use]
    pub fn share(self, block: &Bytes) -> Bytes {
        block.slice(self.start as usize..self.end as usize)
    }
}

/// One field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name as sent.
    pub name: Span,
    /// Its value without the blanks around it.
    pub value: Span,
    /// Which name it is.
    pub known: Known,
}
