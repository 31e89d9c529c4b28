//! Who may be picked now, laid out for the way in which a channel picks.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use paifang_model::channel::Balance;

use super::places::Places;
use super::seat::Seat;
use super::turn::Turn;
use super::{By, Tried};

/// Who may be picked now.
#[derive(Debug)]
pub(super) enum Choice {
    /// In turn, by weight.
    Turn(Turn),
    /// The one with the fewest calls under way for its weight.
    Least(Box<[Arc<Seat>]>),
    /// The one whose place the client's address falls on.
    Source(Places),
    /// The one whose place the path falls on.
    Uri(Places),
}

impl Choice {
    /// Lays out members.
    pub(super) fn of(balance: Balance, seats: &[Arc<Seat>]) -> Self {
        let able = able(seats);
        match balance {
            Balance::WeightedRoundRobin => Self::Turn(Turn::of(&able)),
            Balance::WeightedLeastConnection => Self::Least(able.into()),
            Balance::SourceHash => Self::Source(Places::of(able, |seat| seat.weight)),
            Balance::UriHash => Self::Uri(Places::of(able, |_| 1)),
        }
    }

    /// A member, in turn where that matters; one that was tried already only when there is no other.
    pub(super) fn pick(&self, by: By<'_>, turn: impl Fn() -> usize, tried: &Tried) -> Option<&Arc<Seat>> {
        match self {
            Self::Turn(turns) => turns.pick(turn, tried),
            Self::Least(seats) => least(seats, turn(), tried),
            Self::Source(places) => places.pick(hash(&by.client.to_canonical()), tried),
            Self::Uri(places) => places.pick(hash(by.path), tried),
        }
    }
}

/// Whether a member was tried already.
pub(super) fn was_tried(tried: &Tried, seat: &Arc<Seat>) -> bool {
    tried.iter().any(|other| other.name == seat.name)
}

/// The members that calls go to: those that are well, else backup members that are. When all that are well were left out
/// because they could not be reached, they are tried all the same: that was a guess, and there is nobody else.
fn able(seats: &[Arc<Seat>]) -> Vec<Arc<Seat>> {
    let weighty = || seats.iter().filter(|seat| seat.weight > 0 && seat.is_well());
    let tiers = [(false, false), (true, false), (false, true), (true, true)];
    let tier = |(backup, left_out): (bool, bool)| {
        weighty()
            .filter(|seat| seat.backup == backup && seat.is_left_out() == left_out)
            .map(Arc::clone)
            .collect::<Vec<_>>()
    };
    tiers.into_iter().map(tier).find(|able| !able.is_empty()).unwrap_or_default()
}

/// Compares `under way / weight` without dividing. Where several are alike, they take turns.
fn least<'s>(seats: &'s [Arc<Seat>], turn: usize, tried: &Tried) -> Option<&'s Arc<Seat>> {
    let load = |seat: &Arc<Seat>| u64::from(seat.under_way()) + 1;
    let begin = turn.checked_rem(seats.len())?;
    let around = seats[begin..].iter().chain(&seats[..begin]);
    let lightest = |light: &'s Arc<Seat>, seat: &'s Arc<Seat>| {
        let less = load(seat) * u64::from(light.weight) < load(light) * u64::from(seat.weight);
        if less { seat } else { light }
    };
    around.clone().filter(|seat| !was_tried(tried, seat)).reduce(lightest).or_else(|| around.reduce(lightest))
}

/// The same on every node and after every start: it has no key.
fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
