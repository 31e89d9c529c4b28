//! `/manifests`: sets of files that are applied as a whole, and what each of them made.
//!
//! Whatever request names a manifest in [`HEADER`] has the objects that it makes remembered there.

use axum::http::HeaderName;
use paifang_model::{Manifest, ManifestEntry};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, ByName, PageParams, SearchParams};
use crate::caller::Caller;
use crate::state::NativeState;

/// Names the manifest that a request is made for.
pub(crate) const HEADER: HeaderName = HeaderName::from_static("x-manifest");

type ManifestView = View<Manifest>;
type ManifestList = List<ManifestView>;
type ManifestEntryView = View<ManifestEntry>;
type ManifestEntryList = List<ManifestEntryView>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default()
        .routes(routes!(list_manifests))
        .routes(routes!(read_manifest, ensure_manifest, delete_manifest))
        .routes(routes!(list_manifest_entries))
}

/// Manifests
#[utoipa::path(get, path = "/manifests", tag = "manifests", params(SearchParams, PageParams<ByName>),
    responses((status = 200, body = ManifestList)))]
async fn list_manifests(
    Caller(control): Caller,
    Asked((SearchParams { search }, page)): Asked<(SearchParams, PageParams<ByName>)>,
) -> Answer {
    answer::page(control.list_manifests(search.as_deref(), &page.paging()).await?)
}

/// A manifest
#[utoipa::path(get, path = "/manifests/{manifest}", tag = "manifests",
    params(("manifest" = String, Path, description = "Its name.")), responses((status = 200, body = ManifestView)))]
async fn read_manifest(Caller(control): Caller, At(name): At<String>) -> Answer {
    answer::one(control.read_manifest(&name).await?)
}

/// Make a manifest, unless it is there
#[utoipa::path(put, path = "/manifests/{manifest}", tag = "manifests",
    params(("manifest" = String, Path,
        description = "Its name: 1 to 64 letters, digits, `_`, `.` and `-`, beginning with a letter or a digit.")),
    responses((status = 200, body = ManifestView)))]
async fn ensure_manifest(Caller(control): Caller, At(name): At<String>) -> Answer {
    answer::one(control.ensure_manifest(&name).await?)
}

/// Forget a manifest; what it made stays
#[utoipa::path(delete, path = "/manifests/{manifest}", tag = "manifests",
    params(("manifest" = String, Path, description = "Its name.")), responses((status = 204)))]
async fn delete_manifest(Caller(control): Caller, At(name): At<String>) -> Answer {
    control.delete_manifest(&name).await?;
    answer::nothing()
}

/// What a manifest made and is still there
#[utoipa::path(get, path = "/manifests/{manifest}/entries", tag = "manifests",
    params(("manifest" = String, Path, description = "Its name."), PageParams),
    responses((status = 200, body = ManifestEntryList)))]
async fn list_manifest_entries(
    Caller(control): Caller,
    At(name): At<String>,
    Asked(page): Asked<PageParams>,
) -> Answer {
    answer::page(control.list_manifest_entries(&name, &page.paging()).await?)
}
