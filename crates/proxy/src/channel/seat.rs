//! A member of a channel, and what is known of its health. What is known outlives changes to the channel.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use paifang_model::Channel;
use paifang_model::channel::Member;
use paifang_model::definition::Scheme;
use paifang_model::id::MemberId;

use crate::snapshot::Address;

/// Connections that fail in a row before a member is left out.
const FAILURES_AT_MOST: u32 = 3;
/// How long a member that could not be reached is left out. The next failure after that leaves it out again.
const LEFT_OUT_MS: i64 = 10_000;

/// A member of a channel.
#[derive(Debug)]
pub(crate) struct Seat {
    /// Its id.
    pub(crate) id: MemberId,
    /// Where it is, as `host:port`.
    pub(crate) name: Box<str>,
    /// Where it is. How it is spoken to is each API's to say.
    pub(crate) address: Arc<Address>,
    /// Its share.
    pub(crate) weight: u16,
    /// Whether it takes calls only while no other can.
    pub(crate) backup: bool,
    known: Arc<Known>,
}

/// What is known of a member.
#[derive(Debug, Default)]
struct Known {
    /// Calls under way, where they are counted.
    under_way: AtomicU32,
    /// Whether health checks found it unwell.
    unwell: AtomicBool,
    /// Connections that failed in a row.
    failures: AtomicU32,
    /// Until when it is left out, in milliseconds since 1970; 0: it is not.
    out_until_ms: AtomicI64,
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

/// A call under way at a member.
#[derive(Debug)]
pub(crate) struct Lease(Arc<Known>);

impl Drop for Lease {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Seat {
    /// A member's seat; none when there is no way to it.
    pub(super) fn new(
        channel: &Channel,
        member: &Member,
        known: &[Arc<Self>],
        checked: bool,
    ) -> Option<Self> {
        let port = channel.port_of(member);
        let name = format!("{}:{port}", member.host).into_boxed_str();
        let same = known.iter().find(|seat| seat.name == name);
        let known = same.map_or_else(Arc::default, |seat| Arc::clone(&seat.known));
        if !checked {
            known.unwell.store(false, Ordering::Relaxed);
        }
        Some(Self {
            id: member.id,
            name,
            address: Arc::new(Address::new(&member.host, port, Scheme::Http)?),
            weight: channel.weight_of(member),
            backup: member.backup,
            known,
        })
    }

    pub(super) fn lease(&self) -> Lease {
        self.known.under_way.fetch_add(1, Ordering::Relaxed);
        Lease(Arc::clone(&self.known))
    }

    pub(super) fn under_way(&self) -> u32 {
        self.known.under_way.load(Ordering::Relaxed)
    }

    /// Whether health checks found it well; without them, it is.
    pub(super) fn is_well(&self) -> bool {
        !self.known.unwell.load(Ordering::Relaxed)
    }

    /// Whether it is left out for a while.
    pub(super) fn is_left_out(&self) -> bool {
        self.known.out_until_ms.load(Ordering::Relaxed) != 0
    }

    /// Notes that a connection came about, or that it was not needed.
    pub(crate) fn note_reached(&self) {
        // A store costs every other worker its cached copy, so only where something changes.
        if self.known.failures.load(Ordering::Relaxed) != 0 {
            self.known.failures.store(0, Ordering::Relaxed);
        }
    }

    /// Whether it is left out from now on.
    pub(super) fn note_unreachable(&self, reason: &str, now_ms: i64) -> bool {
        let failures = self.known.failures.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        if failures < FAILURES_AT_MOST {
            return false;
        }
        if self.known.out_until_ms.swap(now_ms.saturating_add(LEFT_OUT_MS), Ordering::Relaxed) != 0 {
            return false;
        }
        let mut last = self.last();
        last.reason = Some(reason.into());
        last.since_ms = Some(now_ms);
        true
    }

    /// Lets it in again when it has been left out long enough; whether it did.
    pub(super) fn let_in(&self, now_ms: i64) -> bool {
        let until = self.known.out_until_ms.load(Ordering::Relaxed);
        let over = until != 0 && until <= now_ms;
        if over {
            self.known.out_until_ms.store(0, Ordering::Relaxed);
            // On probation: one failure is enough.
            self.known.failures.store(FAILURES_AT_MOST - 1, Ordering::Relaxed);
            self.last().since_ms = Some(now_ms);
        }
        over
    }

    /// Notes the answer to a question for its health: whether it is another than before, by these numbers in a row.
    pub(super) fn note_answer(
        &self,
        answer: Result<(), Box<str>>,
        healthy_after: u8,
        unhealthy_after: u8,
        now_ms: i64,
    ) -> bool {
        let mut last = self.last();
        last.streak = match &answer {
            Ok(()) => last.streak.max(0).saturating_add(1),
            Err(_) => last.streak.min(0).saturating_sub(1),
        };
        if let Err(reason) = answer {
            last.reason = Some(reason);
        }
        let unwell = match self.is_well() {
            true => last.streak <= -i32::from(unhealthy_after),
            false => last.streak < i32::from(healthy_after),
        };
        let turned = self.known.unwell.swap(unwell, Ordering::Relaxed) != unwell;
        if turned {
            last.since_ms = Some(now_ms);
        }
        turned
    }

    /// The last that was wrong with it.
    pub(super) fn reason(&self) -> Option<Box<str>> {
        self.last().reason.clone()
    }

    pub(super) fn health(&self, now_ms: i64) -> MemberHealth {
        let until = self.known.out_until_ms.load(Ordering::Relaxed);
        let state = match (self.is_well(), until > now_ms) {
            (false, _) => MemberState::Unhealthy,
            (true, true) => MemberState::Ejected,
            (true, false) => MemberState::Healthy,
        };
        let Last { reason, since_ms, .. } = self.last().clone();
        MemberHealth { member: self.id, state, since_ms, reason, under_way: self.under_way() }
    }

    fn last(&self) -> std::sync::MutexGuard<'_, Last> {
        self.known.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
