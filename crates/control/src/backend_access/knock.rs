//! Whether the gateway reaches what is behind a backend access.

use async_trait::async_trait;
use paifang_model::BackendAccess;
use paifang_model::id::BackendAccessId;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;

/// Makes connections as calls do.
#[async_trait]
pub trait Knocker: Send + Sync {
    /// Connects to a host name or an address, and lets go.
    ///
    /// # Errors
    /// Why it does not come about, as a sentence.
    async fn knock(&self, host: &str, port: u16) -> Result<(), String>;
}

impl Context {
    /// Connects to what is behind a backend access, from the gateway that is asked; the inner error says why it does not
    /// come about.
    ///
    /// # Errors
    /// When the caller may not, there is no such backend access, or nothing serves here that could connect.
    pub async fn knock_at_backend_access(&self, id: BackendAccessId) -> Result<Result<(), String>, Error> {
        let permission = self.authorize(Action::KnockAtBackendAccess, &super::path(id)).await?;
        let access = self.documents().find::<BackendAccess>(id).await?.value;
        let knocker =
            self.control.knocker().ok_or_else(|| Error::Unavailable("nothing serves here".into()))?;
        let host = self.control.address_of(&access).await?;
        permission.note(&self.control).await?;
        Ok(knocker.knock(&host, access.port).await)
    }
}
