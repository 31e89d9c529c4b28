//! Makes a manifest, unless it is there.

use paifang_model::Manifest;
use paifang_store::Stored;
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// The manifest with this name, which is made when there is none.
    ///
    /// # Errors
    /// When the caller may not, or the name breaks rules.
    pub async fn ensure_manifest(&self, name: &str) -> Result<Stored<Manifest>, Error> {
        let permission = self.authorize(Action::CreateManifest, &super::path(name)).await?.within(None);
        let manifest = Manifest::named(name);
        manifest.check()?;
        if let Some(there) = self.documents().look::<Manifest>(manifest.id).await? {
            return Ok(there);
        }
        let change = Change::new().put(&manifest).detail(json!({ "name": manifest.name }));
        Ok(permission.commit(&self.control, change).await?.made(manifest))
    }
}
