//! The places that a call has in its limits, slot by slot, until it is known whether it has all of them; and the nonce that it
//! may use once at all nodes together, because they are asked at the same time.

use std::sync::Arc;

use futures_util::future::{OptionFuture, join};

use super::Few;
use super::told::Terms;
use crate::authenticate::Nonce;
use crate::exchange::now_ms;
use crate::find::Found;
use crate::limits::{Answer, Claim, Cluster, Taken};
use crate::policy::{Force, Wanted};
use crate::refusal::Refusal;
use crate::shared::Shared;

/// What a call has of its limits so far; nothing where nothing is to be remembered.
#[derive(Default)]
pub(crate) struct Places(Option<Box<Held>>);

#[derive(Default)]
struct Held {
    /// What a caller is told of each limit.
    terms: Few<Terms>,
    /// What is wanted, in the same order; each has a place in this process.
    claims: Few<Claim>,
    taken: Taken,
    /// The claims that have a place of the cluster's, by their indices, and when the window of each ends.
    ours: Few<(usize, i64)>,
    /// Those that the cluster is to be asked for.
    open: Few<usize>,
    /// What this node had not seen, and others may have.
    nonce: Option<Nonce>,
}

/// A claim that nobody has room for, by its index, and for how many milliseconds.
type Full = (usize, i64);

impl Places {
    /// Adds what was taken of a slot's limits in this process, and takes what this node has of the cluster's.
    ///
    /// # Errors
    /// A limit of which it is known that nobody has room; then all was given back.
    pub(super) fn add(
        &mut self,
        shared: &Shared,
        found: &Found,
        wanted: &[Wanted<'_>],
        claims: Few<Claim>,
        taken: Taken,
    ) -> Result<(), Refusal> {
        let mut held = self.0.take().unwrap_or_default();
        held.terms.extend(wanted.iter().map(Terms::of));
        held.claims.extend(claims);
        held.taken.join(taken);
        let added = wanted.iter().zip(held.claims.len() - wanted.len()..);
        // What only tells refuses nowhere.
        let refusing = added.filter(|(wanted, _)| wanted.rule.force == Force::Refuses);
        let cluster = shared.cluster.as_ref();
        let full =
            cluster.and_then(|cluster| held.take_ours(shared, cluster, refusing.map(|(_, index)| index)));
        if let Some(full) = full {
            return Err(held.refuse(shared, found, full));
        }
        self.0 = Some(held);
        Ok(())
    }

    /// Remembers a nonce until the cluster is asked.
    pub(crate) fn remember(&mut self, shared: &Shared, nonce: Option<Nonce>) {
        if nonce.is_some() && shared.cluster.is_some() {
            self.0.get_or_insert_default().nonce = nonce;
        }
    }

    /// Asks the cluster for all that is open, at once.
    ///
    /// # Errors
    /// The first limit that no node has room for; then all was given back. Or a node has seen the nonce, which counts.
    pub(super) async fn ask(&mut self, shared: &Shared, found: &Found) -> Result<(), Refusal> {
        let (Some(held), Some(cluster)) = (&mut self.0, &shared.cluster) else { return Ok(()) };
        if held.open.is_empty() && held.nonce.is_none() {
            return Ok(());
        }
        // Most calls ask nobody, and should not be as large as if they did.
        let (full, is_first_use) = Box::pin(held.ask(shared, cluster)).await;
        match (full, self.0.take()) {
            (Some(full), Some(held)) => Err(held.refuse(shared, found, full)),
            _ if is_first_use => Ok(()),
            _ => Err(Refusal::NonceUsed),
        }
    }

    /// A call is refused for another reason than a limit. It counts in the limits that it came by, or else calls that prove
    /// nothing could be made without end. So the cluster is asked for what is open; a limit without room refuses, as it came
    /// first, and so does a nonce that another node has seen.
    pub(crate) async fn count(&mut self, shared: &Shared, found: &Found) -> Option<Refusal> {
        self.ask(shared, found).await.err()
    }

    /// Gives back what was taken in every slot so far.
    pub(super) fn give_back(&mut self, shared: &Shared) {
        if let Some(held) = self.0.take() {
            held.give_back(shared);
        }
    }
}

impl Held {
    /// Takes this node's places of the cluster's.
    fn take_ours(
        &mut self,
        shared: &Shared,
        cluster: &Cluster,
        claims: impl Iterator<Item = usize>,
    ) -> Option<Full> {
        let now_ms = now_ms();
        for index in claims {
            match cluster.take(&self.claims[index], now_ms) {
                Answer::Taken { until_ms } => self.has(shared, index, until_ms),
                Answer::Unknown => self.open.push(index),
                Answer::Refused { reset_in_ms } => return Some((index, reset_in_ms)),
            }
        }
        None
    }

    /// Asks for what is open: the first limit without room, and whether the nonce is new.
    async fn ask(&mut self, shared: &Shared, cluster: &Arc<Cluster>) -> (Option<Full>, bool) {
        let (open, nonce, now_ms) = (std::mem::take(&mut self.open), self.nonce.take(), now_ms());
        let claims: Few<Claim> = open.iter().map(|index| self.claims[*index]).collect();
        let is_first_use = OptionFuture::from(nonce.map(|nonce| nonce.is_first_use(cluster, now_ms)));
        let (answers, is_first_use) = join(cluster.ask(&claims, now_ms), is_first_use).await;
        let mut full = None;
        for (index, answer) in open.into_iter().zip(answers) {
            match answer {
                Answer::Taken { until_ms } => self.has(shared, index, until_ms),
                Answer::Refused { reset_in_ms } => full = full.or(Some((index, reset_in_ms))),
                Answer::Unknown => {}
            }
        }
        (full, is_first_use.unwrap_or(true))
    }

    /// A claim has a place of the cluster's.
    fn has(&mut self, shared: &Shared, index: usize, until_ms: i64) {
        self.ours.push((index, until_ms));
        shared.limits.end_at(&self.claims[index], until_ms, now_ms());
    }

    /// All is given back, and the call is told of one limit.
    fn refuse(&self, shared: &Shared, found: &Found, (index, reset_in_ms): Full) -> Refusal {
        self.give_back(shared);
        self.terms[index].refusal(found, reset_in_ms)
    }

    fn give_back(&self, shared: &Shared) {
        shared.limits.give_back(&self.claims, &self.taken, now_ms());
        let Some(cluster) = &shared.cluster else { return };
        self.ours.iter().for_each(|(index, until_ms)| cluster.give_back(&self.claims[*index], *until_ms));
    }
}
