//! Numbers that look random, and are the same for the same seed.

use std::hash::{BuildHasher as _, RandomState};

pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The seed that the environment gives, or another one every time.
    pub(super) fn seed() -> u64 {
        let given = std::env::var("PAIFANG_SEED").ok();
        given.map_or_else(|| RandomState::new().hash_one("seed"), |seed| seed.parse().unwrap())
    }

    /// A number from 0 and below this one: Knuth's linear congruence, upper half.
    pub(super) fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides.max(1)
    }
}
