//! Members in turn: the smooth weighted round robin, laid out once.

use std::sync::Arc;

use super::seat::Seat;

/// The most places in one turn; weights are scaled down to fit.
const TURN_AT_MOST: u64 = 10_000;

/// One turn: each member as often as its weight says.
#[derive(Debug)]
pub(super) struct Turn(Box<[Arc<Seat>]>);

impl Turn {
    /// Every step each member gains its weight; the richest is picked and pays the sum.
    pub(super) fn of(seats: &[Arc<Seat>]) -> Self {
        let weights = scaled(seats.iter().map(|seat| seat.weight).collect());
        let sum: i64 = weights.iter().sum();
        let mut credit = vec![0; weights.len()];
        let mut turn = Vec::new();
        for _ in 0..sum {
            credit.iter_mut().zip(&weights).for_each(|(credit, weight)| *credit += weight);
            let richest = (0..credit.len()).max_by_key(|index| (credit[*index], std::cmp::Reverse(*index)));
            let Some(richest) = richest else { break };
            credit[richest] -= sum;
            turn.push(Arc::clone(&seats[richest]));
        }
        Self(turn.into())
    }

    /// The next in turn who may be picked.
    pub(super) fn pick(&self, turn: u64, may: impl Fn(&Arc<Seat>) -> bool) -> Option<&Arc<Seat>> {
        let at = usize::try_from(turn.checked_rem(self.0.len() as u64)?).ok()?;
        self.0[at..].iter().chain(&self.0[..at]).find(|seat| may(seat))
    }

    /// Who takes part, each at least once.
    pub(super) fn seats(&self) -> &[Arc<Seat>] {
        &self.0
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
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
