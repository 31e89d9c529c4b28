//! Limits that all nodes of a cluster count together, through Redis, and nonces that each of them refuses once one has seen them.
//!
//! A node takes places from Redis in advance, and gives them to its calls without asking again: a hundredth of what is left
//! for each node, so that a busy limit costs a question now and then, and no more than calls want near its end, so that
//! hardly any is left over at one node while another refuses. Redis never gives more than there are, so nodes together
//! never exceed a limit by what they took. A call asks for all places that it needs in one round trip; calls that want
//! places of a limit at the same time are asked for together ([`Desk`]).
//!
//! Every node counts for itself as well, before it looks here. So a node that loses Redis goes on with what it counted,
//! and never lets more through by itself than the limit.

mod desk;
mod lease;
mod link;
mod script;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use smallvec::SmallVec;

use super::{Claim, Key};
use desk::{Desk, Due, Place};
use lease::Leases;
use link::Link;
pub use link::{RedisUrl, Standing as RedisStanding};
use script::Question;

/// Leases that a node keeps at most; each costs some 60 bytes.
const LEASES_AT_MOST: usize = 1 << 20;

/// How long a call waits at most: for the answer that is under way, and for its own. Each takes 200 ms at most, by what the
/// connection allows; this is for a thread that gets no time.
const WAIT_AT_MOST: Duration = Duration::from_millis(500);

/// How much longer a nonce is remembered, for nodes whose clocks are behind.
const CLOCKS_APART_MS: i64 = 60_000;

/// More claims than most calls have.
type Few<T> = SmallVec<[T; 4]>;

/// What becomes of a place that a call wants in a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It is the call's now.
    Taken {
        /// When the window ends that it is of, in milliseconds since 1970.
        until_ms: i64,
    },
    /// Nobody has one.
    Refused {
        /// Milliseconds until somebody has.
        reset_in_ms: i64,
    },
    /// Whoever was asked cannot say: this node has none, and others may; Redis is away, and this node counts alone.
    Unknown,
}

/// The limits that nodes count together.
#[derive(Debug)]
pub(crate) struct Cluster {
    leases: Leases,
    desk: Desk,
    link: Link,
}

impl Cluster {
    /// Begins to look for Redis. Until it is found, nothing is shared.
    ///
    /// # Errors
    /// When the operating system gives no thread.
    pub(crate) fn start(url: &RedisUrl) -> io::Result<Self> {
        Ok(Self { leases: Leases::new(LEASES_AT_MOST), desk: Desk::default(), link: Link::start(url)? })
    }

    /// Takes a place that this node has in advance. Where it has none, and others may, Redis is to be asked.
    pub(crate) fn take(&self, claim: &Claim, now_ms: i64) -> Answer {
        self.leases.take(claim, now_ms)
    }

    /// Asks Redis for a place of every claim, in one round trip. The answers are in the order of the claims.
    pub(crate) async fn ask(self: &Arc<Self>, claims: &[Claim], now_ms: i64) -> Few<Answer> {
        let unknown = || claims.iter().map(|_| Answer::Unknown).collect();
        if !self.link.is_there() {
            return unknown();
        }
        let (places, due) = self.desk.join(&self.leases, claims, now_ms);
        if !due.is_empty() {
            // Not by the call itself: others wait for it too, and it may be given up.
            self.link.spawn(put(Arc::clone(self), due));
        }
        let answered = tokio::time::timeout(WAIT_AT_MOST, answers(places)).await;
        answered.unwrap_or_else(|_| {
            self.desk.forget(claims, now_ms);
            unknown()
        })
    }

    /// Whether no other node has seen a nonce, which is remembered for so many milliseconds then. Where nobody can say, it
    /// counts as new: this node has not seen it.
    pub(crate) async fn is_first_use(&self, nonce: Key, for_ms: i64) -> bool {
        let name = format!("paifang:{}:nonce", hex::encode(nonce.to_bytes()));
        let for_ms = for_ms.saturating_add(CLOCKS_APART_MS).max(1).cast_unsigned();
        self.link.take_name(&name, for_ms).await.unwrap_or(true)
    }

    /// Gives a place back that a call had, of the window that ends then: it is this node's, for a later one.
    pub(crate) fn give_back(&self, claim: &Claim, until_ms: i64) {
        self.leases.give_back(claim, until_ms);
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

async fn answers(places: Few<Place>) -> Few<Answer> {
    let mut answers = Few::new();
    for place in places {
        answers.push(match place {
            Place::Settled(answer) => answer,
            Place::Coming(coming) => coming.await.unwrap_or(Answer::Unknown),
        });
    }
    answers
}

/// Puts questions to Redis, and those that have become due meanwhile.
async fn put(cluster: Arc<Cluster>, mut due: Vec<Due>) {
    while !due.is_empty() {
        let question = |due: &Due| Question::new(&due.claim, due.wanted(), due.asked_ms);
        let questions: Few<Question> = due.iter().map(question).collect();
        let Some(grants) = cluster.link.ask(&questions).await else {
            due.into_iter().for_each(|due| cluster.desk.nobody_answers(due));
            return;
        };
        let answered = due.into_iter().zip(grants);
        due =
            answered.filter_map(|(due, grant)| cluster.desk.answered(&cluster.leases, due, grant)).collect();
    }
}
