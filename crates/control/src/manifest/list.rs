//! Lists manifests, and what each of them made.

use paifang_model::{Manifest, ManifestEntry};
use paifang_store::{Page, Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::Paging;
use crate::resource::ResourcePath;

impl Context {
    /// Manifests, by the time they were made.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_manifests(&self, paging: &Paging) -> Result<Page<Stored<Manifest>>, Error> {
        self.may(Action::ListManifests, &ResourcePath::all(Noun::Manifest)).await?;
        self.documents().list(&paging.apply(Query::of::<Manifest>())).await
    }

    /// What a manifest made and is still there, by the time it was made.
    ///
    /// # Errors
    /// When the caller may not, there is no such manifest, or the page cannot be given.
    pub async fn list_manifest_entries(
        &self,
        name: &str,
        paging: &Paging,
    ) -> Result<Page<Stored<ManifestEntry>>, Error> {
        let manifest = self.read_manifest(name).await?.value;
        self.documents().list(&paging.apply(Query::of::<ManifestEntry>().within(manifest.id))).await
    }
}
