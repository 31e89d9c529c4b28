//! One batch within the transaction: the order of its steps is the meaning of a commit.

use std::collections::HashSet;

use crate::batch::Batch;
use crate::error::{Conflict, StoreError};
use crate::keyring::Keyring;
use crate::keys::KeyChange;
use crate::sql::{Session, Sql, audit, check, delete, feed, keys, put, task};

/// Makes the change; the caller undoes it when there are conflicts.
pub(super) async fn batch<S: Session>(
    session: &mut S,
    keyring: &Keyring,
    batch: &Batch,
) -> Result<Result<u64, Vec<Conflict>>, StoreError> {
    let mut conflicts = written_twice(batch);
    if !conflicts.is_empty() {
        return Ok(Err(conflicts));
    }
    let revision = take_revision(session, batch).await?;
    change_keys(session, keyring, batch, &mut conflicts).await?;
    check::before(session, &batch.expectations, &mut conflicts).await?;
    let puts = put::all(session, keyring, batch, revision, &mut conflicts).await?;
    let deleted = delete::all(session, &batch.writes, revision).await?;
    check::links(session, &puts, &mut conflicts).await?;
    check::uniqueness(session, &puts, &mut conflicts).await?;
    check::holders(session, &deleted, &mut conflicts).await?;
    check::after(session, &batch.expectations, &mut conflicts).await?;
    let wrote = (!batch.writes.is_empty()).then_some(revision);
    task::all(session, &batch.tasks, batch.now, wrote, &mut conflicts).await?;
    audit::append(session, &batch.audit, wrote).await?;
    Ok(if conflicts.is_empty() { Ok(revision) } else { Err(conflicts) })
}

async fn change_keys<S: Session>(
    session: &mut S,
    keyring: &Keyring,
    batch: &Batch,
    conflicts: &mut Vec<Conflict>,
) -> Result<(), StoreError> {
    let Some(change) = &batch.keys else { return Ok(()) };
    match change {
        KeyChange::Rotate => {
            let rotated = keys::rotate(session, keyring, batch.now).await?;
            conflicts.extend(rotated.err().map(|keys::OtherMaster| Conflict::OtherMasterKey));
        }
        KeyChange::Rewrap(master) => keys::rewrap(session, keyring.master(), master).await?,
    }
    Ok(())
}

/// The next revision; the newest one when nothing is written.
async fn take_revision<S: Session>(session: &mut S, batch: &Batch) -> Result<u64, StoreError> {
    if batch.writes.is_empty() {
        return Ok(feed::bounds(session).await?.head);
    }
    // First of all statements: on a home with several writers this row is what they queue for.
    let text = "UPDATE head SET revision = revision + 1 RETURNING revision";
    session.number(Sql::new("taking the next revision", text)).await
}

fn written_twice(batch: &Batch) -> Vec<Conflict> {
    let mut seen = HashSet::new();
    let keys = batch.writes.iter().map(|write| write.key());
    keys.filter(|key| !seen.insert(*key)).map(|key| Conflict::WrittenTwice { key }).collect()
}
