//! Members in turn, by weight.
//!
//! Weights that come round soon are laid out as the smooth weighted round robin has them, which gives exact shares in every
//! round. Others would take a table of millions of places, or round the light ones off. There each pick falls on a point of
//! all weights laid end to end, and the points are multiples of the golden ratio: no sequence of picks, wherever it begins,
//! is spread more evenly, so that nobody is further from their share of `n` picks than `2 + log2(n)`.

use std::sync::Arc;

use paifang_model::channel::common_divisor;

use super::seat::Seat;

/// The most places in a round that is laid out.
const ROUND_AT_MOST: u64 = 10_000;
/// What the golden ratio leaves behind its point, as a fraction of 2^64.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// Members, each as often as its weight says.
#[derive(Debug)]
pub(super) struct Turn {
    seats: Box<[Arc<Seat>]>,
    /// Where the weight of each ends, laid end to end.
    ends: Box<[u64]>,
    /// One round, as positions in `seats`; empty: it is too long.
    round: Box<[u16]>,
}

impl Turn {
    pub(super) fn of(seats: Vec<Arc<Seat>>) -> Self {
        let divisor = seats.iter().map(|seat| seat.weight).fold(0, common_divisor).max(1);
        let weights: Vec<u64> = seats.iter().map(|seat| seat.weight / divisor).collect();
        let ends = weights.iter().scan(0, |end, weight| {
            *end += weight;
            Some(*end)
        });
        let ends: Box<[u64]> = ends.collect();
        let sum = ends.last().copied().unwrap_or_default();
        let round = if sum <= ROUND_AT_MOST { smooth(&weights, sum) } else { Box::default() };
        Self { seats: seats.into(), ends, round }
    }

    /// Who takes part.
    pub(super) fn seats(&self) -> &[Arc<Seat>] {
        &self.seats
    }

    /// The next in turn; where that one may not be, one of those who may, by weight.
    pub(super) fn pick(&self, turn: u64, may: impl Fn(&Arc<Seat>) -> bool) -> Option<&Arc<Seat>> {
        let next = self.seats.get(self.next(turn)?)?;
        if may(next) { Some(next) } else { self.among(turn, may) }
    }

    fn next(&self, turn: u64) -> Option<usize> {
        if let Some(at) = turn.checked_rem(self.round.len() as u64) {
            return self.round.get(usize::try_from(at).ok()?).map(|next| usize::from(*next));
        }
        let point = point(turn, *self.ends.last()?);
        Some(self.ends.partition_point(|end| *end <= point))
    }

    fn among(&self, turn: u64, may: impl Fn(&Arc<Seat>) -> bool) -> Option<&Arc<Seat>> {
        let those = || self.seats.iter().filter(|seat| may(seat));
        let mut left = point(turn, those().map(|seat| seat.weight).sum());
        those().find(|seat| match left.checked_sub(seat.weight) {
            Some(behind) => {
                left = behind;
                false
            }
            None => true,
        })
    }

    #[cfg(test)]
    pub(super) fn round(&self) -> usize {
        self.round.len()
    }
}

/// Every step each member gains its weight; the richest is picked and pays the sum.
fn smooth(weights: &[u64], sum: u64) -> Box<[u16]> {
    let (weights, sum) = (weights.iter().map(|weight| weight.cast_signed()), sum.cast_signed());
    let mut credits = vec![0; weights.len()];
    let step = |_| {
        credits.iter_mut().zip(weights.clone()).for_each(|(credit, weight)| *credit += weight);
        let richest = (0..credits.len()).max_by_key(|index| (credits[*index], std::cmp::Reverse(*index)))?;
        credits[richest] -= sum;
        u16::try_from(richest).ok()
    };
    (0..sum).map_while(step).collect()
}

/// The point below `sum` of this number; 0 when there is none.
fn point(number: u64, sum: u64) -> u64 {
    let product = u128::from(number.wrapping_mul(GOLDEN)) * u128::from(sum);
    (product >> 64) as u64
}
