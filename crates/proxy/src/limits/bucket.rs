//! A token bucket in one word: the time at which it will be full again, in nanoseconds since 1970 (the generic cell rate
//! algorithm). It holds as many calls as a period allows, and one comes back each time a part of the period has passed.

/// A bucket of so many calls in so many nanoseconds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bucket {
    pub(super) limit: u32,
    pub(super) period_ns: u64,
}

impl Bucket {
    /// How long one call takes to come back.
    pub(super) fn interval_ns(self) -> u64 {
        (self.period_ns / u64::from(self.limit.max(1))).max(1)
    }

    /// The word after one more call; none when the bucket is empty.
    pub(super) fn take(self, word: u64, now_ns: u64) -> Option<u64> {
        let full_at = word.max(now_ns).saturating_add(self.interval_ns());
        (self.limit > 0 && full_at - now_ns <= self.period_ns).then_some(full_at)
    }

    /// Calls that are left.
    pub(super) fn remaining(self, word: u64, now_ns: u64) -> u32 {
        if self.limit == 0 {
            return 0;
        }
        let room = self.period_ns.saturating_sub(word.saturating_sub(now_ns));
        u32::try_from(room / self.interval_ns()).unwrap_or(u32::MAX).min(self.limit)
    }

    /// Nanoseconds until a call is taken again; 0: at once.
    pub(super) fn wait_ns(self, word: u64, now_ns: u64) -> u64 {
        let full_at = word.max(now_ns).saturating_add(self.interval_ns());
        (full_at - now_ns).saturating_sub(self.period_ns)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SECOND: u64 = 1_000_000_000;

    proptest! {
        /// Never more than the bucket and what came back in the meantime; and no call is refused while one is left.
        #[test]
        fn as_many_as_it_holds_and_what_comes_back(limit in 1_u32..50, steps in prop::collection::vec(0_u64..300_000_000, 1..200)) {
            let bucket = Bucket { limit, period_ns: SECOND };
            let (mut word, mut now, mut taken) = (0, SECOND * 1000, 0_u64);
            let begin = now;
            for step in steps {
                now += step;
                let left = bucket.remaining(word, now);
                match bucket.take(word, now) {
                    Some(after) => {
                        prop_assert!(left > 0);
                        word = after;
                        taken += 1;
                    }
                    None => {
                        prop_assert_eq!(left, 0);
                        let wait = bucket.wait_ns(word, now);
                        prop_assert!(wait > 0 && bucket.take(word, now + wait).is_some());
                    }
                }
                let back = (now - begin) / bucket.interval_ns();
                prop_assert!(taken <= u64::from(limit) + back + 1, "{} of {} and {}", taken, limit, back);
            }
        }
    }

    #[test]
    fn none_is_none() {
        let bucket = Bucket { limit: 0, period_ns: SECOND };
        assert_eq!((bucket.take(0, 5), bucket.remaining(0, 5)), (None, 0));
    }
}
