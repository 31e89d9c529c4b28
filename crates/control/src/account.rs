//! Accounts: whose everything is.

use paifang_model::Account;
use paifang_store::Stored;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::resource::ResourcePath;

impl Context {
    /// The caller's account.
    ///
    /// # Errors
    /// When the caller may not, or the store is away.
    pub async fn read_account(&self) -> Result<Stored<Account>, Error> {
        let id = self.principal.account;
        self.may(Action::ReadAccount, &ResourcePath::of(Noun::Account, id)).await?;
        self.documents().find(id).await
    }
}
