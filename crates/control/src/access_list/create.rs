//! Makes an access list.

use paifang_model::id::{AccessListId, Id};
use paifang_model::policy::Effect;
use paifang_model::{AccessList, AccessListEntry, IpVersion, Kind};
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

/// What a new access list is to be.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AccessListDraft {
    /// Its name, unique.
    pub name: String,
    /// The version of its addresses; never changed.
    pub ip_version: IpVersion,
    /// Its entries: 5,000 at most. A list without any is not in force.
    #[serde(default)]
    pub entries: Vec<AccessListEntry>,
    /// What the gateway does with the addresses; absent: nothing. The list of the same version that was in force gives
    /// way.
    #[serde(default)]
    pub enforced: Option<Effect>,
}

impl Context {
    /// Makes an access list.
    ///
    /// # Errors
    /// When the caller may not, rules are broken, the name is taken, or the quota is used up.
    pub async fn create_access_list(&self, draft: AccessListDraft) -> Result<Stored<AccessList>, Error> {
        let AccessListDraft { name, ip_version, entries, enforced } = draft;
        let list = AccessList { id: AccessListId::random(), name, ip_version, entries, enforced };
        let permission = self.authorize(Action::CreateAccessList, &super::path(list.id)).await?;
        list.check()?;
        let change = Change::new()
            .create(&list)
            .cap(self.control.quota(Kind::AccessList, None, Id::ROOT).await?)
            .given("name", "/name", &list.name)
            .detail(json!({ "name": list.name, "enforced": list.enforced }));
        let change = self.instead_of_others(change, &list).await?;
        Ok(permission.commit(&self.control, change).await?.made(list))
    }
}
