//! Changes an access list.

use paifang_model::id::AccessListId;
use paifang_model::policy::Effect;
use paifang_model::{AccessList, AccessListEntry};
use paifang_store::Stored;
use serde::Deserialize;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::difference::changed;
use crate::error::Error;
use crate::patch::{nullable, set};

/// What is to change; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct AccessListPatch {
    /// Its name.
    pub name: Option<String>,
    /// Its entries, all of them.
    pub entries: Option<Vec<AccessListEntry>>,
    /// What the gateway does with the addresses; null: nothing.
    #[serde(deserialize_with = "nullable")]
    pub enforced: Option<Option<Effect>>,
}

impl Context {
    /// Changes an access list; with `expected`, only as it was at that revision. Where it comes into force, the list of the
    /// same version that was in force gives way.
    ///
    /// # Errors
    /// When the caller may not, there is no such list, rules are broken, the name is taken, or someone else changed it.
    pub async fn update_access_list(
        &self,
        id: AccessListId,
        patch: AccessListPatch,
        expected: Option<u64>,
    ) -> Result<Stored<AccessList>, Error> {
        let permission = self.authorize(Action::UpdateAccessList, &super::path(id)).await?;
        let old = self.documents().find::<AccessList>(id).await?;
        let mut list = old.value.clone();
        set(&mut list.name, patch.name);
        set(&mut list.entries, patch.entries);
        set(&mut list.enforced, patch.enforced);
        list.check()?;
        let change = Change::new()
            .replace(&old, expected, &list)
            .given("name", "/name", &list.name)
            .detail(changed(&old.value, &list));
        let change = self.instead_of_others(change, &list).await?;
        Ok(permission.commit(&self.control, change).await?.changed(old.created_at, list))
    }
}
