//! A channel's members in the order in which they take calls.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::HeaderValue;
use paifang_model::Channel;
use paifang_model::channel::Member;
use paifang_model::definition::Scheme;

use super::route::Address;

/// A channel, ready to pick from.
#[derive(Debug)]
pub(crate) struct ChannelEntry {
    /// One turn of the smooth weighted round robin: each member as often as its weight says.
    turn: Box<[Arc<Address>]>,
    next: AtomicUsize,
    /// The host that members are told; none: the caller's.
    pub(crate) host: Option<HeaderValue>,
}

/// The most places in one turn; weights are scaled down to fit.
const TURN_AT_MOST: u64 = 10_000;

impl ChannelEntry {
    /// Lays the turn of a channel out.
    pub(crate) fn new(channel: &Channel) -> Self {
        let host = channel.host.as_deref().and_then(|host| HeaderValue::try_from(host).ok());
        Self { turn: lay_out(channel).into(), next: AtomicUsize::new(0), host }
    }

    /// The next member in turn; none when no member takes calls.
    pub(crate) fn pick(&self) -> Option<&Arc<Address>> {
        if self.turn.is_empty() {
            return None;
        }
        let index = self.next.fetch_add(1, Ordering::Relaxed) % self.turn.len();
        self.turn.get(index)
    }
}

/// Smooth weighted round robin: every step each member gains its weight, the richest is picked and pays the sum.
fn lay_out(channel: &Channel) -> Vec<Arc<Address>> {
    let takes_calls = |member: &&Member| member.enabled && member.weight > 0;
    let (members, weights): (Vec<_>, Vec<_>) =
        channel.members.iter().filter(takes_calls).filter_map(|member| place(channel, member)).unzip();
    let weights = scaled(weights);
    let sum: i64 = weights.iter().sum();
    let mut credit = vec![0; weights.len()];
    let mut turn = Vec::new();
    for _ in 0..sum {
        credit.iter_mut().zip(&weights).for_each(|(credit, weight)| *credit += weight);
        let Some(richest) = (0..credit.len()).max_by_key(|index| (credit[*index], std::cmp::Reverse(*index)))
        else {
            break;
        };
        credit[richest] -= sum;
        turn.push(Arc::clone(&members[richest]));
    }
    turn
}

/// Where a member is, and its weight. How it is spoken to is each API's to say.
fn place(channel: &Channel, member: &Member) -> Option<(Arc<Address>, u64)> {
    let port = if member.port == 0 { channel.port } else { member.port };
    Some((Arc::new(Address::new(&member.host, port, Scheme::Http)?), u64::from(member.weight)))
}

/// Divides by the greatest common divisor, and further when one turn would be too long; no weight becomes 0.
fn scaled(weights: Vec<u64>) -> Vec<i64> {
    let divisor = weights.iter().copied().fold(0, greatest_common_divisor).max(1);
    let sum: u64 = weights.iter().sum::<u64>() / divisor;
    let further = sum.div_ceil(TURN_AT_MOST).max(1);
    weights.into_iter().map(|weight| (weight / divisor / further).max(1).cast_signed()).collect()
}

fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use paifang_model::Member;
    use paifang_model::channel::Balance;
    use paifang_model::id::{ChannelId, MemberId};

    use super::*;

    fn channel(weights: &[u16]) -> Channel {
        let member = |(index, weight): (usize, &u16)| Member {
            id: MemberId::random(),
            host: format!("10.0.0.{index}"),
            port: 0,
            weight: *weight,
            enabled: true,
        };
        Channel {
            id: ChannelId::random(),
            name: "members".to_owned(),
            port: 80,
            balance: Balance::WeightedRoundRobin,
            members: weights.iter().enumerate().map(member).collect(),
            host: None,
        }
    }

    fn hosts(entry: &ChannelEntry, picks: usize) -> String {
        let picked = (0..picks).filter_map(|_| entry.pick());
        picked.map(|address| address.host.rsplit('.').next().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn weights_are_kept_and_spread() {
        let entry = ChannelEntry::new(&channel(&[5, 1, 1, 0]));
        assert_eq!(hosts(&entry, 14), "00102000010200");
    }

    #[test]
    fn large_weights_share_a_divisor() {
        let entry = ChannelEntry::new(&channel(&[10_000, 5_000]));
        assert_eq!(entry.turn.len(), 3);
    }

    #[test]
    fn nobody_is_picked_of_nobody() {
        assert!(ChannelEntry::new(&channel(&[])).pick().is_none());
        assert!(ChannelEntry::new(&channel(&[0])).pick().is_none());
    }
}
