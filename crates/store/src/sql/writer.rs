//! The one writer: takes what waits, makes it one transaction, answers when it is on disk.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot, watch};
use tracing::{debug, warn};

use crate::batch::Batch;
use crate::error::{CommitError, Conflict, Conflicts, StoreError};
use crate::sql::{Home, Session, Sql, apply, feed};

/// The most works in one transaction.
const GROUP: usize = 64;

/// Work that waits, and who waits for it.
pub(crate) struct Pending {
    pub(crate) work: Work,
    pub(crate) reply: oneshot::Sender<Result<u64, CommitError>>,
}

/// What the writer does.
pub(crate) enum Work {
    /// Makes a change.
    Commit(Batch),
    /// Forgets changes up to and with a revision.
    Forget { through: u64 },
}

/// The revision after a work, or why it was refused.
type Outcome = Result<u64, Vec<Conflict>>;

/// Works until nobody can hand in any more.
pub(crate) async fn run<H: Home>(home: Arc<H>, mut queue: mpsc::Receiver<Pending>, head: watch::Sender<u64>) {
    let mut group = Vec::with_capacity(GROUP);
    while queue.recv_many(&mut group, GROUP).await > 0 {
        settle(&*home, std::mem::take(&mut group), &head).await;
    }
}

/// Does a group; when the database fails, each work of it alone, so that none fails for its neighbours.
async fn settle<H: Home>(home: &H, group: Vec<Pending>, head: &watch::Sender<u64>) {
    match transact(home, &group).await {
        Ok(outcomes) => {
            debug!(works = group.len(), "committed");
            answer(group, outcomes, head);
        }
        Err(error) if group.len() == 1 => fail(group, error),
        Err(error) => {
            warn!(works = group.len(), %error, "a group of changes failed; trying each alone");
            for pending in group {
                let alone = vec![pending];
                match transact(home, &alone).await {
                    Ok(outcomes) => answer(alone, outcomes, head),
                    Err(error) => fail(alone, error),
                }
            }
        }
    }
}

fn answer(group: Vec<Pending>, outcomes: Vec<Outcome>, head: &watch::Sender<u64>) {
    if let Some(newest) = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()).max() {
        head.send_if_modified(|known| {
            let moved = newest > known;
            *known = (*known).max(*newest);
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

async fn transact<H: Home>(home: &H, group: &[Pending]) -> Result<Vec<Outcome>, StoreError> {
    let mut session = home.writer().await?;
    session.run(Sql::new("beginning a transaction", H::BEGIN)).await?;
    match work(&mut session, group).await {
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

async fn work<S: Session>(session: &mut S, group: &[Pending]) -> Result<Vec<Outcome>, StoreError> {
    let mut outcomes = Vec::with_capacity(group.len());
    for pending in group {
        session.run(Sql::new("setting a savepoint", "SAVEPOINT work")).await?;
        let outcome = perform(session, &pending.work).await?;
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

async fn perform<S: Session>(session: &mut S, work: &Work) -> Result<Outcome, StoreError> {
    match work {
        Work::Commit(batch) => apply::batch(session, batch).await,
        Work::Forget { through } => feed::forget(session, *through).await.map(Ok),
    }
}
