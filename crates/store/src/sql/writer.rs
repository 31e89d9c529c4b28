//! The one writer: takes what waits, makes it one transaction, answers when it is on disk.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot, watch};
use tracing::{debug, warn};

use crate::batch::Batch;
use crate::error::{CommitError, Conflict, Conflicts, StoreError};
use crate::keyring::Keyring;
use crate::keys::{ResealPlace, Resealed};
use crate::sql::{Home, Session, Sql, apply, feed, reseal};

/// The most works in one transaction.
const GROUP: usize = 64;

/// Work that waits, and who waits for it.
pub(crate) struct Pending {
    pub(crate) work: Work,
    pub(crate) reply: oneshot::Sender<Result<Done, CommitError>>,
}

/// What the writer does.
pub(crate) enum Work {
    /// Makes a change.
    Commit(Batch),
    /// Forgets changes up to and with a revision.
    Forget { through: u64 },
    /// Seals values anew.
    Reseal { after: Option<ResealPlace>, at_most: u32 },
}

/// What a work came to.
pub(crate) enum Done {
    /// The newest revision after it.
    Revision(u64),
    /// It sealed values anew.
    Resealed(Resealed),
}

/// What a work came to, or why it was refused.
type Outcome = Result<Done, Vec<Conflict>>;

/// Works until nobody can hand in any more.
pub(crate) async fn run<H: Home>(
    (home, keyring): (Arc<H>, Arc<Keyring>),
    mut queue: mpsc::Receiver<Pending>,
    head: watch::Sender<u64>,
) {
    let mut group = Vec::with_capacity(GROUP);
    while queue.recv_many(&mut group, GROUP).await > 0 {
        settle(&*home, &keyring, std::mem::take(&mut group), &head).await;
    }
}

/// Does a group; when the database fails, each work of it alone, so that none fails for its neighbours.
async fn settle<H: Home>(home: &H, keyring: &Keyring, group: Vec<Pending>, head: &watch::Sender<u64>) {
    match transact(home, keyring, &group).await {
        Ok(outcomes) => {
            debug!(works = group.len(), "committed");
            answer(group, outcomes, head);
        }
        Err(error) if group.len() == 1 => fail(group, error),
        Err(error) => {
            warn!(works = group.len(), %error, "a group of changes failed; trying each alone");
            for pending in group {
                let alone = vec![pending];
                match transact(home, keyring, &alone).await {
                    Ok(outcomes) => answer(alone, outcomes, head),
                    Err(error) => fail(alone, error),
                }
            }
        }
    }
}

fn answer(group: Vec<Pending>, outcomes: Vec<Outcome>, head: &watch::Sender<u64>) {
    let revisions = outcomes.iter().filter_map(|outcome| match outcome {
        Ok(Done::Revision(revision)) => Some(*revision),
        _ => None,
    });
    if let Some(newest) = revisions.max() {
        head.send_if_modified(|known| {
            let moved = newest > *known;
            *known = newest.max(*known);
            moved
        });
    }
    for (pending, outcome) in group.into_iter().zip(outcomes) {
        // Whoever went away misses the answer, not the change.
        let _ = pending.reply.send(outcome.map_err(|conflicts| CommitError::Refused(Conflicts(conflicts))));
    }
}

fn fail(alone: Vec<Pending>, error: StoreError) {
    if let Some(pending) = alone.into_iter().next() {
        let _ = pending.reply.send(Err(error.into()));
    }
}

async fn transact<H: Home>(
    home: &H,
    keyring: &Keyring,
    group: &[Pending],
) -> Result<Vec<Outcome>, StoreError> {
    let mut session = home.writer().await?;
    session.run(Sql::new("beginning a transaction", H::BEGIN)).await?;
    match work(&mut session, keyring, group).await {
        Ok(outcomes) => Ok(outcomes),
        Err(error) => {
            // Fails when the database has rolled back by itself, which is as good.
            if let Err(error) = session.run(Sql::new("rolling back", "ROLLBACK")).await {
                debug!(%error, "nothing to roll back");
            }
            Err(error)
        }
    }
}

async fn work<S: Session>(
    session: &mut S,
    keyring: &Keyring,
    group: &[Pending],
) -> Result<Vec<Outcome>, StoreError> {
    let mut outcomes = Vec::with_capacity(group.len());
    for pending in group {
        session.run(Sql::new("setting a savepoint", "SAVEPOINT work")).await?;
        let outcome = perform(session, keyring, &pending.work).await?;
        if outcome.is_err() {
            session.run(Sql::new("undoing a refused change", "ROLLBACK TO work")).await?;
        }
        session.run(Sql::new("releasing a savepoint", "RELEASE work")).await?;
        outcomes.push(outcome);
    }
    // Rolled back to a savepoint, a page still counts as written: committing would sync the disk for nothing.
    let end = if outcomes.iter().any(Outcome::is_ok) { "COMMIT" } else { "ROLLBACK" };
    session.run(Sql::new("ending a transaction", end)).await?;
    Ok(outcomes)
}

async fn perform<S: Session>(session: &mut S, keyring: &Keyring, work: &Work) -> Result<Outcome, StoreError> {
    Ok(match work {
        Work::Commit(batch) => apply::batch(session, keyring, batch).await?.map(Done::Revision),
        Work::Forget { through } => Ok(Done::Revision(feed::forget(session, *through).await?)),
        Work::Reseal { after, at_most } => {
            Ok(Done::Resealed(reseal::step(session, keyring, after.as_ref(), *at_most).await?))
        }
    })
}
