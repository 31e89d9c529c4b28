//! Makes a new key the one that seals.

use paifang_store::{KeyChange, Keys};

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::resource::ResourcePath;

impl Context {
    /// Makes a new data key, with which everything is sealed from now on. What older ones sealed is sealed anew by the
    /// gateway itself, a little at a time.
    ///
    /// # Errors
    /// When the caller may not, the master key was changed since this process started, or the store is away.
    pub async fn rotate_keyring(&self) -> Result<Keys, Error> {
        let permission = self.authorize(Action::RotateKeyring, &ResourcePath::all(Noun::Keyring)).await?;
        permission.commit(&self.control, Change::new().keys(KeyChange::Rotate)).await?;
        self.documents().keys().await
    }
}
