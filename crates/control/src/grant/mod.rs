//! Grants: which app may call which API in which stage, and until when.

mod create;
mod extend;
mod list;
mod revoke;

pub use create::GrantsDraft;
pub use list::GrantFilter;

use paifang_model::Grant;
use paifang_model::violation::Complaint;

use crate::noun::Noun;
use crate::resource::ResourcePath;

/// Grants made or revoked in one call.
const AT_ONCE: usize = 100;

/// Characters of a remark.
pub(crate) const REMARK_AT_MOST: usize = 400;

fn path_of(grant: &Grant) -> ResourcePath {
    crate::app::path(grant.app).then(Noun::Grant, grant.id)
}

/// An end that has passed already is a mistake.
pub(crate) fn check_until(until: Option<i64>, now: i64) -> Result<(), Complaint> {
    match until {
        Some(until) if until <= now => {
            Err(Complaint::range(format!("{until} is over: it must be later than now, {now}")))
        }
        _ => Ok(()),
    }
}
