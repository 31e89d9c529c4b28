//! Changes a black list.

use paifang_model::id::BlackListId;
use paifang_model::{BlackList, BlackListEntries};
use paifang_store::Stored;
use serde::Deserialize;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::difference::changed;
use crate::error::Error;
use crate::patch::set;

/// What is to change; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct BlackListPatch {
    /// Its name.
    pub name: Option<String>,
    /// Who is on it, all of them; they may be of another kind.
    pub entries: Option<BlackListEntries>,
    /// What it is for.
    pub description: Option<String>,
}

impl Context {
    /// Changes a black list; with `expected`, only as it was at that revision.
    ///
    /// # Errors
    /// When the caller may not, there is no such list, rules are broken, an app or user on it is not there, the name is
    /// taken, or someone else changed it.
    pub async fn update_black_list(
        &self,
        id: BlackListId,
        patch: BlackListPatch,
        expected: Option<u64>,
    ) -> Result<Stored<BlackList>, Error> {
        let permission = self.authorize(Action::UpdateBlackList, &super::path(id)).await?;
        let old = self.documents().find::<BlackList>(id).await?;
        let (mut list, lists_others) = (old.value.clone(), patch.entries.is_some());
        set(&mut list.name, patch.name);
        set(&mut list.entries, patch.entries);
        set(&mut list.description, patch.description);
        list.check()?;
        // Apps that were deleted since do not keep a list from being renamed.
        if lists_others {
            self.check_listed(&list).await?;
        }
        let change = Change::new()
            .replace(&old, expected, &list)
            .given("name", "/name", &list.name)
            .detail(changed(&old.value, &list));
        Ok(permission.commit(&self.control, change).await?.changed(old.created_at, list))
    }
}
