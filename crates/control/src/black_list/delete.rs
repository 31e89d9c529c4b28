//! Deletes black lists: one, or all of an account.

use paifang_model::id::BlackListId;
use paifang_model::{BlackList, Key};
use paifang_store::Query;
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::resource::ResourcePath;

impl Context {
    /// Deletes a black list.
    ///
    /// # Errors
    /// When the caller may not, there is no such list, or someone else changed it.
    pub async fn delete_black_list(&self, id: BlackListId, expected: Option<u64>) -> Result<(), Error> {
        let permission = self.authorize(Action::DeleteBlackList, &super::path(id)).await?;
        let list = self.documents().find::<BlackList>(id).await?.value;
        let key = Key::of::<BlackList>(id);
        let change = Change::new().delete(key, expected).detail(json!({ "name": list.name }));
        permission.commit(&self.control, change).await.map(|_| ())
    }

    /// Deletes all black lists of the caller's account, in one change.
    ///
    /// # Errors
    /// When the caller may not.
    pub async fn delete_black_lists(&self) -> Result<(), Error> {
        let all = ResourcePath::all(Noun::BlackList);
        let permission = self.authorize(Action::DeleteBlackList, &all).await?;
        let query = Query::of::<BlackList>().within(self.principal.account);
        let lists = self.documents().all::<BlackList>(query).await?;
        let names: Vec<&str> = lists.iter().map(|list| list.value.name.as_str()).collect();
        let change = Change::new().detail(json!({ "names": names }));
        let change =
            lists.iter().fold(change, |change, list| change.drop(Key::of::<BlackList>(list.value.id)));
        permission.commit(&self.control, change).await.map(|_| ())
    }
}
