//! The attempts of one call: how many there may be, and how long each may take.

use std::time::{Duration, Instant};

use http::Method;
use paifang_model::definition::Retries;
use paifang_wire::{Attempt, Timeouts};

use super::member::Member;
use crate::channel::Tried;

/// How long one connection may take; the deadline of the call may be nearer.
const CONNECT_AT_MOST: Duration = Duration::from_secs(10);
/// The same while the call could go to another member of a channel: time for a packet that was lost to be sent again.
const CONNECT_BESIDE_OTHERS_AT_MOST: Duration = Duration::from_secs(2);
/// Attempts that certainly did not reach a backend are repeated so often.
const NOT_SENT_AT_MOST: u32 = 3;

/// Attempts so far.
#[derive(Debug)]
pub(super) struct Attempts {
    /// When the head of the answer has to be there.
    head_by: Instant,
    /// Members of a channel that were tried.
    pub(super) tried: Tried,
    /// Those to which there was no way.
    passed_over: u32,
    not_sent: u32,
    sent: u32,
}

impl Attempts {
    /// None yet; the head of the answer has to be there by this time.
    pub(super) fn until(head_by: Instant) -> Self {
        Self { head_by, tried: Tried::new(), passed_over: 0, not_sent: 0, sent: 0 }
    }

    /// The number of the one that comes now, from 1.
    pub(super) fn number(&self) -> u32 {
        self.passed_over + self.not_sent + self.sent + 1
    }

    /// Whether none went to a backend yet.
    pub(super) fn is_first(&self) -> bool {
        self.not_sent + self.sent == 0
    }

    /// How long the next may take, which begins now.
    pub(super) fn timeouts(&self, now: Instant, member: Option<&Member>) -> Timeouts {
        Timeouts { now, connect: self.patience(now, member), head_by: self.head_by }
    }

    /// How long finding the way to a backend, or connecting to it, may take now. A member that takes no connections leaves
    /// time for another one.
    pub(super) fn patience(&self, now: Instant, member: Option<&Member>) -> Duration {
        let left = self.head_by.saturating_duration_since(now);
        let has_others = member.is_some_and(|member| member.has_others);
        if has_others { CONNECT_BESIDE_OTHERS_AT_MOST.min(left / 2) } else { CONNECT_AT_MOST.min(left) }
    }

    /// Counts one that failed and says whether another may follow.
    pub(super) fn may_repeat(&mut self, retries: Retries, method: &Method, attempt: Attempt) -> bool {
        let may = match attempt {
            Attempt::NotSent => {
                self.not_sent += 1;
                self.not_sent + self.passed_over < NOT_SENT_AT_MOST
            }
            Attempt::Sent => {
                self.sent += 1;
                match retries {
                    Retries::Idempotent => self.sent <= 1 && method.is_idempotent(),
                    Retries::Fixed { times } => self.sent <= u32::from(times),
                }
            }
            Attempt::Began => false,
        };
        may && self.has_time()
    }

    /// Counts a member to which there is no way and says whether another may follow.
    pub(super) fn may_pass_over(&mut self) -> bool {
        self.passed_over += 1;
        self.not_sent + self.passed_over < NOT_SENT_AT_MOST && self.has_time()
    }

    fn has_time(&self) -> bool {
        Instant::now() < self.head_by
    }
}
