//! Tells of the keys what may be told.

use paifang_store::Keys;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::resource::ResourcePath;

impl Context {
    /// The keys: numbers, ages, how much each seals.
    ///
    /// # Errors
    /// When the caller may not, or the store is away.
    pub async fn read_keyring(&self) -> Result<Keys, Error> {
        self.may(Action::ReadKeyring, &ResourcePath::all(Noun::Keyring)).await?;
        self.documents().keys().await
    }
}
