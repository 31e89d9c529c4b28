//! Places that this node took in advance, and limits of which it knows that there are none.

use std::sync::{Mutex, MutexGuard, PoisonError};

use foldhash::{HashMap, HashMapExt};

use super::Few;
use super::script::Grant;
use crate::limits::shard::Identity;
use crate::limits::{Claim, Refused, Window};

/// Parts of the table, each behind its own lock; a power of two.
const PARTS: usize = 256;

/// What this node has of one limit.
#[derive(Debug, Clone, Copy, Default)]
struct Lease {
    /// The number of the window that the places are of.
    number: u32,
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

    /// Takes a place of every claim that this node has one of; the others, by their indices.
    ///
    /// # Errors
    /// A claim of which it is known that there are none; then nothing was taken.
    pub(super) fn take(&self, claims: &[Claim], now_ms: i64) -> Result<Few<usize>, Refused> {
        let mut missing = Few::new();
        for (index, claim) in claims.iter().enumerate() {
            let mut part = self.part(claim);
            let lease = self.lease(&mut part, claim, now_ms);
            match lease.closed {
                Some((until_ms, limit)) if now_ms < until_ms && claim.limit <= limit => {
                    drop(part);
                    self.give_back(&claims[..index], &missing, now_ms);
                    return Err(refused(index, claim, until_ms - now_ms));
                }
                _ if lease.left > 0 => lease.left -= 1,
                _ => missing.push(index),
            }
        }
        Ok(missing)
    }

    /// Notes what Redis gave for the claims that were missing, and takes a place of each.
    ///
    /// # Errors
    /// The first claim that it had no place for; then the places of all others are this node's for later calls.
    pub(super) fn settle(
        &self,
        claims: &[Claim],
        missing: &[usize],
        grants: &[Grant],
        now_ms: i64,
    ) -> Result<(), Refused> {
        let mut first = None;
        let mut without = Few::<usize>::new();
        for (index, grant) in missing.iter().zip(grants) {
            let claim = &claims[*index];
            let mut part = self.part(claim);
            let lease = self.lease(&mut part, claim, now_ms);
            lease.elsewhere = grant.elsewhere;
            if let Some(rest) = grant.places.checked_sub(1) {
                lease.left = lease.left.saturating_add(rest);
                continue;
            }
            let wait_ms = grant.wait_ms.max(1);
            lease.closed = Some((now_ms.saturating_add(wait_ms), claim.limit));
            without.push(*index);
            first.get_or_insert(refused(*index, claim, wait_ms));
        }
        let Some(refused) = first else { return Ok(()) };
        self.give_back(claims, &without, now_ms);
        Err(refused)
    }

    /// Gives a place of every claim back, but of those that took none.
    fn give_back(&self, claims: &[Claim], without: &[usize], now_ms: i64) {
        let took = claims.iter().enumerate().filter(|(index, _)| !without.contains(index));
        for (_, claim) in took {
            let mut part = self.part(claim);
            let lease = self.lease(&mut part, claim, now_ms);
            lease.left = lease.left.saturating_add(1);
        }
    }

    /// How many places of a claim are left, as far as this node knows; none: it has not asked in this window.
    pub(super) fn peek(&self, claim: &Claim, now_ms: i64) -> Option<u32> {
        let identity = Identity { key: claim.key, window: claim.window };
        let part = self.part(claim);
        let lease = part.get(&identity)?;
        let is_closed =
            lease.closed.is_some_and(|(until_ms, limit)| now_ms < until_ms && claim.limit <= limit);
        match lease {
            _ if is_closed => Some(0),
            lease if lease.number == claim.window.number(now_ms) => {
                Some(lease.left.saturating_add(lease.elsewhere))
            }
            _ => None,
        }
    }

    pub(super) fn sweep(&self, now_ms: i64) {
        for part in &self.parts {
            lock(part).retain(|identity, lease| is_live(identity.window, lease, now_ms));
        }
    }

    fn part(&self, claim: &Claim) -> MutexGuard<'_, Part> {
        lock(&self.parts[claim.key.high() as usize & (PARTS - 1)])
    }

    /// The lease of a claim; places of a window that is over are gone.
    fn lease<'p>(&self, part: &'p mut Part, claim: &Claim, now_ms: i64) -> &'p mut Lease {
        let identity = Identity { key: claim.key, window: claim.window };
        if part.len() >= self.per_part && !part.contains_key(&identity) {
            part.retain(|identity, lease| is_live(identity.window, lease, now_ms));
            // Places that are forgotten are never given to anybody: the limit holds.
            if part.len() >= self.per_part {
                part.clear();
            }
        }
        let lease = part.entry(identity).or_default();
        let number = claim.window.number(now_ms);
        if lease.number != number {
            *lease = Lease {
                number,
                closed: lease.closed.filter(|(until_ms, _)| *until_ms > now_ms),
                ..Lease::default()
            };
        }
        lease
    }
}

fn is_live(window: Window, lease: &Lease, now_ms: i64) -> bool {
    lease.number == window.number(now_ms) || lease.closed.is_some_and(|(until_ms, _)| until_ms > now_ms)
}

// The maps are whole after a panic: each change is one call of theirs.
fn lock(part: &Mutex<Part>) -> MutexGuard<'_, Part> {
    part.lock().unwrap_or_else(PoisonError::into_inner)
}

const fn refused(index: usize, claim: &Claim, reset_in_ms: i64) -> Refused {
    Refused { index, limit: claim.limit, remaining: 0, window: claim.window, reset_in_ms }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::limits::Key;

    const NOW: i64 = 1_700_000_000_000;

    fn claim(name: &str, limit: u32) -> Claim {
        Claim { key: Key::of(&[name.as_bytes()]), limit, window: Window::MINUTE }
    }

    fn missing(leases: &Leases, claims: &[Claim], now_ms: i64) -> Vec<usize> {
        leases.take(claims, now_ms).unwrap().to_vec()
    }

    #[test]
    fn places_taken_in_advance_are_used_up_and_end_with_their_window() {
        let leases = Leases::new(1000);
        let one = [claim("a", 100)];
        assert_eq!(missing(&leases, &one, NOW), [0]);
        leases.settle(&one, &[0], &[Grant { places: 3, wait_ms: 0, elsewhere: 60 }], NOW).unwrap();
        assert_eq!(leases.peek(&one[0], NOW), Some(62));
        assert!(missing(&leases, &one, NOW).is_empty() && missing(&leases, &one, NOW).is_empty());
        assert_eq!((leases.peek(&one[0], NOW), leases.peek(&one[0], NOW + 60_000)), (Some(60), None));
        assert_eq!(missing(&leases, &one, NOW), [0]);
        leases.settle(&one, &[0], &[Grant { places: 3, wait_ms: 0, elsewhere: 60 }], NOW).unwrap();
        assert_eq!(missing(&leases, &one, NOW + 60_000), [0]);
    }

    #[test]
    fn a_refusal_gives_the_others_back_and_is_remembered() {
        let leases = Leases::new(1000);
        let two = [claim("wide", 100), claim("narrow", 1)];
        let grants = [
            Grant { places: 1, wait_ms: 0, elsewhere: 9 },
            Grant { places: 0, wait_ms: 5_000, elsewhere: 0 },
        ];
        let refused = leases.settle(&two, &[0, 1], &grants, NOW).unwrap_err();
        assert_eq!((refused.index, refused.reset_in_ms), (1, 5_000));
        assert_eq!(leases.take(&two, NOW + 1_000).unwrap_err().reset_in_ms, 4_000);
        assert_eq!((leases.peek(&two[0], NOW), leases.peek(&two[1], NOW)), (Some(10), Some(0)));
        assert!(missing(&leases, &two[..1], NOW).is_empty(), "its place was given back, twice");
        assert_eq!(missing(&leases, &two[..1], NOW), [0]);
        assert_eq!(missing(&leases, &[claim("narrow", 2)], NOW), [0], "the limit was raised");
    }

    #[test]
    fn the_table_is_bounded() {
        let leases = Leases::new(PARTS);
        for number in 0..10 * PARTS {
            missing(&leases, &[claim(&number.to_string(), 1)], NOW);
        }
        assert!(leases.parts.iter().map(|part| lock(part).len()).sum::<usize>() <= PARTS);
        leases.sweep(NOW + 60_000);
        assert_eq!(leases.parts.iter().map(|part| lock(part).len()).sum::<usize>(), 0);
    }
}
