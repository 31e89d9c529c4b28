//! Shows a manifest.

use paifang_model::{Kind, Manifest};
use paifang_store::Stored;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// One manifest.
    ///
    /// # Errors
    /// When the caller may not, or there is no such manifest.
    pub async fn read_manifest(&self, name: &str) -> Result<Stored<Manifest>, Error> {
        self.may(Action::ReadManifest, &super::path(name)).await?;
        self.find_manifest(name).await
    }

    pub(super) async fn find_manifest(&self, name: &str) -> Result<Stored<Manifest>, Error> {
        let found = self.documents().look::<Manifest>(Manifest::id_of(name)).await?;
        found.ok_or_else(|| Error::not_found(Kind::Manifest, name))
    }
}
