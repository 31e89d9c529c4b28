//! `/stages`: where APIs are published to. Paths that name a stage take its id or its name.

use paifang_control::{Context, StageDraft, StageFilter, StagePatch};
use paifang_model::id::StageId;
use paifang_model::{Dialect, Stage};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, ByName, Expected, FromParams, PageParams, Params, SearchParams, Sent};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::state::NativeState;

type StageView = View<Stage>;
type StageList = List<StageView>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(list_stages, create_stage)).routes(routes!(
        read_stage,
        update_stage,
        delete_stage
    ))
}

/// The stage that a dialect's groups know by this id or name.
pub(crate) async fn find(control: &Context, dialect: Dialect, stage: &str) -> Result<StageId, Problem> {
    match stage.parse() {
        Ok(id) => Ok(id),
        Err(_) => Ok(control.find_stage(dialect, stage).await?.value.id),
    }
}

/// Which stages are wanted; all that is set must hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct StageParams {
    /// Of this dialect.
    dialect: Option<Dialect>,
}

impl FromParams for StageParams {
    fn from_params(params: &mut Params) -> Self {
        Self { dialect: params.word("dialect") }
    }
}

/// Stages
#[utoipa::path(get, path = "/stages", tag = "stages", params(StageParams, SearchParams, PageParams<ByName>),
    responses((status = 200, body = StageList)))]
async fn list_stages(
    Caller(control): Caller,
    Asked((StageParams { dialect }, SearchParams { search }, page)): Asked<(
        StageParams,
        SearchParams,
        PageParams<ByName>,
    )>,
) -> Answer {
    let filter = StageFilter { dialect, name_contains: search };
    answer::page(control.list_stages(&filter, &page.paging()).await?)
}

/// Make a stage
#[utoipa::path(post, path = "/stages", tag = "stages", request_body = StageDraft,
    responses((status = 201, body = StageView)))]
async fn create_stage(Caller(control): Caller, Sent(draft): Sent<StageDraft>) -> Answer {
    let stage = control.create_stage(draft).await?;
    answer::made_one(&format!("/stages/{}", stage.value.id), stage)
}

/// A stage
#[utoipa::path(get, path = "/stages/{stage}", tag = "stages", params(("stage" = StageId, Path)),
    responses((status = 200, body = StageView)))]
async fn read_stage(Caller(control): Caller, At(stage): At<StageId>) -> Answer {
    answer::one(control.read_stage(stage).await?)
}

/// Change a stage that was not there from the start
#[utoipa::path(patch, path = "/stages/{stage}", tag = "stages", request_body = StagePatch,
    params(("stage" = StageId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = StageView)))]
async fn update_stage(
    Caller(control): Caller,
    At(stage): At<StageId>,
    Expected(expected): Expected,
    Sent(patch): Sent<StagePatch>,
) -> Answer {
    answer::one(control.update_stage(stage, patch, expected).await?)
}

/// Delete a stage in which nothing is online
#[utoipa::path(delete, path = "/stages/{stage}", tag = "stages",
    params(("stage" = StageId, Path), ("If-Match" = Option<String>, Header)), responses((status = 204)))]
async fn delete_stage(
    Caller(control): Caller,
    At(stage): At<StageId>,
    Expected(expected): Expected,
) -> Answer {
    control.delete_stage(stage, expected).await?;
    answer::nothing()
}
