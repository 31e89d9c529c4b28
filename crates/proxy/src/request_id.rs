//! Request ids: 128 random bits, drawn once per call and written as each dialect likes them.

use std::cell::RefCell;
use std::hash::{BuildHasher, Hasher, RandomState};

use bytes::Bytes;
use foldhash::fast::FixedState;
use http::HeaderValue;
use paifang_wire::field_value;

/// The id of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RequestId(u128);

const LOWER: &[u8; 16] = b"0123456789abcdef";
const UPPER: &[u8; 16] = b"0123456789ABCDEF";

impl RequestId {
    /// Draws an id. Ids are unguessable enough to tell calls apart, not to keep secrets.
    #[must_use]
    pub fn draw() -> Self {
        thread_local! {
            static STATE: RefCell<(u64, u64, u64)> = RefCell::new(seed());
        }
        STATE.with_borrow_mut(|(key, other, counter)| {
            *counter = counter.wrapping_add(1);
            let high = FixedState::with_seed(*key).hash_one(*counter);
            let low = FixedState::with_seed(*other).hash_one(*counter);
            // Version 4, variant 1 (RFC 9562 §5.4), so that the dashed form is a UUID.
            let bits = (u128::from(high) << 64) | u128::from(low);
            Self(bits & !(0xf << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62))
        })
    }

    /// The id with these bits.
    #[must_use]
    pub fn from_bits(bits: u128) -> Self {
        Self(bits)
    }

    /// 32 lower-case hex digits.
    #[must_use]
    pub fn plain(self) -> [u8; 32] {
        let mut text = [0; 32];
        for (byte, pair) in self.0.to_be_bytes().into_iter().zip(text.as_chunks_mut().0) {
            *pair = digits(LOWER, byte);
        }
        text
    }

    /// The same as a header's value.
    pub(crate) fn plain_value(self) -> HeaderValue {
        value(&self.plain())
    }

    /// An upper-case UUID with dashes.
    #[must_use]
    pub fn dashed(self) -> [u8; 36] {
        // Where the digits of each byte stand, between the dashes of RFC 9562 §4.
        const PLACES: [usize; 16] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
        let mut text = [b'-'; 36];
        for (byte, place) in self.0.to_be_bytes().into_iter().zip(PLACES) {
            let [high, low] = digits(UPPER, byte);
            text[place] = high;
            text[place + 1] = low;
        }
        text
    }

    /// The same as a header's value.
    pub(crate) fn dashed_value(self) -> HeaderValue {
        value(&self.dashed())
    }
}

/// Digits and dashes are always a value.
fn value(text: &[u8]) -> HeaderValue {
    field_value(Bytes::copy_from_slice(text)).unwrap_or_else(|| HeaderValue::from_static(""))
}

const fn digits(alphabet: &[u8; 16], byte: u8) -> [u8; 2] {
    [alphabet[(byte >> 4) as usize], alphabet[(byte & 0xf) as usize]]
}

/// Each thread starts elsewhere: the standard library's random keys, hashed.
fn seed() -> (u64, u64, u64) {
    let draw = || RandomState::new().build_hasher().finish();
    (draw(), draw(), draw())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_show_the_same_bits() {
        let id = RequestId::from_bits(0x7AD0_52CB_EE8B_4DFD_BBAF_EFB3_40E0_A5AF);
        assert_eq!(id.dashed(), *b"7AD052CB-EE8B-4DFD-BBAF-EFB340E0A5AF");
        assert_eq!(id.plain(), *b"7ad052cbee8b4dfdbbafefb340e0a5af");
    }

    #[test]
    fn drawn_ids_differ_and_are_of_version_4() {
        let ids: std::collections::HashSet<_> = (0..1_000).map(|_| RequestId::draw().plain()).collect();
        assert_eq!(ids.len(), 1_000);
        assert!(ids.iter().all(|id| id[12] == b'4' && b"89ab".contains(&id[16])));
    }
}
