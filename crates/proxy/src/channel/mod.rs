//! Channels as calls meet them: members to pick from, and what is known of their health.
//!
//! Who may be picked is laid out when a channel, or the health of a member, changes (`choice`); a pick is then one
//! look. Members that are unwell, and those that could not be reached lately, are left out; backup members come in when
//! no other is left (spec: huawei/vpc-channels.md). What is known of a member (`known`) is shared by the channel before
//! an edit, which calls under way still go by, and the one after it; each looks for itself whether its layout still holds.

mod choice;
mod hash;
mod health;
mod known;
mod measured;
mod places;
mod seat;
mod told;
mod turn;

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use arc_swap::ArcSwap;
use http::HeaderValue;
use paifang_model::Channel;
use paifang_model::channel::{Balance, HealthCheck};
use paifang_model::id::ChannelId;
use smallvec::SmallVec;

use crate::exchange::now_ms;
use choice::Choice;
pub(crate) use health::start as start_probing;
use known::Standing;
pub use known::{MemberHealth, MemberState};
pub use measured::Picks;
pub(crate) use seat::{Lease, Seat};

/// Members that a call was sent to already, and is not sent to again while there are others.
pub(crate) type Tried = SmallVec<[Arc<Seat>; 2]>;

/// Who takes a call.
#[derive(Debug)]
pub(crate) struct Picked {
    pub(crate) seat: Arc<Seat>,
    /// Whether another, which was not tried yet, could take it instead.
    pub(crate) has_others: bool,
}

/// A channel, ready to pick from.
#[derive(Debug)]
pub(crate) struct ChannelEntry {
    /// Its id.
    pub(crate) id: ChannelId,
    /// Its name.
    pub(crate) name: Box<str>,
    /// Its members.
    pub(crate) seats: Box<[Arc<Seat>]>,
    /// The host that members are told; none: the caller's.
    pub(crate) host: Option<HeaderValue>,
    /// How members are asked whether they are well; none: they are not asked.
    pub(crate) check: Option<HealthCheck>,
    balance: Balance,
    choice: ArcSwap<Choice>,
    next: AtomicUsize,
}

/// What a pick goes by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct By<'c> {
    /// The client's address.
    pub(crate) client: IpAddr,
    /// The path that was asked for.
    pub(crate) path: &'c str,
}

impl ChannelEntry {
    /// Makes a channel ready; what was known of members that stay is kept.
    pub(crate) fn new(channel: &Channel, before: Option<&Self>) -> Self {
        let check = channel.health.clone().filter(|check| check.enabled);
        let known = before.map_or(&[] as &[_], |before| &before.seats);
        let seats: Box<[_]> = channel
            .members
            .iter()
            .zip(channel.shares())
            .filter(|(member, _)| member.enabled)
            .filter_map(|(member, share)| Seat::new(channel, member, share, known))
            .map(Arc::new)
            .collect();
        let counts = what_counts(check.as_ref());
        let next = before.map_or(0, |before| before.next.load(Ordering::Relaxed));
        Self {
            id: channel.id,
            name: channel.name.as_str().into(),
            host: channel.host.as_deref().and_then(|host| HeaderValue::try_from(host).ok()),
            check,
            balance: channel.balance,
            choice: ArcSwap::from_pointee(Choice::of(channel.balance, &seats, counts)),
            seats,
            next: AtomicUsize::new(next),
        }
    }

    /// A member that takes the call; none when no member takes calls.
    pub(crate) fn pick(&self, by: By<'_>, tried: &Tried) -> Option<Picked> {
        let choice = self.choice.load();
        let turn = || self.next.fetch_add(1, Ordering::Relaxed);
        let seat = choice.pick(by, turn, tried)?;
        Some(Picked { seat: Arc::clone(seat), has_others: choice.has_others(seat, tried) })
    }

    /// Counts a call as under way at a member, where picks go by that.
    pub(crate) fn lease(&self, seat: &Arc<Seat>) -> Option<Lease> {
        (self.balance == Balance::WeightedLeastConnection).then(|| seat.lease())
    }

    /// Lays out anew who may be picked, where a member stands otherwise than it did. That may take a tenth of a second, so no
    /// worker does it; one thread does, so that an older layout never comes last.
    fn refresh(&self) {
        let counts = what_counts(self.check.as_ref());
        if !self.choice.load().holds(&self.seats, counts) {
            self.choice.store(Arc::new(Choice::of(self.balance, &self.seats, counts)));
        }
    }

    /// Notes that a member could not be connected to. Whether it is left out from now on: then who looks after members has to
    /// be told.
    pub(crate) fn note_unreachable(&self, seat: &Seat, reason: &str, now_ms: i64) -> bool {
        let is_left_out = seat.known.note_unreachable(reason, now_ms);
        if is_left_out {
            self.log_left_out(seat, reason);
        }
        is_left_out
    }

    fn log_left_out(&self, seat: &Seat, reason: &str) {
        tracing::warn!(channel.id = %self.id, member = %seat.name, reason,
            "`{}` of channel `{}` is left out: {reason}", seat.name, self.name);
    }

    /// Notes why a member that was knocked at took no connection; none: it did.
    fn note_knock(&self, seat: &Seat, failure: Option<&str>) {
        if !seat.known.note_knock(failure, now_ms()) {
            return;
        }
        match failure {
            None => tracing::info!(channel.id = %self.id, member = %seat.name,
                "`{}` of channel `{}` is let in again", seat.name, self.name),
            Some(reason) => self.log_left_out(seat, reason),
        }
    }

    /// The state of each member, as this node's calls go by it: one that is well again takes calls once it is laid out.
    pub(crate) fn health(&self) -> Vec<MemberHealth> {
        let choice = self.choice.load();
        self.seats.iter().zip(choice.stood()).map(|(seat, stood)| seat.known.health(seat.id, stood)).collect()
    }
}

/// Without health checks nobody is unwell.
fn what_counts(check: Option<&HealthCheck>) -> Standing {
    if check.is_some() { Standing::ANY } else { Standing::OUT }
}

#[cfg(test)]
mod tests;
