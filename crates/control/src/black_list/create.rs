//! Makes a black list.

use paifang_model::id::{BlackListId, Id};
use paifang_model::{BlackList, BlackListEntries, Kind};
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

/// What a new black list is to be.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BlackListDraft {
    /// Its name, unique in the account.
    pub name: String,
    /// Who is on it.
    pub entries: BlackListEntries,
    /// What it is for.
    #[serde(default)]
    pub description: String,
}

impl Context {
    /// Makes a black list for all APIs of the caller's account.
    ///
    /// # Errors
    /// When the caller may not, rules are broken, an app or user on it is not there, the name is taken, or the quota is
    /// used up.
    pub async fn create_black_list(&self, draft: BlackListDraft) -> Result<Stored<BlackList>, Error> {
        let BlackListDraft { name, entries, description } = draft;
        let (id, account) = (BlackListId::random(), self.principal.account);
        let list = BlackList { id, account, name, entries, description };
        let permission = self.authorize(Action::CreateBlackList, &super::path(id)).await?;
        list.check()?;
        self.check_listed(&list).await?;
        let change = Change::new()
            .create(&list)
            .cap(self.control.quota(Kind::BlackList, None, Id::ROOT).await?)
            .given("name", "/name", &list.name)
            .detail(json!({ "name": list.name, "kind": list.entries.kind() }));
        Ok(permission.commit(&self.control, change).await?.made(list))
    }
}
