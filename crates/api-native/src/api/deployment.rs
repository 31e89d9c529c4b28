//! `/apis/{api}/deployments`: publishing, switching back, taking offline.

use axum::extract::State;
use paifang_control::{Deploy, Deployed, DeploymentFilter, Live};
use paifang_model::Deployment;
use paifang_model::id::{ApiId, BackendServiceId, GroupId, StageId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::stage_of;
use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, Expected, FromParams, PageParams, Params, Sent, WaitParams};
use crate::caller::Caller;
use crate::state::NativeState;

type DeploymentView = View<Deployment>;
type DeploymentList = List<DeploymentView>;

pub(super) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default()
        .routes(routes!(list_deployments))
        .routes(routes!(list_deployments_of_api))
        .routes(routes!(read_deployment, deploy_api, take_api_offline))
        .routes(routes!(switch_api))
}

/// Which deployments are wanted; all that is set must hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct DeploymentParams {
    /// In this group.
    group: Option<GroupId>,
    /// In this stage.
    stage: Option<StageId>,
    /// Serving (`true`) or sleeping (`false`).
    online: Option<bool>,
    /// Serving with this backend service.
    backend_service: Option<BackendServiceId>,
}

impl FromParams for DeploymentParams {
    fn from_params(params: &mut Params) -> Self {
        let (group, stage) = (params.parsed("group"), params.parsed("stage"));
        let (online, backend_service) = (params.parsed("online"), params.parsed("backend_service"));
        Self { group, stage, online, backend_service }
    }
}

/// What serves an API in a stage from now on, and where it does so already.
#[derive(Serialize, ToSchema)]
struct DeployedLive {
    #[serde(flatten)]
    deployed: Deployed,
    /// On how many nodes it is live; null when that cannot be told for the moment.
    live: Option<Live>,
}

/// What served an API in a stage, and where it is gone already.
#[derive(Serialize, ToSchema)]
struct OfflineLive {
    #[serde(flatten)]
    deployment: DeploymentView,
    /// On how many nodes the change is live; null when that cannot be told for the moment.
    live: Option<Live>,
}

/// What is said about a version.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Remark {
    /// Kept with the version.
    #[serde(default)]
    remark: String,
}

/// Which version is to serve.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Switch {
    /// Its number.
    version: u64,
}

/// What serves where, in all groups
#[utoipa::path(get, path = "/deployments", tag = "deployments", params(DeploymentParams, PageParams),
    responses((status = 200, body = DeploymentList)))]
async fn list_deployments(
    Caller(control): Caller,
    Asked((params, page)): Asked<(DeploymentParams, PageParams)>,
) -> Answer {
    let DeploymentParams { group, stage, online, backend_service: service } = params;
    let filter = DeploymentFilter { group, stage, online, service, ..DeploymentFilter::default() };
    answer::page(control.list_deployments(filter, &page.paging()).await?)
}

/// Where an API serves, or served
#[utoipa::path(get, path = "/apis/{api}/deployments", tag = "deployments",
    params(("api" = ApiId, Path), PageParams), responses((status = 200, body = DeploymentList)))]
async fn list_deployments_of_api(
    Caller(control): Caller,
    At(api): At<ApiId>,
    Asked(page): Asked<PageParams>,
) -> Answer {
    control.read_api(api).await?;
    let filter = DeploymentFilter { api: Some(api), ..DeploymentFilter::default() };
    answer::page(control.list_deployments(filter, &page.paging()).await?)
}

/// What serves an API in a stage, or served last
#[utoipa::path(get, path = "/apis/{api}/deployments/{stage}", tag = "deployments",
    params(("api" = ApiId, Path), ("stage" = String, Path, description = "The stage's id or name.")),
    responses((status = 200, body = DeploymentView)))]
async fn read_deployment(Caller(control): Caller, At((api, stage)): At<(ApiId, String)>) -> Answer {
    let stage = stage_of(&control, api, &stage).await?;
    answer::one(control.read_deployment(api, stage).await?)
}

/// Publish the draft of an API to a stage
///
/// Makes a version and puts it online. `If-Match` names the revision of the draft. Whoever serves the `revision` of the
/// answer, or a later one, serves the version: `live` says which nodes do. With `wait`, the answer comes once all of
/// them do, or when the time is over; it was published either way.
#[utoipa::path(put, path = "/apis/{api}/deployments/{stage}", tag = "deployments", request_body = Remark,
    params(("api" = ApiId, Path), ("stage" = String, Path, description = "The stage's id or name."),
        ("If-Match" = Option<String>, Header), WaitParams),
    responses((status = 200, body = DeployedLive)))]
async fn deploy_api(
    State(state): State<NativeState>,
    Caller(control): Caller,
    At((api, stage)): At<(ApiId, String)>,
    Expected(expected): Expected,
    Asked(wait): Asked<WaitParams>,
    Sent(Remark { remark }): Sent<Remark>,
) -> Answer {
    let stage = stage_of(&control, api, &stage).await?;
    let deployed = control.deploy_api(api, &Deploy { stage, remark }, expected).await?;
    deployed_live(&state, deployed, &wait).await
}

/// Take an API offline in a stage; its grants there sleep until it is published again
#[utoipa::path(delete, path = "/apis/{api}/deployments/{stage}", tag = "deployments",
    params(("api" = ApiId, Path), ("stage" = String, Path, description = "The stage's id or name."), WaitParams),
    responses((status = 200, body = OfflineLive)))]
async fn take_api_offline(
    State(state): State<NativeState>,
    Caller(control): Caller,
    At((api, stage)): At<(ApiId, String)>,
    Asked(wait): Asked<WaitParams>,
) -> Answer {
    let stage = stage_of(&control, api, &stage).await?;
    let deployment = control.take_api_offline(api, stage).await?;
    let revision = deployment.revision;
    let live = state.control().live(revision, wait.time()).await;
    answer::at_revision(revision, OfflineLive { deployment: deployment.into(), live })
}

/// Let another version of an API serve in a stage; the draft stays as it is
#[utoipa::path(post, path = "/apis/{api}/deployments/{stage}/switch", tag = "deployments", request_body = Switch,
    params(("api" = ApiId, Path), ("stage" = String, Path, description = "The stage's id or name."), WaitParams),
    responses((status = 200, body = DeployedLive)))]
async fn switch_api(
    State(state): State<NativeState>,
    Caller(control): Caller,
    At((api, stage)): At<(ApiId, String)>,
    Asked(wait): Asked<WaitParams>,
    Sent(Switch { version }): Sent<Switch>,
) -> Answer {
    let stage = stage_of(&control, api, &stage).await?;
    let version = control.find_version(api, version).await?.value.id;
    let deployed = control.switch_api(api, stage, version).await?;
    deployed_live(&state, deployed, &wait).await
}

async fn deployed_live(state: &NativeState, deployed: Deployed, wait: &WaitParams) -> Answer {
    let live = state.control().live(deployed.revision, wait.time()).await;
    answer::at_revision(deployed.revision, DeployedLive { deployed, live })
}
