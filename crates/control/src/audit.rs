//! The audit trail, for reading; it is written by [`crate::Permission`] alone.

use paifang_store::{AuditPage, AuditQuery};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::resource::ResourcePath;

impl Context {
    /// Lines of the audit trail, newest first.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn audit(&self, query: &AuditQuery) -> Result<AuditPage, Error> {
        self.may(Action::ReadAudit, &ResourcePath::all(Noun::Audit)).await?;
        Ok(self.documents().audit(query).await?)
    }
}
