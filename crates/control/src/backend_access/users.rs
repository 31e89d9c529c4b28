//! What is published and goes through a backend access.

use paifang_model::id::BackendAccessId;
use paifang_model::{BackendAccess, Deployment};
use paifang_store::{Query, Stored};

use crate::control::Context;
use crate::error::Error;

impl Context {
    /// What serves and goes through an access. What names its access by a variable is not found.
    pub(super) async fn users_of_access(
        &self,
        access: BackendAccessId,
    ) -> Result<Vec<Stored<Deployment>>, Error> {
        self.documents().all(Query::of::<Deployment>().linked::<BackendAccess>("access", access)).await
    }
}
