//! What is known of a member. It outlives changes to the channel: the member's seats, old and new, share it.

use std::ops::BitAnd;
use std::sync::atomic::{AtomicI64, AtomicU8, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use paifang_model::channel::HealthCheck;
use paifang_model::id::MemberId;

/// Connections that fail in a row before a member is left out.
const FAILURES_AT_MOST: u32 = 3;
/// How long a member that could not be reached is left out. The next failure after that leaves it out again.
const LEFT_OUT_MS: i64 = 10_000;

/// How soon after a knock a doubt leads to another: an API that speaks in a way that its members do not understand raises one
/// with each call.
const KNOCK_AGAIN_MS: u64 = 1_000;

const NO_KNOCK: u8 = 0;
const KNOCK_WANTED: u8 = 1;
const KNOCKING: u8 = 2;

/// What is known of a member.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// What keeps calls away from it.
    standing: AtomicU8,
    /// Calls under way, where they are counted.
    under_way: AtomicU32,
    /// Connections that failed in a row.
    failures: AtomicU32,
    /// Until when it is left out, in milliseconds since 1970; 0: it is not.
    out_until_ms: AtomicI64,
    /// Whether it is to be looked whether it is there at all: [`NO_KNOCK`], [`KNOCK_WANTED`] or [`KNOCKING`].
    knock: AtomicU8,
    /// When it was knocked at last, in milliseconds since 1970.
    knocked_ms: AtomicI64,
    last: Mutex<Last>,
}

/// The last that was heard of a member.
#[derive(Debug, Default, Clone)]
struct Last {
    /// Questions in a row that were answered well, or (negative) badly.
    streak: i32,
    reason: Option<Box<str>>,
    since_ms: Option<i64>,
}

/// What keeps calls away from a member; any of these, or nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Standing(u8);

impl Standing {
    /// Nothing.
    pub(super) const GOOD: Self = Self(0);
    /// Health checks found it unwell.
    pub(super) const UNWELL: Self = Self(1);
    /// It could not be connected to, and is left out for a while.
    pub(super) const OUT: Self = Self(2);
    /// Either.
    pub(super) const ANY: Self = Self(3);

    /// What is left when this does not count.
    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

impl BitAnd for Standing {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

/// Whether a member takes calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberState {
    /// It does.
    Healthy,
    /// Health checks found it unwell.
    Unhealthy,
    /// It could not be connected to, and is left out for a while.
    Ejected,
}

/// What is known of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberHealth {
    /// The member.
    pub member: MemberId,
    /// Whether it takes calls.
    pub state: MemberState,
    /// Since when, in milliseconds since 1970; none: since it is known.
    pub since_ms: Option<i64>,
    /// The last that was wrong with it; none: nothing ever was.
    pub reason: Option<Box<str>>,
    /// Calls under way; counted only where members are picked by that.
    pub under_way: u32,
}

impl Known {
    pub(super) fn enter(&self) {
        self.under_way.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn leave(&self) {
        self.under_way.fetch_sub(1, Ordering::Relaxed);
    }

    pub(super) fn under_way(&self) -> u32 {
        self.under_way.load(Ordering::Relaxed)
    }

    pub(super) fn standing(&self) -> Standing {
        Standing(self.standing.load(Ordering::Relaxed))
    }

    /// Whether it is new that this keeps calls away.
    fn hinder(&self, what: Standing) -> bool {
        Standing(self.standing.fetch_or(what.0, Ordering::Relaxed)) & what == Standing::GOOD
    }

    /// Whether this kept calls away until now.
    fn free(&self, what: Standing) -> bool {
        Standing(self.standing.fetch_and(!what.0, Ordering::Relaxed)) & what != Standing::GOOD
    }

    /// Notes that it answered.
    pub(super) fn note_reached(&self) {
        // A store costs every other worker its cached copy, so only where something changes.
        if self.failures.load(Ordering::Relaxed) != 0 {
            self.failures.store(0, Ordering::Relaxed);
        }
    }

    /// Notes that it could not be connected to; whether it is left out from now on. Failures of calls that began before do
    /// not keep it out for longer.
    pub(super) fn note_unreachable(&self, reason: &str, now_ms: i64) -> bool {
        let failures = self.failures.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        failures >= FAILURES_AT_MOST && self.leave_out(reason, now_ms)
    }

    fn leave_out(&self, reason: &str, now_ms: i64) -> bool {
        let until = now_ms.saturating_add(LEFT_OUT_MS);
        if self.out_until_ms.compare_exchange(0, until, Ordering::Relaxed, Ordering::Relaxed).is_err() {
            return false;
        }
        let reason = Some(reason.into());
        let mut last = self.last();
        (last.reason, last.since_ms) = (reason, Some(now_ms));
        self.hinder(Standing::OUT)
    }

    /// Notes that a call waited for it in vain. Whether somebody has to be told to look whether it is there.
    pub(super) fn doubt(&self) -> bool {
        // Many calls may wait in vain at once; only one has to say so.
        self.knock.load(Ordering::Relaxed) == NO_KNOCK
            && self.knock.swap(KNOCK_WANTED, Ordering::Relaxed) == NO_KNOCK
    }

    /// Whether it is to be knocked at, once: it is in doubt, or was left out long enough. [`Known::note_knock`] has to follow.
    pub(super) fn take_knock(&self, now_ms: i64) -> bool {
        let until = self.out_until_ms.load(Ordering::Relaxed);
        let is_over = until != 0 && until <= now_ms;
        let takes = match self.knock.load(Ordering::Relaxed) {
            KNOCK_WANTED => now_ms.abs_diff(self.knocked_ms.load(Ordering::Relaxed)) >= KNOCK_AGAIN_MS,
            KNOCKING => false,
            _ => is_over,
        };
        if takes {
            self.knock.store(KNOCKING, Ordering::Relaxed);
        }
        takes
    }

    /// Notes why it took no connection; none: it did. Whether that changed how it stands.
    pub(super) fn note_knock(&self, failure: Option<&str>, now_ms: i64) -> bool {
        self.knocked_ms.store(now_ms, Ordering::Relaxed);
        self.knock.store(NO_KNOCK, Ordering::Relaxed);
        let is_out = self.standing() & Standing::OUT == Standing::OUT;
        match failure {
            None => self.let_in(now_ms),
            Some(reason) if is_out => {
                self.out_until_ms.store(now_ms.saturating_add(LEFT_OUT_MS), Ordering::Relaxed);
                self.last().reason = Some(reason.into());
                false
            }
            Some(reason) => self.leave_out(reason, now_ms),
        }
    }

    /// Lets it in again when it has been left out long enough; whether it did.
    pub(super) fn let_in(&self, now_ms: i64) -> bool {
        let until = self.out_until_ms.load(Ordering::Relaxed);
        if until == 0 || until > now_ms {
            return false;
        }
        // On probation: one failure is enough.
        self.failures.store(FAILURES_AT_MOST - 1, Ordering::Relaxed);
        self.last().since_ms = Some(now_ms);
        let let_in = self.free(Standing::OUT);
        self.out_until_ms.store(0, Ordering::Relaxed);
        let_in
    }

    /// Notes the answer to a question for its health: whether it is another than before, by the numbers in a row that the
    /// check says.
    pub(super) fn note_answer(&self, answer: Result<(), Box<str>>, check: &HealthCheck, now_ms: i64) -> bool {
        let mut last = self.last();
        last.streak = match &answer {
            Ok(()) => last.streak.max(0).saturating_add(1),
            Err(_) => last.streak.min(0).saturating_sub(1),
        };
        if let Err(reason) = answer {
            last.reason = Some(reason);
        }
        let unwell = match self.standing() & Standing::UNWELL {
            Standing::GOOD => last.streak <= -i32::from(check.unhealthy_after),
            _ => last.streak < i32::from(check.healthy_after),
        };
        let turned = if unwell { self.hinder(Standing::UNWELL) } else { self.free(Standing::UNWELL) };
        if turned {
            last.since_ms = Some(now_ms);
        }
        turned
    }

    /// It is asked no more, so no answer holds any longer.
    pub(super) fn forget_answers(&self) {
        self.last().streak = 0;
        self.free(Standing::UNWELL);
    }

    /// The last that was wrong with it.
    pub(super) fn reason(&self) -> Option<Box<str>> {
        self.last().reason.clone()
    }

    /// As it stood when the channel was laid out.
    pub(super) fn health(&self, member: MemberId, stood: Standing) -> MemberHealth {
        let state = match stood {
            Standing::GOOD => MemberState::Healthy,
            Standing::OUT => MemberState::Ejected,
            _ => MemberState::Unhealthy,
        };
        let Last { reason, since_ms, .. } = self.last().clone();
        MemberHealth { member, state, since_ms, reason, under_way: self.under_way() }
    }

    fn last(&self) -> MutexGuard<'_, Last> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_700_000_000_000;

    #[test]
    fn a_doubt_is_said_once_and_a_knock_in_vain_leaves_out_at_once() {
        let known = Known::default();
        assert!(!known.take_knock(NOW));
        assert!(known.doubt() && !known.doubt(), "of many calls one says so");
        assert!(known.take_knock(NOW) && !known.take_knock(NOW), "there is one knock at a time");
        assert!(!known.doubt(), "and no other doubt during it");
        assert!(!known.note_knock(None, NOW) && known.standing() == Standing::GOOD);
        assert!(known.doubt() && !known.take_knock(NOW + 999), "not again at once");
        assert!(known.take_knock(NOW + 1_000));
        assert!(known.note_knock(Some("no connection"), NOW + 1_000) && known.standing() == Standing::OUT);
    }

    #[test]
    fn nobody_is_let_in_before_a_knock_succeeds() {
        let known = Known::default();
        assert!((0..3).any(|_| known.note_unreachable("refused", NOW)));
        assert!(!known.take_knock(NOW + 9_999));
        assert!(known.take_knock(NOW + 10_000));
        assert!(!known.note_knock(Some("refused"), NOW + 10_000) && known.standing() == Standing::OUT);
        assert!(!known.take_knock(NOW + 19_999), "the next is ten seconds later");
        assert!(known.take_knock(NOW + 20_000));
        assert!(known.note_knock(None, NOW + 20_000) && known.standing() == Standing::GOOD);
        assert!(known.note_unreachable("refused", NOW + 20_001), "on probation one failure is enough");
    }

    #[test]
    fn a_knock_because_of_a_doubt_ends_no_ejection() {
        let known = Known::default();
        assert!(known.doubt());
        assert!((0..3).any(|_| known.note_unreachable("refused", NOW)));
        assert!(known.take_knock(NOW + 1));
        assert!(!known.note_knock(None, NOW + 1) && known.standing() == Standing::OUT);
    }
}
