//! Taking a call from several counters: from all, or from none.

use smallvec::SmallVec;

use super::counter::{Counted, Counter};
use super::{Key, Window};

/// One limit that a call wants a place in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// What is counted.
    pub key: Key,
    /// Calls allowed in a window; 0 allows none.
    pub limit: u32,
    /// The window.
    pub window: Window,
}

/// The same, with the counter at hand.
#[derive(Debug, Clone, Copy)]
pub struct Held<'c> {
    /// The counter.
    pub counter: &'c Counter,
    /// Calls allowed in a window; 0 allows none.
    pub limit: u32,
}

/// Where a limit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Calls allowed in a window.
    pub limit: u32,
    /// Calls left in this one.
    pub remaining: u32,
    /// The window.
    pub window: Window,
    /// Milliseconds until the next one begins.
    pub reset_in_ms: i64,
}

/// A call that has its place in every limit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// In the order of the claims.
    pub(super) counted: SmallVec<[Counted; 4]>,
}

/// A limit has no room. No other one counts the call either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("limit {index} of the call has no room: {limit} calls in {} s, more in {reset_in_ms} ms", .window.length_s())]
pub struct Refused {
    /// Which of the claims it is.
    pub index: usize,
    /// Calls allowed in a window.
    pub limit: u32,
    /// Calls left: 0, unless earlier claims of the same call want them.
    pub remaining: u32,
    /// The window.
    pub window: Window,
    /// Milliseconds until the next window begins.
    pub reset_in_ms: i64,
}

/// Takes one call from every claim, or from none. `now_ms` is in milliseconds since 1970, read just before.
///
/// # Errors
/// The first claim that has no room.
pub fn take(claims: &[Held<'_>], now_ms: i64) -> Result<Taken, Refused> {
    look(claims, now_ms)?;
    count(claims, now_ms)
}

/// A call that cannot succeed changes nothing, or else it could take the last place from one that can.
fn look(claims: &[Held<'_>], now_ms: i64) -> Result<(), Refused> {
    // For a single claim, taking it is the look.
    let [_, _, ..] = claims else { return Ok(()) };
    for (index, claim) in claims.iter().enumerate() {
        let standing = claim.counter.standing(claim.limit, now_ms);
        let before =
            claims[..index].iter().filter(|other| std::ptr::eq(other.counter, claim.counter)).count();
        if standing.remaining as usize <= before {
            return Err(Refused::new(index, standing));
        }
    }
    Ok(())
}

/// Another call may have come between the look and this: then what was counted is given back.
fn count(claims: &[Held<'_>], now_ms: i64) -> Result<Taken, Refused> {
    let mut counted: SmallVec<[Counted; 4]> = SmallVec::new();
    for (index, claim) in claims.iter().enumerate() {
        match claim.counter.take(claim.limit, now_ms) {
            Ok(one) => counted.push(one),
            Err(standing) => {
                for (claim, one) in claims.iter().zip(counted) {
                    claim.counter.give_back(one);
                }
                return Err(Refused::new(index, standing));
            }
        }
    }
    Ok(Taken { counted })
}

impl Taken {
    /// Adds what was taken of further claims.
    pub(crate) fn join(&mut self, further: Self) {
        self.counted.extend(further.counted);
    }

    /// Where each limit stands after it, in the order of the claims.
    #[must_use]
    pub fn standings(&self) -> SmallVec<[Standing; 4]> {
        self.counted.iter().map(|one| one.standing).collect()
    }
}

impl Refused {
    const fn new(index: usize, standing: Standing) -> Self {
        let Standing { limit, remaining, window, reset_in_ms } = standing;
        Self { index, limit, remaining, window, reset_in_ms }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Without the look before, as when another call comes between the two.
    #[test]
    fn what_was_counted_before_a_refusal_is_given_back() {
        let (wide, narrow) = (Counter::new(Window::DAY), Counter::new(Window::DAY));
        let claims = [Held { counter: &wide, limit: 9 }, Held { counter: &narrow, limit: 1 }];
        assert!(count(&claims, 0).is_ok());
        assert_eq!(count(&claims, 0).map_err(|refused| refused.index), Err(1));
        assert_eq!(wide.standing(9, 0).remaining, 8);
    }
}
