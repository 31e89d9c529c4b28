//! A member of a channel that a call was sent to, and what the attempt says of it.

use std::sync::Arc;
use std::time::Duration;

use paifang_wire::{Attempt, SendError, SendFailure, TimeoutPhase};

use super::http::causes;
use super::way::NoWay;
use crate::channel::{ChannelEntry, Lease, Seat};
use crate::exchange::now_ms;
use crate::worker::Worker;

/// A connection that did not come about in this time says that a member cannot be reached. One that was given less may be
/// under way from far off.
const FAIR: Duration = Duration::from_secs(1);

/// A member of a channel that was picked.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) channel: Arc<ChannelEntry>,
    pub(super) seat: Arc<Seat>,
    /// Whether another, which was not tried yet, could take the call instead.
    pub(super) has_others: bool,
}

impl Member {
    /// Counts the call as under way there, where that matters.
    pub(super) fn lease(&self) -> Option<Lease> {
        self.channel.lease(&self.seat)
    }

    /// Notes what an attempt says of it, where connecting was given so long. Only what happens before a request is sent
    /// speaks of the member and not of the call; whoever waited in vain for more, or not for long, cannot tell.
    pub(super) fn note(&self, worker: &Worker, outcome: Result<(), &SendError>, connect: Duration) {
        match outcome {
            Ok(()) => self.seat.note_reached(),
            Err(error) => self.take(worker, Said::by(error, connect), || causes(&error.failure)),
        }
    }

    /// Notes that there is no way to it.
    pub(super) fn note_no_way(&self, worker: &Worker, no_way: &NoWay) {
        self.take(worker, Said::by_way(no_way), || no_way.to_string());
    }

    fn take(&self, worker: &Worker, said: Said, why: impl FnOnce() -> String) {
        let is_news = match said {
            Said::Unreachable => self.channel.note_unreachable(&self.seat, &why(), now_ms()),
            Said::InDoubt => self.seat.doubt(),
            Said::Reached => return self.seat.note_reached(),
            Said::Nothing => false,
        };
        if is_news {
            worker.shared.member_news.notify_one();
        }
    }
}

/// What a failed attempt says of a member.
#[derive(Clone, Copy)]
enum Said {
    Unreachable,
    InDoubt,
    Reached,
    Nothing,
}

impl Said {
    /// How TLS is spoken is each API's to say, and a member that has no session for one may have plain HTTP for another. So
    /// whatever goes wrong with it raises no more than a doubt.
    fn by(error: &SendError, connect: Duration) -> Self {
        match &error.failure {
            SendFailure::Connect(_) => Self::Unreachable,
            SendFailure::Timeout { phase: TimeoutPhase::Connect } => Self::late(connect),
            SendFailure::Tls(_) | SendFailure::Timeout { .. } => Self::InDoubt,
            _ if error.attempt == Attempt::Began => Self::Reached,
            _ => Self::Nothing,
        }
    }

    fn by_way(no_way: &NoWay) -> Self {
        match no_way {
            NoWay::NameNotKnown { .. } | NoWay::Forbidden { .. } => Self::Unreachable,
            NoWay::NameTooLate { patience, .. } => Self::late(*patience),
        }
    }

    /// What had so long in vain.
    fn late(patience: Duration) -> Self {
        if patience >= FAIR { Self::Unreachable } else { Self::InDoubt }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A member that takes a connection and then says nothing may wait for a request without TLS.
    #[test]
    fn who_says_nothing_to_a_handshake_is_only_in_doubt() {
        let late = |phase| SendError { failure: SendFailure::Timeout { phase }, attempt: Attempt::NotSent };
        let said = |phase, given| Said::by(&late(phase), given);
        assert!(matches!(said(TimeoutPhase::Handshake, FAIR * 2), Said::InDoubt));
        assert!(matches!(said(TimeoutPhase::Connect, FAIR), Said::Unreachable));
        assert!(matches!(said(TimeoutPhase::Connect, FAIR / 2), Said::InDoubt));
    }

    #[test]
    fn a_name_that_nobody_answered_for_is_only_in_doubt_when_there_was_no_time() {
        let late = |patience| NoWay::NameTooLate { host: "name.example.com".into(), patience };
        assert!(matches!(Said::by_way(&late(FAIR / 2)), Said::InDoubt));
        assert!(matches!(Said::by_way(&late(FAIR)), Said::Unreachable));
    }
}
