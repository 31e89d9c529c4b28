//! Who may be picked, laid out for the way in which a channel picks.

use std::cmp::Ordering;
use std::sync::Arc;

use paifang_model::channel::Balance;

use super::known::Standing;
use super::places::Places;
use super::seat::Seat;
use super::turn::Turn;
use super::{By, Tried, hash};

/// Who may be picked, by how the members stood when it was laid out. Whoever cannot be reached since then is passed over.
#[derive(Debug)]
pub(super) struct Choice {
    way: Way,
    /// What a member is passed over for.
    hinders: Standing,
    /// How each member of the channel stood.
    stood: Box<[Standing]>,
}

#[derive(Debug)]
enum Way {
    /// In turn, by weight.
    Turn(Turn),
    /// The one with the fewest calls under way for its weight.
    Least(Turn),
    /// The one whose place the client's address falls on.
    Source(Places),
    /// The one whose place the path falls on.
    Uri(Places),
}

impl Choice {
    /// Lays out members. What does not count keeps no calls away.
    pub(super) fn of(balance: Balance, seats: &[Arc<Seat>], counts: Standing) -> Self {
        let stood: Box<[_]> = seats.iter().map(|seat| seat.standing() & counts).collect();
        let (able, tier) = able(seats, &stood);
        let way = match balance {
            Balance::WeightedRoundRobin => Way::Turn(Turn::of(able)),
            Balance::WeightedLeastConnection => Way::Least(Turn::of(able)),
            Balance::SourceHash => Way::Source(Places::of(able, |seat| seat.weight)),
            Balance::UriHash => Way::Uri(Places::of(able, |_| 1)),
        };
        Self { way, hinders: counts.without(tier), stood }
    }

    /// Whether the members stand as they did when it was laid out.
    pub(super) fn holds(&self, seats: &[Arc<Seat>], counts: Standing) -> bool {
        self.stood().eq(seats.iter().map(|seat| seat.standing() & counts))
    }

    /// How each member of the channel stood when it was laid out.
    pub(super) fn stood(&self) -> impl Iterator<Item = Standing> {
        self.stood.iter().copied()
    }

    /// A member, in turn where that matters; one that was tried already only when there is no other.
    pub(super) fn pick(&self, by: By<'_>, turn: impl Fn() -> usize, tried: &Tried) -> Option<&Arc<Seat>> {
        let key = match &self.way {
            Way::Turn(_) | Way::Least(_) => turn() as u64,
            Way::Source(_) => hash::of_address(by.client),
            Way::Uri(_) => hash::of_bytes(by.path.as_bytes()),
        };
        let is_free = |seat: &Arc<Seat>| self.is_free(seat);
        self.find(key, |seat| is_free(seat) && !was_tried(tried, seat))
            .or_else(|| self.find(key, is_free))
            .or_else(|| self.find(key, |_| true))
    }

    /// Whether there is another than the one that was picked, which was not tried yet.
    pub(super) fn has_others(&self, picked: &Arc<Seat>, tried: &Tried) -> bool {
        let seats = self.seats();
        let is_other =
            |seat: &Arc<Seat>| seat.name != picked.name && self.is_free(seat) && !was_tried(tried, seat);
        seats.len() > 1 && (tried.is_empty() || seats.iter().any(is_other))
    }

    fn is_free(&self, seat: &Seat) -> bool {
        seat.standing() & self.hinders == Standing::GOOD
    }

    fn seats(&self) -> &[Arc<Seat>] {
        match &self.way {
            Way::Turn(turn) | Way::Least(turn) => turn.seats(),
            Way::Source(places) | Way::Uri(places) => places.seats(),
        }
    }

    fn find(&self, key: u64, may: impl Fn(&Arc<Seat>) -> bool) -> Option<&Arc<Seat>> {
        match &self.way {
            Way::Turn(turn) => turn.pick(key, may),
            Way::Least(turn) => least(turn, key, may),
            Way::Source(places) | Way::Uri(places) => places.pick(key, may),
        }
    }

    #[cfg(test)]
    pub(super) fn turn(&self) -> Option<&Turn> {
        if let Way::Turn(turn) = &self.way { Some(turn) } else { None }
    }
}

/// Whether a member was tried already.
pub(super) fn was_tried(tried: &Tried, seat: &Seat) -> bool {
    tried.iter().any(|other| other.name == seat.name)
}

/// The members that calls go to, and how they stand: those that are well, else backup members that are. When all that are
/// well were left out because they could not be reached, they are tried all the same: that was a guess, and there is nobody
/// else.
fn able(seats: &[Arc<Seat>], stood: &[Standing]) -> (Vec<Arc<Seat>>, Standing) {
    let weighty = || seats.iter().zip(stood).filter(|(seat, _)| seat.weight > 0);
    let tier = |(backup, standing): (bool, Standing)| {
        let of_it = weighty().filter(|(seat, stood)| seat.backup == backup && **stood == standing);
        (of_it.map(|(seat, _)| Arc::clone(seat)).collect::<Vec<_>>(), standing)
    };
    let tiers =
        [(false, Standing::GOOD), (true, Standing::GOOD), (false, Standing::OUT), (true, Standing::OUT)];
    tiers.into_iter().map(tier).find(|(able, _)| !able.is_empty()).unwrap_or_default()
}

/// The one with the least `under way / weight`, which is compared without dividing; in turn, by weight, where several are
/// alike, as all are when nothing is under way (spec: huawei/vpc-channels.md, "Algorithms").
fn least(turn: &Turn, number: u64, may: impl Fn(&Arc<Seat>) -> bool) -> Option<&Arc<Seat>> {
    let (mut light, mut is_alone): (Option<Load<'_>>, _) = (None, true);
    for seat in turn.seats().iter().filter(|seat| may(seat)) {
        let load = Load { calls: seat.under_way(), seat };
        match light.as_ref().map_or(Ordering::Less, |light| load.cmp(light)) {
            Ordering::Less => (light, is_alone) = (Some(load), true),
            Ordering::Equal => is_alone = false,
            Ordering::Greater => {}
        }
    }
    let light = light?;
    if is_alone {
        return Some(light.seat);
    }
    let is_alike =
        |seat: &Arc<Seat>| may(seat) && Load { calls: seat.under_way(), seat }.cmp(&light) == Ordering::Equal;
    // Meanwhile calls may have come to all of them.
    turn.pick(number, is_alike).or(Some(light.seat))
}

struct Load<'s> {
    calls: u32,
    seat: &'s Arc<Seat>,
}

impl Load<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let times = |load: &Self, weight: u64| u128::from(load.calls) * u128::from(weight);
        times(self, other.seat.weight).cmp(&times(other, self.seat.weight))
    }
}
