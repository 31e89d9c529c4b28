//! Deletes a certificate.

use paifang_model::id::CertificateId;
use paifang_model::{Certificate, Key};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Deletes a certificate that no domain has.
    ///
    /// # Errors
    /// When the caller may not, there is no such certificate, domains have it, or someone else changed it.
    pub async fn delete_certificate(&self, id: CertificateId, expected: Option<u64>) -> Result<(), Error> {
        let permission = self.authorize(Action::DeleteCertificate, &super::path(id)).await?;
        let certificate = self.documents().find::<Certificate>(id).await?.value;
        let change = Change::new()
            .delete(Key::of::<Certificate>(id), expected)
            .detail(json!({ "name": certificate.name }));
        permission.commit(&self.control, change).await.map(|_| ())
    }
}
