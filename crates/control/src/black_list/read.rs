//! Shows a black list.

use paifang_model::BlackList;
use paifang_model::id::BlackListId;
use paifang_store::Stored;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// One black list.
    ///
    /// # Errors
    /// When the caller may not, or there is no such list.
    pub async fn read_black_list(&self, id: BlackListId) -> Result<Stored<BlackList>, Error> {
        self.may(Action::ReadBlackList, &super::path(id)).await?;
        self.documents().find(id).await
    }
}
