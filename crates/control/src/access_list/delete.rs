//! Deletes an access list.

use paifang_model::id::AccessListId;
use paifang_model::{AccessList, Key, Rule, Violations};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Deletes an access list that is not in force: nobody opens the gateway by tidying up.
    ///
    /// # Errors
    /// When the caller may not, there is no such list, it is in force, or someone else changed it.
    pub async fn delete_access_list(&self, id: AccessListId, expected: Option<u64>) -> Result<(), Error> {
        let permission = self.authorize(Action::DeleteAccessList, &super::path(id)).await?;
        let old = self.documents().find::<AccessList>(id).await?;
        let list = &old.value;
        if list.enforced.is_some() {
            let message = format!("the list `{}` is in force: take `enforced` away first", list.name);
            return Err(Violations::one("/enforced", Rule::Conflict, message).into());
        }
        // As it was looked at: it may have come into force meanwhile.
        let expected = expected.or(Some(old.revision));
        let change =
            Change::new().delete(Key::of::<AccessList>(id), expected).detail(json!({ "name": list.name }));
        permission.commit(&self.control, change).await.map(|_| ())
    }
}
