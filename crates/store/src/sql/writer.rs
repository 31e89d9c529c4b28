//! The one writer: takes what waits, makes it one transaction, answers when it is on disk.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot, watch};
use tracing::{debug, warn};

use crate::batch::Batch;
use crate::error::{CommitError, Conflict, Conflicts, StoreError};
use crate::keyring::Keyring;
use crate::keys::{ResealPlace, Resealed};
use crate::sql::{Home, Session, Sql, Unfinished, apply, feed, reseal};

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

/// Why a group was not done.
enum Failure {
    /// Its transaction could not begin.
    Begin(StoreError),
    /// Something in it failed, and all of it was undone.
    Work(StoreError),
    /// It was done or it was not.
    Unknown(StoreError),
}

/// Does a group. When something in it fails, each work of it is done alone, so that none fails for its neighbours.
async fn settle<H: Home>(home: &H, keyring: &Keyring, group: Vec<Pending>, head: &watch::Sender<u64>) {
    match transact(home, keyring, &group).await {
        Ok(outcomes) => {
            debug!(works = group.len(), "committed");
            answer(group, outcomes, head);
        }
        Err(Failure::Work(error)) if group.len() > 1 => {
            warn!(works = group.len(), %error, "a group of changes failed; trying each alone");
            each_alone(home, keyring, group, head).await;
        }
        Err(failure) => fail(group, &failure),
    }
}

async fn each_alone<H: Home>(home: &H, keyring: &Keyring, group: Vec<Pending>, head: &watch::Sender<u64>) {
    let mut rest = group.into_iter();
    while let Some(pending) = rest.next() {
        let alone = vec![pending];
        match transact(home, keyring, &alone).await {
            Ok(outcomes) => answer(alone, outcomes, head),
            // Where one cannot begin no other can, and nobody is to wait for that again and again.
            Err(failure @ Failure::Begin(_)) => fail(alone.into_iter().chain(rest.by_ref()), &failure),
            Err(failure) => fail(alone, &failure),
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

fn fail(group: impl IntoIterator<Item = Pending>, failure: &Failure) {
    for pending in group {
        let error = match failure {
            Failure::Begin(error) | Failure::Work(error) => CommitError::Store(error.clone()),
            Failure::Unknown(error) => CommitError::Unknown(error.clone()),
        };
        let _ = pending.reply.send(Err(error));
    }
}

async fn transact<H: Home>(home: &H, keyring: &Keyring, group: &[Pending]) -> Result<Vec<Outcome>, Failure> {
    let mut session = home.transaction().await.map_err(Failure::Begin)?;
    let done = work(&mut session, keyring, group).await;
    if let Err(Failure::Work(_)) = &done
        // Fails when the database has rolled back by itself, which is as good.
        && let Err(error) = session.run(Sql::new("rolling back", "ROLLBACK")).await
    {
        debug!(%error, "nothing to roll back");
    }
    done
}

async fn work<S: Session>(
    session: &mut S,
    keyring: &Keyring,
    group: &[Pending],
) -> Result<Vec<Outcome>, Failure> {
    let outcomes = perform_all(session, keyring, group).await.map_err(Failure::Work)?;
    // Rolled back to a savepoint, a page still counts as written: committing would sync the disk for nothing.
    if outcomes.iter().any(Outcome::is_ok) {
        session.commit().await.map_err(|unfinished| match unfinished {
            Unfinished::Undone(error) => Failure::Work(error),
            Unfinished::Unknown(error) => Failure::Unknown(error),
        })?;
    } else {
        let end = Sql::new("ending a transaction", "ROLLBACK");
        session.run(end).await.map_err(Failure::Work)?;
    }
    Ok(outcomes)
}

async fn perform_all<S: Session>(
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
