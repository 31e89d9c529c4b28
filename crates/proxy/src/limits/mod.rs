//! Counts calls per window, exactly within the process: one atomic cell per counter, changed by compare-and-swap. A
//! window that is [smooth](Window::smooth) is a token bucket in the same cell.
//!
//! A call takes all its limits or none. Windows are fixed and aligned to the epoch (days to midnight of a zone),
//! so what remains does not depend on when the first call came, unless a window is said to begin with it. A refused call is
//! not counted.
//!
//! **Order of time.** A counter never goes back to an earlier window: a call whose clock reading is older than
//! the counter's window counts in that window. Should the clock be set back, [`Limits::sweep`] lets counters that
//! are ahead of it start anew.
//!
//! **Bound.** When a shard of the table has no room for a new counter, those go whose window is over, then those
//! with the fewest calls, whose window ends soonest first, an eighth of the shard at once. Forgetting a live counter
//! lets its key start over; that is the only way in which a limit is ever exceeded, and it is by as many calls as were
//! forgotten: whoever fills the table with new counters drives out those first, and what was busy before stays. Counters that
//! are held are never forgotten.

mod bucket;
mod claim;
mod cluster;
mod counter;
mod kept;
mod key;
mod shard;
mod window;

use std::sync::Arc;

use smallvec::SmallVec;

pub use claim::{Claim, Held, Refused, Standing, Taken, take};
pub(crate) use cluster::{Answer, Cluster};
pub use cluster::{RedisStanding, RedisUrl};
pub use counter::Counter;
pub use kept::BadCounts;
pub use key::Key;
use shard::{Identity, Shard};
pub use window::Window;

/// Shards of the largest table; a power of two.
const SHARDS_AT_MOST: usize = 1024;

/// A shard with fewer counters than this would be evicted from before the table is near its bound.
const PER_SHARD_AT_LEAST: usize = 64;

/// The counters of the process. A shard's lock is held for a hash operation or a sweep of that shard.
#[derive(Debug)]
pub struct Limits {
    shards: Box<[Shard]>,
}

impl Limits {
    /// No counters yet, and at most about this many ever; each costs some 100 bytes.
    #[must_use]
    pub fn new(counters_at_most: usize) -> Self {
        let wanted = (counters_at_most / PER_SHARD_AT_LEAST).clamp(1, SHARDS_AT_MOST);
        // The power of two below it, so that a shard is picked by a mask.
        let count = 1 << wanted.ilog2();
        let per_shard = counters_at_most.div_ceil(count).max(1);
        Self { shards: (0..count).map(|_| Shard::new(per_shard)).collect() }
    }

    /// The counter of a key in windows of this length. One who keeps it spends no lookup; as long as it is kept
    /// it is the only one of its key and length.
    #[must_use]
    pub fn counter(&self, key: Key, window: Window, now_ms: i64) -> Arc<Counter> {
        let identity = Identity { key, window };
        self.shard(key).counter(identity, now_ms)
    }

    /// Takes one call from every claim, or from none. `now_ms` is in milliseconds since 1970, read just before.
    ///
    /// # Errors
    /// The first claim that has no room.
    pub fn take(&self, claims: &[Claim], now_ms: i64) -> Result<Taken, Refused> {
        let counters: SmallVec<[Arc<Counter>; 4]> =
            claims.iter().map(|claim| self.counter(claim.key, claim.window, now_ms)).collect();
        let held: SmallVec<[Held<'_>; 4]> = counters
            .iter()
            .zip(claims)
            .map(|(counter, claim)| Held { counter, limit: claim.limit })
            .collect();
        take(&held, now_ms)
    }

    /// Takes a call back that was taken from all of these claims.
    pub(crate) fn give_back(&self, claims: &[Claim], taken: &Taken, now_ms: i64) {
        for (claim, counted) in claims.iter().zip(&taken.counted) {
            self.counter(claim.key, claim.window, now_ms).give_back(*counted);
        }
    }

    /// Lets the window of a claim that began with the first call here end when it ends for all nodes; other windows end when
    /// they do.
    pub(crate) fn end_at(&self, claim: &Claim, end_ms: i64, now_ms: i64) {
        if !claim.window.is_from_first_call() {
            return;
        }
        self.counter(claim.key, claim.window, now_ms).end_at(end_ms);
    }

    /// How many calls a claim has left in its window. Makes no counter.
    #[must_use]
    pub fn peek(&self, claim: &Claim, now_ms: i64) -> u32 {
        let identity = Identity { key: claim.key, window: claim.window };
        let counter = self.shard(claim.key).find(&identity);
        counter.map_or(claim.limit, |counter| counter.standing(claim.limit, now_ms).remaining)
    }

    /// Drops counters that nobody holds and whose window has been over for ten seconds; lets those start anew
    /// that are more than a minute ahead of the clock. To be called every few seconds, with the clock as it is.
    pub fn sweep(&self, now_ms: i64) {
        for shard in &self.shards {
            shard.sweep(now_ms);
        }
    }

    /// How many counters there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shards.iter().map(Shard::len).sum()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn shard(&self, key: Key) -> &Shard {
        &self.shards[key.low() as usize & (self.shards.len() - 1)]
    }
}

/// A million counters, some 100 MB when all are in use.
impl Default for Limits {
    fn default() -> Self {
        Self::new(1 << 20)
    }
}
