//! Takes a host name from a group.

use paifang_model::id::DomainId;
use paifang_model::{Domain, Key};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Takes a host name from its group.
    ///
    /// # Errors
    /// When the caller may not, there is no such domain, or someone else changed it.
    pub async fn unbind_domain(&self, id: DomainId, expected: Option<u64>) -> Result<(), Error> {
        let domain = self.documents().find::<Domain>(id).await?.value;
        let permission = self.authorize(Action::UnbindDomain, &super::path_of(&domain)).await?;
        let change =
            Change::new().delete(Key::of::<Domain>(id), expected).detail(json!({ "host": domain.host }));
        permission.commit(&self.control, change).await.map(|_| ())
    }
}
