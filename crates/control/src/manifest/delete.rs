//! Forgets a manifest.

use paifang_model::{Key, Manifest};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Forgets a manifest and what it made; the objects stay.
    ///
    /// # Errors
    /// When the caller may not, or there is no such manifest.
    pub async fn delete_manifest(&self, name: &str) -> Result<(), Error> {
        let permission = self.authorize(Action::DeleteManifest, &super::path(name)).await?;
        let manifest = self.find_manifest(name).await?.value;
        let change = Change::new()
            .delete(Key::of::<Manifest>(manifest.id), None)
            .detail(json!({ "name": manifest.name }));
        permission.commit(&self.control, change).await.map(|_| ())
    }
}
