//! One counter: the number of a window and the calls in it, side by side in one word.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use super::bucket::Bucket;
use super::claim::Standing;
use super::window::{Window, ahead};

/// Counts calls in windows of one length.
#[derive(Debug)]
pub struct Counter {
    window: Window,
    /// A [`State`], or where a bucket stands. Nothing else is published with it, so relaxed ordering is enough: changes of one word are
    /// in one order for everybody.
    word: AtomicU64,
}

/// A window's number in the upper half, its calls in the lower. The word 0 is a counter that was never used.
#[derive(Debug, Clone, Copy)]
struct State {
    number: u32,
    calls: u32,
}

/// A call that was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counted {
    /// The window's number; of a bucket, nothing.
    pub(super) number: u32,
    pub(super) standing: Standing,
}

/// What a counter is good for. The smallest is missed least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LastUse {
    /// Calls in a window that has not ended; of a bucket, which does not know how many it holds, how many thousandths are
    /// used.
    calls: u32,
    /// When the window ended or will end; when a bucket is full again.
    pub(super) end_ms: i64,
}

impl Counter {
    pub(super) const fn new(window: Window) -> Self {
        Self { window, word: AtomicU64::new(0) }
    }

    /// The length of its windows.
    #[must_use]
    pub const fn window(&self) -> Window {
        self.window
    }

    /// Where a limit stands that this counter counts for.
    #[must_use]
    pub fn standing(&self, limit: u32, now_ms: i64) -> Standing {
        if self.window.is_smooth() {
            return self.bucket_standing(limit, self.word.load(Relaxed), now_ms);
        }
        let state = self.state_at(self.word.load(Relaxed), now_ms);
        self.standing_of(state, limit, now_ms)
    }

    /// Counts a call, or says where the limit stands when it has no room.
    pub(super) fn take(&self, limit: u32, now_ms: i64) -> Result<Counted, Standing> {
        if self.window.is_smooth() {
            return self.take_of_bucket(limit, now_ms);
        }
        let mut word = self.word.load(Relaxed);
        loop {
            let state = self.state_at(word, now_ms);
            if state.calls >= limit {
                return Err(self.standing_of(state, limit, now_ms));
            }
            let taken = State { calls: state.calls + 1, ..state };
            match self.word.compare_exchange_weak(word, taken.to_word(), Relaxed, Relaxed) {
                Ok(_) => {
                    let standing = self.standing_of(taken, limit, now_ms);
                    return Ok(Counted { number: taken.number, standing });
                }
                Err(changed) => word = changed,
            }
        }
    }

    /// Takes a counted call back, unless its window is over.
    pub(super) fn give_back(&self, counted: Counted) {
        if self.window.is_smooth() {
            let interval = self.bucket(counted.standing.limit).interval_ns();
            // Where the bucket has become full since, it is full with one call more as well.
            let _ = self.word.fetch_update(Relaxed, Relaxed, |word| word.checked_sub(interval));
            return;
        }
        let give = |word| {
            let state = State::from_word(word);
            let same = state.number == counted.number && state.calls > 0;
            // A call that did not count has begun nothing.
            let begins = self.window.is_from_first_call() && state.calls == 1;
            same.then(|| if begins { 0 } else { State { calls: state.calls - 1, ..state }.to_word() })
        };
        // An error says that there was nothing to give back.
        let _ = self.word.fetch_update(Relaxed, Relaxed, give);
    }

    /// The number of its window and the calls in it; none of a bucket.
    pub(super) fn count(&self) -> Option<(u32, u32)> {
        let State { number, calls } = State::from_word(self.word.load(Relaxed));
        (!self.window.is_smooth()).then_some((number, calls))
    }

    /// Goes on from calls that were counted before, besides those that came since.
    pub(super) fn go_on_from(&self, number: u32, calls: u32) {
        let go_on = |word| {
            let state = State::from_word(word);
            // What began with a call since then is a part of the window that was kept.
            let goes_on = state.number == number || self.window.is_from_first_call();
            let since = if word != 0 && goes_on { state.calls } else { 0 };
            let newer = word != 0 && !goes_on && ahead(state.number, number) > 0;
            (!newer).then(|| State { number, calls: calls.saturating_add(since) }.to_word())
        };
        // An error says that a later window has begun.
        let _ = self.word.fetch_update(Relaxed, Relaxed, go_on);
    }

    /// Lets a window that began with the first call here end when it ends for all others.
    pub(super) fn end_at(&self, end_ms: i64) {
        let length_ms = i64::from(self.window.length_s()) * 1000;
        let begin = self.window.number(end_ms.saturating_sub(length_ms));
        let moved = |word| (word != 0).then(|| State { number: begin, ..State::from_word(word) }.to_word());
        // An error says that no window has begun.
        let _ = self.word.fetch_update(Relaxed, Relaxed, moved);
    }

    /// What is known of its last window, at a time near it; none when it was never used.
    pub(super) fn last_use(&self, now_ms: i64) -> Option<LastUse> {
        let word = self.word.load(Relaxed);
        if word == 0 {
            return None;
        }
        if self.window.is_smooth() {
            let thousandth_ns = (self.window.length_ns() / 1000).max(1);
            let used = word.saturating_sub(nanos(now_ms)) / thousandth_ns;
            return Some(LastUse { calls: u32::try_from(used).unwrap_or(u32::MAX), end_ms: millis(word) });
        }
        let state = State::from_word(word);
        let end_ms = self.window.end_ms(state.number, now_ms);
        Some(LastUse { calls: if end_ms > now_ms { state.calls } else { 0 }, end_ms })
    }

    /// Starts anew when its window begins more than `tolerance_ms` after the clock, which was set back then.
    pub(super) fn start_anew_if_ahead(&self, now_ms: i64, tolerance_ms: i64) {
        if self.window.is_smooth() {
            let latest = nanos(now_ms.saturating_add(tolerance_ms)).saturating_add(self.window.length_ns());
            let _ = self.word.fetch_update(Relaxed, Relaxed, |word| (word > latest).then_some(0));
            return;
        }
        let latest = self.window.number(now_ms.saturating_add(tolerance_ms));
        let anew = |word| (word != 0 && ahead(State::from_word(word).number, latest) > 0).then_some(0);
        // An error says that it was not ahead.
        let _ = self.word.fetch_update(Relaxed, Relaxed, anew);
    }

    /// What a word says at a time: a window that is over has no calls; a later one holds, see the module's notes.
    fn state_at(&self, word: u64, now_ms: i64) -> State {
        let state = State::from_word(word);
        let number = self.window.number(now_ms);
        if word == 0 || self.window.is_over(state.number, number) {
            State { number, calls: 0 }
        } else {
            state
        }
    }

    fn bucket(&self, limit: u32) -> Bucket {
        Bucket { limit, period_ns: self.window.length_ns() }
    }

    fn take_of_bucket(&self, limit: u32, now_ms: i64) -> Result<Counted, Standing> {
        let (bucket, now_ns) = (self.bucket(limit), nanos(now_ms));
        let taken = self.word.fetch_update(Relaxed, Relaxed, |word| bucket.take(word, now_ns));
        match taken {
            Ok(before) => {
                let word = bucket.take(before, now_ns).unwrap_or(before);
                Ok(Counted { number: 0, standing: self.bucket_standing(limit, word, now_ms) })
            }
            Err(word) => Err(self.bucket_standing(limit, word, now_ms)),
        }
    }

    fn bucket_standing(&self, limit: u32, word: u64, now_ms: i64) -> Standing {
        let (bucket, now_ns) = (self.bucket(limit), nanos(now_ms));
        Standing {
            limit,
            remaining: bucket.remaining(word, now_ns),
            window: self.window,
            reset_in_ms: millis(bucket.wait_ns(word, now_ns).saturating_add(999_999)),
        }
    }

    fn standing_of(&self, state: State, limit: u32, now_ms: i64) -> Standing {
        let end_ms = self.window.end_ms(state.number, now_ms);
        Standing {
            limit,
            remaining: limit.saturating_sub(state.calls),
            window: self.window,
            reset_in_ms: end_ms.saturating_sub(now_ms),
        }
    }
}

const fn nanos(millis: i64) -> u64 {
    millis.cast_unsigned().saturating_mul(1_000_000)
}

const fn millis(nanos: u64) -> i64 {
    (nanos / 1_000_000).cast_signed()
}

impl State {
    const fn from_word(word: u64) -> Self {
        Self { number: (word >> 32) as u32, calls: word as u32 }
    }

    const fn to_word(self) -> u64 {
        (self.number as u64) << 32 | self.calls as u64
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_back_is_free_again_in_its_window_only() {
        let counter = Counter::new(Window::SECOND);
        let first = counter.take(2, 500).ok();
        let second = counter.take(2, 500).ok();
        first.into_iter().for_each(|one| counter.give_back(one));
        assert_eq!(counter.standing(2, 500).remaining, 1);
        assert!(counter.take(2, 1_500).is_ok());
        second.into_iter().for_each(|one| counter.give_back(one));
        assert_eq!(counter.standing(2, 1_500).remaining, 1);
    }

    #[test]
    fn a_bucket_gives_one_by_one_and_takes_back() {
        let counter = Counter::new(Window::SECOND.smooth());
        let taken: Vec<_> = (0..4).map(|_| counter.take(4, 1_000_000)).collect();
        assert!(taken.iter().all(Result::is_ok));
        let refused = counter.take(4, 1_000_000).map(drop).unwrap_err();
        assert_eq!((refused.remaining, refused.reset_in_ms), (0, 250));
        assert_eq!(counter.standing(4, 1_000_250).remaining, 1);
        counter.give_back(taken[0].unwrap());
        assert_eq!(counter.standing(4, 1_000_000).remaining, 1);
        counter.start_anew_if_ahead(0, 60_000);
        assert_eq!(counter.standing(4, 0).remaining, 4, "the clock was set back");
    }

    #[test]
    fn an_emptied_counter_does_not_go_back_in_time() {
        let counter = Counter::new(Window::SECOND);
        assert!(counter.take(1, 500).is_ok());
        counter.take(1, 1_500).into_iter().for_each(|one| counter.give_back(one));
        assert!(counter.take(1, 500).is_ok());
        assert!(counter.take(1, 1_500).is_err(), "the call before was counted here");
    }
}
