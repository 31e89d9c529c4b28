//! Where calls wait for Redis: one question at a time for each limit. Whoever comes while one is under way waits for it, and
//! is asked for with the next one, so that many calls at once take as many places as they want, and no more.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use foldhash::HashMap;
use tokio::sync::oneshot;

use super::lease::Leases;
use super::script::Grant;
use super::{Answer, Few};
use crate::limits::Claim;
use crate::limits::shard::Identity;

/// The calls that wait, by what they wait for. A lock is held for a hash operation, or while places are handed out.
#[derive(Debug, Default)]
pub(super) struct Desk(Mutex<HashMap<Subject, Vec<Waiting>>>);

/// What Redis counts by itself: a limit, and which of its windows, where a node can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Subject(Identity, u32);

/// A call that waits for a place.
type Waiting = oneshot::Sender<Answer>;

/// A place that a call wants.
#[derive(Debug)]
pub(super) enum Place {
    /// It is settled.
    Settled(Answer),
    /// It comes with an answer of Redis.
    Coming(oneshot::Receiver<Answer>),
}

/// A question that is due, and the calls that wait for it.
#[derive(Debug)]
pub(super) struct Due {
    subject: Subject,
    pub(super) claim: Claim,
    /// The clock of this node when it was due, in milliseconds since 1970.
    pub(super) asked_ms: i64,
    since: Instant,
    waiting: Vec<Waiting>,
}

impl Desk {
    /// Gets in line for a place of every claim; the questions that are due now.
    pub(super) fn join(&self, leases: &Leases, claims: &[Claim], now_ms: i64) -> (Few<Place>, Vec<Due>) {
        let mut due = Vec::new();
        let places = claims.iter().map(|claim| {
            let subject = Subject::of(claim, now_ms);
            let mut waiting = self.lock();
            // Since the call looked, another one may have been answered.
            match leases.take(claim, now_ms) {
                Answer::Unknown => {}
                settled => return Place::Settled(settled),
            }
            let (call, coming) = oneshot::channel();
            match waiting.get_mut(&subject) {
                Some(waiting) => waiting.push(call),
                None => {
                    waiting.insert(subject, Vec::new());
                    due.push(Due::new(subject, *claim, now_ms, vec![call]));
                }
            }
            Place::Coming(coming)
        });
        (places.collect(), due)
    }

    /// Hands out what Redis gave; the question that is due for those who came meanwhile.
    pub(super) fn answered(&self, leases: &Leases, due: Due, grant: Grant) -> Option<Due> {
        let now_ms = due.now_ms();
        let Due { subject, claim, asked_ms, waiting: served, .. } = due;
        let mut waiting = self.lock();
        let taken = served.len().min(grant.places as usize);
        let places = grant.places.saturating_sub(u32::try_from(taken).unwrap_or(u32::MAX));
        let until_ms = leases.settle(&claim, Grant { places, ..grant }, asked_ms);
        for (place, call) in served.into_iter().enumerate() {
            if place >= taken {
                let _ = call.send(Answer::Refused { reset_in_ms: grant.wait_ms.max(1) });
            } else if call.send(Answer::Taken { until_ms }).is_err() {
                // A call that was given up leaves its place.
                leases.give_back(&claim, until_ms);
            }
        }
        let next = waiting.get_mut(&subject).map(std::mem::take).unwrap_or_default();
        if next.is_empty() {
            waiting.remove(&subject);
            return None;
        }
        Some(Due::new(subject, claim, now_ms, next))
    }

    /// Sends all on who wait for this: Redis is away.
    pub(super) fn nobody_answers(&self, due: Due) {
        let later = self.lock().remove(&due.subject).unwrap_or_default();
        for call in due.waiting.into_iter().chain(later) {
            let _ = call.send(Answer::Unknown);
        }
    }

    /// Forgets questions that were not answered in time, so that they can be asked again.
    pub(super) fn forget(&self, claims: &[Claim], now_ms: i64) {
        let mut waiting = self.lock();
        claims.iter().for_each(|claim| drop(waiting.remove(&Subject::of(claim, now_ms))));
    }

    // The map is whole after a panic: each change is one call of its.
    fn lock(&self) -> MutexGuard<'_, HashMap<Subject, Vec<Waiting>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Subject {
    fn of(claim: &Claim, now_ms: i64) -> Self {
        let Claim { key, window, .. } = *claim;
        let is_fixed = !window.is_smooth() && !window.is_from_first_call();
        Self(Identity { key, window }, if is_fixed { window.number(now_ms) } else { 0 })
    }
}

impl Due {
    fn new(subject: Subject, claim: Claim, asked_ms: i64, waiting: Vec<Waiting>) -> Self {
        Self { subject, claim, asked_ms, since: Instant::now(), waiting }
    }

    /// How many calls wait for it.
    pub(super) fn wanted(&self) -> u32 {
        u32::try_from(self.waiting.len()).unwrap_or(u32::MAX)
    }

    /// The clock as it is now, but no later than the window that is asked about.
    fn now_ms(&self) -> i64 {
        let passed_ms = i64::try_from(self.since.elapsed().as_millis()).unwrap_or(i64::MAX);
        let now_ms = self.asked_ms.saturating_add(passed_ms);
        if Subject::of(&self.claim, now_ms) == self.subject { now_ms } else { self.asked_ms }
    }
}
