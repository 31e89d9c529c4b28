//! Limits that all nodes of a cluster count together, through Redis.
//!
//! A node takes places from Redis in advance, and gives them to its calls without asking again: a twentieth of what is
//! left for each node, so that a busy limit costs a question now and then, and one place at a time near its end, so that
//! hardly any is left over at one node while another refuses. Redis never gives more than there are, so nodes together
//! never exceed a limit by what they took. A call that needs places of several limits asks for all in one round trip.
//!
//! Every node counts for itself as well, before it looks here. So a node that loses Redis goes on with what it counted,
//! and never lets more through by itself than the limit.

mod lease;
mod link;
mod script;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests;

use std::io;

use smallvec::SmallVec;

use super::{Claim, Refused};
use lease::Leases;
use link::Link;
pub use link::{RedisUrl, Standing as RedisStanding};
use script::Question;

/// Leases that a node keeps at most; each costs some 60 bytes.
const LEASES_AT_MOST: usize = 1 << 20;

/// More claims than most calls have.
type Few<T> = SmallVec<[T; 4]>;

/// When windows end, in milliseconds since 1970, by the indices of their claims.
pub(crate) type Ends = Few<(usize, i64)>;

/// The limits that nodes count together.
#[derive(Debug)]
pub(crate) struct Cluster {
    leases: Leases,
    link: Link,
}

impl Cluster {
    /// Begins to look for Redis. Until it is found, nothing is shared.
    ///
    /// # Errors
    /// When the operating system gives no thread.
    pub(crate) fn start(url: &RedisUrl) -> io::Result<Self> {
        Ok(Self { leases: Leases::new(LEASES_AT_MOST), link: Link::start(url)? })
    }

    /// Takes one call from every claim, or from none. Asks Redis only for claims of which this node has no place left.
    /// While Redis is away, every claim has room here. Says when windows end that began with the first call anywhere.
    ///
    /// # Errors
    /// A claim that no node has room for.
    pub(crate) async fn take(&self, claims: &[Claim], now_ms: i64) -> Result<Ends, Refused> {
        let missing = self.leases.take(claims, now_ms)?;
        if missing.is_empty() {
            return Ok(Ends::new());
        }
        let questions: Few<Question> =
            missing.iter().map(|index| Question::new(&claims[*index], now_ms)).collect();
        match self.link.ask(&questions).await {
            Some(grants) => {
                self.leases.settle(claims, &missing, &grants, now_ms)?;
                let told = missing.into_iter().zip(grants);
                let told = told.filter(|(index, _)| claims[*index].window.is_from_first_call());
                Ok(told.map(|(index, grant)| (index, now_ms.saturating_add(grant.wait_ms))).collect())
            }
            None => Ok(Ends::new()),
        }
    }

    /// How many calls a claim has left, as far as this node knows; none: it has not asked in this window.
    pub(crate) fn peek(&self, claim: &Claim, now_ms: i64) -> Option<u32> {
        self.leases.peek(claim, now_ms)
    }

    /// How Redis is.
    pub(crate) fn standing(&self) -> RedisStanding {
        self.link.standing()
    }

    /// Forgets what is over. To be called every few seconds.
    pub(crate) fn sweep(&self, now_ms: i64) {
        self.leases.sweep(now_ms);
    }
}
