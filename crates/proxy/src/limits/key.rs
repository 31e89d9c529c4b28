//! Names of counters and nonces: 128 bits for any bytes, so that a table never keeps a caller's text.

use std::hash::{BuildHasher, Hash, Hasher, RandomState};
use std::sync::LazyLock;

/// Drawn once per process: nobody outside can make two keys meet.
static SECRET: LazyLock<RandomState> = LazyLock::new(RandomState::new);

/// A keyed hash of some parts. It means nothing in another process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    low: u64,
    high: u64,
}

impl Key {
    /// The key of these parts; where one part ends and the next begins counts.
    #[must_use]
    pub fn of(parts: &[&[u8]]) -> Self {
        // The standard library's hash is SipHash, a keyed pseudo-random function of 64 bits. Two of them over
        // inputs that start differently are one of 128 bits.
        let mut low = SECRET.build_hasher();
        let mut high = SECRET.build_hasher();
        high.write_u8(1);
        low.write_u8(0);
        for part in parts {
            // Hashing a slice hashes its length too.
            part.hash(&mut low);
            part.hash(&mut high);
        }
        Self { low: low.finish(), high: high.finish() }
    }

    /// The key of this one and a further part.
    #[must_use]
    pub fn then(self, part: &[u8]) -> Self {
        Self::of(&[&self.low.to_ne_bytes(), &self.high.to_ne_bytes(), part])
    }

    /// One half of its bits.
    #[must_use]
    pub(crate) const fn low(self) -> u64 {
        self.low
    }

    /// The other half.
    #[must_use]
    pub(crate) const fn high(self) -> u64 {
        self.high
    }
}
