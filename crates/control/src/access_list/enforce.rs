//! Which list is in force: one of each version of IP at most.

use paifang_model::AccessList;
use paifang_store::Query;

use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Where a list is in force, another one of its version gives way in the same change.
    pub(super) async fn instead_of_others(&self, change: Change, list: &AccessList) -> Result<Change, Error> {
        if list.enforced.is_none() {
            return Ok(change);
        }
        let of_version = Query::of::<AccessList>().eq("enforced", list.ip_version.name());
        let others = self.documents().all::<AccessList>(of_version).await?;
        let others = others.into_iter().filter(|other| other.value.id != list.id);
        Ok(others.fold(change, |change, other| {
            let released = AccessList { enforced: None, ..other.value.clone() };
            change.replace(&other, None, &released)
        }))
    }
}
