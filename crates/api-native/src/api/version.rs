//! `/apis/{api}/versions`: what was published, by number.

use paifang_control::{HistoryEntry, HistoryFilter};
use paifang_model::id::{ApiId, StageId};
use paifang_model::{Api, Version};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::stage_of;
use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, Expected, FromParams, NewestFirst, PageParams, Params};
use crate::caller::Caller;
use crate::state::NativeState;

type VersionEntryList = List<VersionEntry>;
type VersionView = View<Version>;
type ApiView = View<Api>;

pub(super) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default()
        .routes(routes!(list_versions))
        .routes(routes!(read_version))
        .routes(routes!(restore_draft))
}

/// Which versions are wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct VersionParams {
    /// Made for this stage: its id or name.
    stage: Option<String>,
}

impl FromParams for VersionParams {
    fn from_params(params: &mut Params) -> Self {
        Self { stage: params.text("stage") }
    }
}

/// A version and where it serves.
#[derive(Serialize, ToSchema)]
struct VersionEntry {
    #[serde(flatten)]
    version: VersionView,
    /// The stages in which it serves.
    serves: Vec<StageId>,
}

impl From<HistoryEntry> for VersionEntry {
    fn from(entry: HistoryEntry) -> Self {
        Self { version: entry.version.into(), serves: entry.serves }
    }
}

/// Versions of an API
#[utoipa::path(get, path = "/apis/{api}/versions", tag = "versions",
    params(("api" = ApiId, Path), VersionParams, PageParams<NewestFirst>), responses((status = 200, body = VersionEntryList)))]
async fn list_versions(
    Caller(control): Caller,
    At(api): At<ApiId>,
    Asked((VersionParams { stage }, page)): Asked<(VersionParams, PageParams<NewestFirst>)>,
) -> Answer {
    let stage = match stage {
        Some(stage) => Some(stage_of(&control, api, &stage).await?),
        None => None,
    };
    let history = control.history(api, HistoryFilter { stage }, &page.paging()).await?;
    answer::plain(List::of(history, VersionEntry::from))
}

/// A version of an API
#[utoipa::path(get, path = "/apis/{api}/versions/{number}", tag = "versions",
    params(("api" = ApiId, Path), ("number" = u64, Path)), responses((status = 200, body = VersionView)))]
async fn read_version(Caller(control): Caller, At((api, number)): At<(ApiId, u64)>) -> Answer {
    answer::one(control.find_version(api, number).await?)
}

/// Copy a version's definition over the draft
#[utoipa::path(post, path = "/apis/{api}/versions/{number}/restore", tag = "versions",
    params(("api" = ApiId, Path), ("number" = u64, Path),
        ("If-Match" = Option<String>, Header, description = "The revision of the draft.")),
    responses((status = 200, body = ApiView)))]
async fn restore_draft(
    Caller(control): Caller,
    At((api, number)): At<(ApiId, u64)>,
    Expected(expected): Expected,
) -> Answer {
    let version = control.find_version(api, number).await?.value.id;
    answer::one(control.restore_draft(api, version, expected).await?)
}
