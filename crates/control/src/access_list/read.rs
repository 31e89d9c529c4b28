//! Shows an access list.

use paifang_model::AccessList;
use paifang_model::id::AccessListId;
use paifang_store::Stored;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// One access list.
    ///
    /// # Errors
    /// When the caller may not, or there is no such list.
    pub async fn read_access_list(&self, id: AccessListId) -> Result<Stored<AccessList>, Error> {
        self.may(Action::ReadAccessList, &super::path(id)).await?;
        self.documents().find(id).await
    }
}
