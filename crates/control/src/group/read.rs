//! Shows a group.

use paifang_model::Group;
use paifang_model::id::GroupId;
use paifang_store::Stored;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// One group.
    ///
    /// # Errors
    /// When the caller may not, or there is no such group.
    pub async fn read_group(&self, id: GroupId) -> Result<Stored<Group>, Error> {
        self.may(Action::ReadGroup, &super::path(id)).await?;
        self.documents().find(id).await
    }
}
