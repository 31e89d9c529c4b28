//! Names of counters and nonces: 128 bits for any bytes, so that a table never keeps a caller's text.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::Write as _;
use std::sync::OnceLock;

use siphasher::sip128::{Hash128, Hasher128 as _, SipHasher13};

/// Nobody outside can make two keys meet without it.
static SECRET: OnceLock<[u8; 16]> = OnceLock::new();

/// A keyed hash of some parts. It means nothing in a process that has another secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    low: u64,
    high: u64,
}

impl Key {
    /// From now on keys are made with this secret, so that they are those of every process that has it too. Does nothing
    /// once a key was made: the process has drawn a secret for itself then.
    pub(crate) fn make_with(secret: [u8; 16]) {
        let _ = SECRET.set(secret);
    }

    /// The key of these parts; where one part ends and the next begins counts.
    #[must_use]
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = SipHasher13::new_with_key(SECRET.get_or_init(draw));
        // The hasher is slower to take a short piece than to hash it.
        let mut room = [0; ROOM];
        let mut free = &mut room[..];
        let fits =
            parts.iter().all(|part| free.write_all(&length(part)).is_ok() && free.write_all(part).is_ok());
        let unused = free.len();
        if fits {
            hasher.write(&room[..ROOM - unused]);
        } else {
            parts.iter().for_each(|part| {
                hasher.write(&length(part));
                hasher.write(part);
            });
        }
        Self::from_hash(hasher.finish128())
    }

    /// The key of this one and a further part.
    #[must_use]
    pub fn then(self, part: &[u8]) -> Self {
        let of_self = self.to_bytes();
        match <&[u8; 16]>::try_from(part) {
            Ok(part) => Self::of_pair(&of_self, part),
            Err(_) => Self::of(&[&of_self, part]),
        }
    }

    /// Ids and addresses have that length, which is known to the compiler then.
    fn of_pair(first: &[u8; 16], second: &[u8; 16]) -> Self {
        let length = length(first);
        let mut text = [0; 48];
        let (eights, _) = text.as_chunks_mut::<8>();
        let (halves, others) = (first.as_chunks::<8>().0, second.as_chunks::<8>().0);
        let parts = [&length, &halves[0], &halves[1], &length, &others[0], &others[1]];
        eights.iter_mut().zip(parts).for_each(|(place, part)| *place = *part);
        let mut hasher = SipHasher13::new_with_key(SECRET.get_or_init(draw));
        hasher.write(&text);
        Self::from_hash(hasher.finish128())
    }

    const fn from_hash(hash: Hash128) -> Self {
        Self { low: hash.h1, high: hash.h2 }
    }

    pub(crate) const fn to_bytes(self) -> [u8; 16] {
        (((self.high as u128) << 64) | self.low as u128).to_le_bytes()
    }

    pub(crate) const fn from_bytes(bytes: [u8; 16]) -> Self {
        let bits = u128::from_le_bytes(bytes);
        Self { low: bits as u64, high: (bits >> 64) as u64 }
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

/// Most keys have a text of no more bytes.
const ROOM: usize = 96;

/// The length of a part, in the same bytes on every machine.
const fn length(part: &[u8]) -> [u8; 8] {
    (part.len() as u64).to_le_bytes()
}

/// From what the standard library draws for its own tables.
fn draw() -> [u8; 16] {
    let mut secret = [0; 16];
    for half in secret.chunks_exact_mut(8) {
        half.copy_from_slice(&RandomState::new().build_hasher().finish().to_le_bytes());
    }
    secret
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// However parts are handed to the hasher, the key is that of their text.
        #[test]
        fn gathering_changes_no_key(parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..6)) {
            let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
            let mut hasher = SipHasher13::new_with_key(SECRET.get_or_init(draw));
            for part in &parts {
                hasher.write(&(part.len() as u64).to_le_bytes());
                hasher.write(part);
            }
            prop_assert_eq!(Key::of(&parts), Key::from_hash(hasher.finish128()));
        }

        /// However long a further part is, it is a part like others.
        #[test]
        fn a_further_part_is_a_part(key: [u8; 16], part in prop::collection::vec(any::<u8>(), 0..40)) {
            prop_assert_eq!(Key::from_bytes(key).then(&part), Key::of(&[&key, &part]));
        }
    }
}
