//! One counter: the number of a window and the calls in it, side by side in one word.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use super::claim::Standing;
use super::window::{Window, ahead};

/// Counts calls in windows of one length.
#[derive(Debug)]
pub struct Counter {
    window: Window,
    /// A [`State`]. Nothing else is published with it, so relaxed ordering is enough: changes of one word are
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
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted {
    pub(super) number: u32,
    pub(super) standing: Standing,
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
        let state = self.state_at(self.word.load(Relaxed), now_ms);
        self.standing_of(state, limit, now_ms)
    }

    /// Counts a call, or says where the limit stands when it has no room.
    pub(super) fn take(&self, limit: u32, now_ms: i64) -> Result<Counted, Standing> {
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
        let give = |word| {
            let state = State::from_word(word);
            let same = state.number == counted.number && state.calls > 0;
            same.then(|| State { calls: state.calls - 1, ..state }.to_word())
        };
        // An error says that there was nothing to give back.
        let _ = self.word.fetch_update(Relaxed, Relaxed, give);
    }

    /// When its last window ended or will end, and the calls in it; none when it was never used.
    pub(super) fn last_use(&self, near_ms: i64) -> Option<(i64, u32)> {
        let word = self.word.load(Relaxed);
        let state = State::from_word(word);
        (word != 0).then(|| (self.window.end_ms(state.number, near_ms), state.calls))
    }

    /// Starts anew when its window begins more than `tolerance_ms` after the clock, which was set back then.
    pub(super) fn start_anew_if_ahead(&self, now_ms: i64, tolerance_ms: i64) {
        let latest = self.window.number(now_ms.saturating_add(tolerance_ms));
        let anew = |word| (word != 0 && ahead(State::from_word(word).number, latest) > 0).then_some(0);
        // An error says that it was not ahead.
        let _ = self.word.fetch_update(Relaxed, Relaxed, anew);
    }

    /// What a word says at a time: a window that is over has no calls; a later one holds, see the module's notes.
    fn state_at(&self, word: u64, now_ms: i64) -> State {
        let state = State::from_word(word);
        let number = self.window.number(now_ms);
        if word == 0 || ahead(state.number, number) < 0 { State { number, calls: 0 } } else { state }
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

impl State {
    const fn from_word(word: u64) -> Self {
        Self { number: (word >> 32) as u32, calls: word as u32 }
    }

    const fn to_word(self) -> u64 {
        (self.number as u64) << 32 | self.calls as u64
    }
}

#[cfg(test)]
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
    fn an_emptied_counter_does_not_go_back_in_time() {
        let counter = Counter::new(Window::SECOND);
        assert!(counter.take(1, 500).is_ok());
        counter.take(1, 1_500).into_iter().for_each(|one| counter.give_back(one));
        assert!(counter.take(1, 500).is_ok());
        assert!(counter.take(1, 1_500).is_err(), "the call before was counted here");
    }
}
