//! Consistent hashing: places, each of which belongs to the member that wins it by weighted rendezvous.
//!
//! Whoever wins a place wins it against every other member alone, so that a member that leaves gives up its own places
//! and moves nobody else's, and one that comes takes only what it wins. A pick is one look into the table.

use std::sync::Arc;

use super::hash;
use super::seat::Seat;

/// How many places there are; never another number, or all would move. With 200 members each has about 80.
const PLACES: u64 = 16_384;

/// The places, and whose they are.
#[derive(Debug)]
pub(super) struct Places {
    seats: Box<[Arc<Seat>]>,
    /// What each takes part with, in the same order.
    members: Box<[Member]>,
    /// The member of each place, by its position.
    owners: Box<[u16]>,
}

#[derive(Debug)]
struct Member {
    seed: u64,
    weight: f64,
}

impl Places {
    pub(super) fn of(seats: Vec<Arc<Seat>>, weight: impl Fn(&Seat) -> u64) -> Self {
        let member = |seat: &Arc<Seat>| Member {
            seed: hash::of_bytes(seat.name.as_bytes()),
            weight: weight(seat) as f64,
        };
        let members: Box<[_]> = seats.iter().map(member).collect();
        let owner = |place| winner(&members, place, |_| true).unwrap_or_default();
        let owners = if members.is_empty() { Box::default() } else { (0..PLACES).map(owner).collect() };
        Self { seats: seats.into(), members, owners }
    }

    /// The member whose place a hash falls on; where that one may not be, the next best of the place.
    pub(super) fn pick(&self, hash: u64, may: impl Fn(&Arc<Seat>) -> bool) -> Option<&Arc<Seat>> {
        let place = hash % PLACES;
        let owner = self.seat(*self.owners.get(usize::try_from(place).unwrap_or_default())?)?;
        if may(owner) {
            return Some(owner);
        }
        let next = winner(&self.members, place, |index| may(&self.seats[index]));
        next.and_then(|next| self.seat(next))
    }

    /// Who takes part.
    pub(super) fn seats(&self) -> &[Arc<Seat>] {
        &self.seats
    }

    fn seat(&self, index: u16) -> Option<&Arc<Seat>> {
        self.seats.get(usize::from(index))
    }
}

/// The member with the least `-ln(u) / weight`, where `u` is drawn for the member and the place: each wins as often as
/// its weight says.
fn winner(members: &[Member], place: u64, may: impl Fn(usize) -> bool) -> Option<u16> {
    let cost = |member: &Member| -unit(mixed(member.seed ^ mixed(place))).ln() / member.weight;
    let costs = members
        .iter()
        .enumerate()
        .filter(|(index, _)| may(*index))
        .map(|(index, member)| (index, cost(member)));
    let least = costs.min_by(|(_, left), (_, right)| left.total_cmp(right));
    least.and_then(|(index, _)| u16::try_from(index).ok())
}

/// The finaliser of SplitMix64: every bit of the input moves every bit of the output.
const fn mixed(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// A number above 0 and at most 1.
#[expect(clippy::cast_precision_loss, reason = "53 bits are exact")]
fn unit(bits: u64) -> f64 {
    ((bits >> 11) + 1) as f64 / (1_u64 << 53) as f64
}
