//! Lists manifests, and what each of them made.

use paifang_model::{Manifest, ManifestEntry};
use paifang_store::{Filter, Page, Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::{By, Paging};
use crate::resource::ResourcePath;

impl Context {
    /// Manifests, by the time they were made or by name; with `name_contains`, only those with this in their name.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_manifests(
        &self,
        name_contains: Option<&str>,
        paging: &Paging<impl By>,
    ) -> Result<Page<Stored<Manifest>>, Error> {
        self.may(Action::ListManifests, &ResourcePath::all(Noun::Manifest)).await?;
        let mut query = Query::of::<Manifest>();
        if let Some(part) = name_contains {
            query = query.filter(Filter::Contains("name", part.to_owned()));
        }
        self.documents().list(&paging.apply_named(query, "name")).await
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
