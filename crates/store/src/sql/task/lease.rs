//! Leases: compare and set on one row.

use crate::error::{Conflict, StoreError};
use crate::sql::{Session, Sql};
use crate::task::Lease;

/// Takes a lease that is free or over, or renews one's own.
pub(super) async fn take<S: Session>(
    session: &mut S,
    lease: &Lease,
    now: i64,
) -> Result<Result<(), Conflict>, StoreError> {
    let text = "INSERT INTO leases (name, holder, until) VALUES ($1, $2, $3)
        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
        WHERE leases.holder = excluded.holder OR leases.until <= $4 RETURNING name";
    let sql = Sql::new("taking a lease", text).with(lease.name).with(lease.holder).with(lease.until);
    let taken = session.rows(sql.with(now)).await?;
    Ok(if taken.is_empty() { Err(Conflict::Leased { name: lease.name }) } else { Ok(()) })
}

/// Gives a lease back.
pub(super) async fn give_back<S: Session>(session: &mut S, lease: &Lease) -> Result<(), StoreError> {
    let text = "DELETE FROM leases WHERE name = $1 AND holder = $2";
    session.run(Sql::new("giving a lease back", text).with(lease.name).with(lease.holder)).await
}
