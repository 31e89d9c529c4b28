//! Places that this node took in advance, and limits of which it knows that there are none.

use std::sync::{Mutex, MutexGuard, PoisonError};

use foldhash::{HashMap, HashMapExt};

use super::Answer;
use super::script::Grant;
use crate::limits::shard::Identity;
use crate::limits::{Claim, Window};

/// Parts of the table, each behind its own lock; a power of two.
const PARTS: usize = 256;

/// How far a lease may reach beyond the end of a window that begins now before the clock counts as set back.
const AHEAD_MS: i64 = 60_000;

/// What this node has of one limit.
#[derive(Debug, Clone, Copy, Default)]
struct Lease {
    /// When the window ends that the places are of, in milliseconds since 1970.
    until_ms: i64,
    /// Places that are left.
    left: u32,
    /// Places that were left for all nodes when Redis was asked last.
    elsewhere: u32,
    /// Until when nobody has a place, and for which limit that was said: a limit that is raised has some.
    closed: Option<(i64, u32)>,
}

type Part = HashMap<Identity, Lease>;

/// The leases of this node. A lock is held for a hash operation, or the sweep of a part.
#[derive(Debug)]
pub(super) struct Leases {
    parts: Box<[Mutex<Part>]>,
    per_part: usize,
}

impl Leases {
    /// No leases yet, and at most about this many ever.
    pub(super) fn new(at_most: usize) -> Self {
        let parts = (0..PARTS).map(|_| Mutex::new(HashMap::new())).collect();
        Self { parts, per_part: at_most.div_ceil(PARTS) }
    }

    /// Takes a place that this node has.
    pub(super) fn take(&self, claim: &Claim, now_ms: i64) -> Answer {
        let mut part = self.part(claim);
        let Some(lease) = part.get_mut(&identity(claim)) else { return Answer::Unknown };
        if lease.left > 0 && now_ms < lease.until_ms {
            lease.left -= 1;
            return Answer::Taken { until_ms: lease.until_ms };
        }
        lease.closed_for(claim, now_ms).map_or(Answer::Unknown, |reset_in_ms| Answer::Refused { reset_in_ms })
    }

    /// Notes what Redis said when it was asked at a time, and keeps the places that no call has yet. The end of the window
    /// that the places are of.
    pub(super) fn settle(&self, claim: &Claim, grant: Grant, asked_ms: i64) -> i64 {
        let until_ms = grant.until_ms(claim.window, asked_ms);
        let mut part = self.part(claim);
        let lease = self.lease(&mut part, claim, asked_ms);
        let is_same = is_same(claim.window, until_ms, lease.until_ms);
        if !is_same && until_ms < lease.until_ms {
            // Another call asked later, and was answered sooner.
            return until_ms;
        }
        if !is_same {
            *lease = Lease { closed: lease.closed, ..Lease::default() };
        }
        lease.until_ms = until_ms;
        lease.left = lease.left.saturating_add(grant.places);
        lease.elsewhere = grant.elsewhere;
        if grant.is_short {
            lease.closed = Some((asked_ms.saturating_add(grant.wait_ms.max(1)), claim.limit));
        }
        until_ms
    }

    /// Takes a place back that a call had, of the window that ends then.
    pub(super) fn give_back(&self, claim: &Claim, until_ms: i64) {
        let mut part = self.part(claim);
        let lease = part.get_mut(&identity(claim));
        // Those of a window that is over are nobody's.
        if let Some(lease) = lease.filter(|lease| is_same(claim.window, until_ms, lease.until_ms)) {
            lease.left = lease.left.saturating_add(1);
        }
    }

    /// How many places of a claim are left, as far as this node knows; none: it has not asked in this window.
    pub(super) fn peek(&self, claim: &Claim, now_ms: i64) -> Option<u32> {
        let part = self.part(claim);
        let lease = part.get(&identity(claim))?;
        if now_ms < lease.until_ms && lease.left > 0 {
            return Some(lease.left.saturating_add(lease.elsewhere));
        }
        if lease.closed_for(claim, now_ms).is_some() {
            return Some(0);
        }
        (now_ms < lease.until_ms).then_some(lease.elsewhere)
    }

    pub(super) fn sweep(&self, now_ms: i64) {
        for part in &self.parts {
            lock(part).retain(|identity, lease| is_live(identity.window, lease, now_ms));
        }
    }

    fn part(&self, claim: &Claim) -> MutexGuard<'_, Part> {
        lock(&self.parts[claim.key.high() as usize & (PARTS - 1)])
    }

    /// The lease of a claim, made when it is not there.
    fn lease<'p>(&self, part: &'p mut Part, claim: &Claim, now_ms: i64) -> &'p mut Lease {
        let identity = identity(claim);
        if part.len() >= self.per_part && !part.contains_key(&identity) {
            part.retain(|identity, lease| is_live(identity.window, lease, now_ms));
            // Places that are forgotten are never given to anybody: the limit holds.
            if part.len() >= self.per_part {
                part.clear();
            }
        }
        part.entry(identity).or_default()
    }
}

impl Lease {
    /// For how long nobody has a place; none: somebody may have one.
    fn closed_for(&self, claim: &Claim, now_ms: i64) -> Option<i64> {
        let (until_ms, limit) = self.closed?;
        (now_ms < until_ms && claim.limit <= limit).then_some(until_ms - now_ms)
    }
}

const fn identity(claim: &Claim) -> Identity {
    Identity { key: claim.key, window: claim.window }
}

/// Whether windows of one limit that end then are the same. Of one that began with a call the end is told anew each time,
/// and never quite the same; another one ends a whole length later at least.
const fn is_same(window: Window, one_ms: i64, other_ms: i64) -> bool {
    one_ms.abs_diff(other_ms) < window.length_s() as u64 * 500
}

/// Whether a lease still says something.
fn is_live(window: Window, lease: &Lease, now_ms: i64) -> bool {
    let latest_ms = now_ms + i64::from(window.length_s()) * 1000 + AHEAD_MS;
    let is_ahead = |until_ms: i64| now_ms < until_ms && until_ms <= latest_ms;
    is_ahead(lease.until_ms) || lease.closed.is_some_and(|(until_ms, _)| is_ahead(until_ms))
}

// The maps are whole after a panic: each change is one call of theirs.
fn lock(part: &Mutex<Part>) -> MutexGuard<'_, Part> {
    part.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Key;

    const NOW: i64 = 1_700_000_000_000;

    fn claim(name: &str, limit: u32) -> Claim {
        Claim { key: Key::of(&[name.as_bytes()]), limit, window: Window::MINUTE }
    }

    fn took(leases: &Leases, claim: &Claim, times: usize, now_ms: i64) -> usize {
        (0..times).filter(|_| matches!(leases.take(claim, now_ms), Answer::Taken { .. })).count()
    }

    const THREE: Grant = Grant { places: 3, is_short: false, wait_ms: 0, elsewhere: 60 };
    const NONE: Grant = Grant { places: 0, is_short: true, wait_ms: 5_000, elsewhere: 0 };

    #[test]
    fn places_taken_in_advance_are_used_up_and_end_with_their_window() {
        let leases = Leases::new(1000);
        let one = claim("a", 100);
        assert_eq!(leases.take(&one, NOW), Answer::Unknown);
        assert_eq!(leases.settle(&one, THREE, NOW), NOW + 40_000);
        assert_eq!(leases.peek(&one, NOW), Some(63));
        assert_eq!(took(&leases, &one, 9, NOW), 3);
        assert_eq!((leases.peek(&one, NOW), leases.peek(&one, NOW + 40_000)), (Some(60), None));
        leases.settle(&one, THREE, NOW);
        assert_eq!(leases.take(&one, NOW + 40_000), Answer::Unknown);
    }

    #[test]
    fn a_refusal_is_remembered_and_what_is_given_back_is_taken_first() {
        let leases = Leases::new(1000);
        let narrow = claim("narrow", 1);
        let until_ms = leases.settle(&narrow, NONE, NOW);
        assert_eq!(leases.take(&narrow, NOW + 1_000), Answer::Refused { reset_in_ms: 4_000 });
        assert_eq!(leases.peek(&narrow, NOW), Some(0));
        leases.give_back(&narrow, until_ms);
        assert_eq!(leases.peek(&narrow, NOW), Some(1));
        assert_eq!(took(&leases, &narrow, 5, NOW + 1_000), 1);
        assert_eq!(leases.take(&claim("narrow", 2), NOW), Answer::Unknown, "the limit was raised");
    }

    /// The worker that reads the clock first may be the last to be answered.
    #[test]
    fn an_older_answer_neither_ends_a_newer_window_nor_brings_places_into_it() {
        let leases = Leases::new(1000);
        let one = claim("a", 100);
        leases.settle(&one, THREE, NOW + 40_000);
        leases.settle(&one, THREE, NOW + 39_999);
        assert_eq!(took(&leases, &one, 1, NOW + 39_999), 1, "an older reading counts in the later window");
        assert_eq!(took(&leases, &one, 9, NOW + 40_001), 2);
    }

    #[test]
    fn what_is_given_back_late_is_nobodys() {
        let leases = Leases::new(1000);
        let one = claim("a", 100);
        let until_ms = leases.settle(&one, THREE, NOW);
        leases.settle(&one, Grant { places: 0, ..THREE }, NOW + 40_000);
        leases.give_back(&one, until_ms);
        assert_eq!(leases.take(&one, NOW + 40_000), Answer::Unknown);
    }

    /// It is a window of this length from now on, as Redis says; its number would be a second's.
    #[test]
    fn what_is_given_back_to_a_window_from_the_first_call_stays_to_its_end() {
        let leases = Leases::new(1000);
        let app = Claim { window: Window::MINUTE.from_first_call(), ..claim("app", 2) };
        let until_ms = leases.settle(&app, Grant { places: 0, wait_ms: 30_000, ..THREE }, NOW);
        assert_eq!(until_ms, NOW + 30_000);
        // Another answer, told a moment later.
        leases.settle(&app, Grant { places: 0, wait_ms: 19_993, ..THREE }, NOW + 10_000);
        leases.give_back(&app, until_ms);
        leases.sweep(NOW + 20_000);
        assert_eq!(took(&leases, &app, 2, NOW + 29_000), 1);
        leases.give_back(&app, until_ms);
        assert_eq!(leases.take(&app, NOW + 30_000), Answer::Unknown);
    }

    #[test]
    fn a_clock_that_is_set_back_is_followed_by_the_next_sweep() {
        let leases = Leases::new(1000);
        let one = claim("a", 100);
        leases.settle(&one, NONE, NOW + 3_600_000);
        assert!(matches!(leases.take(&one, NOW), Answer::Refused { .. }));
        leases.sweep(NOW);
        assert_eq!(leases.take(&one, NOW), Answer::Unknown);
    }

    #[test]
    fn the_table_is_bounded() {
        let leases = Leases::new(PARTS);
        for number in 0..10 * PARTS {
            leases.settle(&claim(&number.to_string(), 1), THREE, NOW);
        }
        assert!(leases.parts.iter().map(|part| lock(part).len()).sum::<usize>() <= PARTS);
        leases.sweep(NOW + 60_000);
        assert_eq!(leases.parts.iter().map(|part| lock(part).len()).sum::<usize>(), 0);
    }
}
