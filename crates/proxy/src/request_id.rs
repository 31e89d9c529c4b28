//! Request ids: 128 random bits, drawn once per call and written as each dialect likes them.

use std::cell::RefCell;
use std::hash::{BuildHasher, Hasher, RandomState};

use foldhash::fast::FixedState;

/// The id of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RequestId(u128);

const HEX_LOWER: &[u8; 16] = b"0123456789abcdef";
const HEX_UPPER: &[u8; 16] = b"0123456789ABCDEF";

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
        for (index, place) in text.iter_mut().enumerate() {
            *place = HEX_LOWER[self.nibble(index)];
        }
        text
    }

    /// An upper-case UUID with dashes.
    #[must_use]
    pub fn dashed(self) -> [u8; 36] {
        let mut text = [b'-'; 36];
        let places = (0..36).filter(|place| !matches!(place, 8 | 13 | 18 | 23));
        for (index, place) in places.enumerate() {
            text[place] = HEX_UPPER[self.nibble(index)];
        }
        text
    }

    fn nibble(self, index: usize) -> usize {
        usize::from((self.0 >> (124 - 4 * index)) as u8 & 0xf)
    }
}

/// Each thread starts elsewhere: the standard library's random keys, hashed.
fn seed() -> (u64, u64, u64) {
    let draw = || RandomState::new().build_hasher().finish();
    (draw(), draw(), draw())
}
