//! What a number is now: as it was changed, or as the profile says.

use paifang_model::limits::Limits;
use paifang_model::quota::Item;
use paifang_model::{Dialect, Quota, QuotaName};
use paifang_store::Query;

use crate::control::Control;
use crate::error::Error;

impl Control {
    /// The number of an item for groups of a dialect; none: off. It is read anew each time, so that a change holds from
    /// the next call on, whichever node made it.
    pub(crate) async fn number(&self, item: Item, dialect: Option<Dialect>) -> Result<Option<u64>, Error> {
        let name = QuotaName::of(item, dialect);
        let changed = self.documents().look::<Quota>(Quota::id_of(name)).await?;
        let default = || name.default_in(self.settings().profile);
        Ok(changed.map_or_else(default, |changed| changed.value.value))
    }

    /// What a call to a group of a dialect may cost.
    pub(crate) async fn limits(&self, dialect: Dialect) -> Result<Limits, Error> {
        let changed = self.documents().all::<Quota>(Query::of::<Quota>()).await?;
        let limits = Limits::of(self.settings().profile, dialect);
        Ok(limits.changed(dialect, changed.iter().map(|quota| &quota.value)))
    }
}
