//! `/grants`: which app may call which API in which stage.

use paifang_control::{GrantFilter, GrantsDraft};
use paifang_model::Grant;
use paifang_model::id::{ApiId, AppId, GrantId, GroupId, StageId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{self, Asked, At, Expected, FromParams, PageParams, Params, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

type GrantView = View<Grant>;
type GrantList = List<GrantView>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default()
        .routes(routes!(list_grants, create_grants))
        .routes(routes!(revoke_grants))
        .routes(routes!(read_grant, extend_grant, revoke_grant))
        .routes(routes!(list_grants_of_api))
        .routes(routes!(list_grants_of_app))
}

/// Which grants are wanted; all that is set must hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct GrantParams {
    /// To this app.
    app: Option<AppId>,
    /// For this API.
    api: Option<ApiId>,
    /// For APIs of this group.
    group: Option<GroupId>,
    /// In this stage.
    stage: Option<StageId>,
}

impl FromParams for GrantParams {
    fn from_params(params: &mut Params) -> Self {
        let (app, api) = (params.parsed("app"), params.parsed("api"));
        Self { app, api, group: params.parsed("group"), stage: params.parsed("stage") }
    }
}

/// Every grant that was made or changed.
#[derive(Serialize, ToSchema)]
struct Granted {
    /// The grants.
    grants: Vec<GrantView>,
}

/// What is to change.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GrantPatch {
    /// When it ends, in milliseconds since 1970; null: never.
    #[serde(deserialize_with = "ask::named")]
    #[schema(required = true)]
    until: Option<i64>,
}

/// Grants, ended ones too
#[utoipa::path(get, path = "/grants", tag = "grants", params(GrantParams, PageParams),
    responses((status = 200, body = GrantList)))]
async fn list_grants(
    Caller(control): Caller,
    Asked((GrantParams { app, api, group, stage }, page)): Asked<(GrantParams, PageParams)>,
) -> Answer {
    let filter = GrantFilter { app, api, stage, group };
    answer::page(control.list_grants(filter, &page.paging()).await?)
}

/// Grant each of some APIs to each of some apps: all of them, or none
///
/// A grant that is there gets the new end and remark.
#[utoipa::path(post, path = "/grants", tag = "grants", request_body = GrantsDraft,
    responses((status = 200, body = Granted)))]
async fn create_grants(Caller(control): Caller, Sent(draft): Sent<GrantsDraft>) -> Answer {
    let grants = control.create_grants(&draft).await?.into_iter().map(View::from).collect();
    answer::plain(Granted { grants })
}

/// Revoke grants: all of them, or none
#[utoipa::path(post, path = "/grants/revoke", tag = "grants", request_body = Vec<GrantId>,
    responses((status = 204)))]
async fn revoke_grants(Caller(control): Caller, Sent(grants): Sent<Vec<GrantId>>) -> Answer {
    control.revoke_grants(&grants).await?;
    answer::nothing()
}

/// A grant
#[utoipa::path(get, path = "/grants/{grant}", tag = "grants", params(("grant" = GrantId, Path)),
    responses((status = 200, body = GrantView)))]
async fn read_grant(Caller(control): Caller, At(grant): At<GrantId>) -> Answer {
    answer::one(control.read_grant(grant).await?)
}

/// Change when a grant ends
#[utoipa::path(patch, path = "/grants/{grant}", tag = "grants", request_body = GrantPatch,
    params(("grant" = GrantId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = GrantView)))]
async fn extend_grant(
    Caller(control): Caller,
    At(grant): At<GrantId>,
    Expected(expected): Expected,
    Sent(patch): Sent<GrantPatch>,
) -> Answer {
    answer::one(control.extend_grant(grant, patch.until, expected).await?)
}

/// Revoke a grant
#[utoipa::path(delete, path = "/grants/{grant}", tag = "grants", params(("grant" = GrantId, Path)),
    responses((status = 204)))]
async fn revoke_grant(Caller(control): Caller, At(grant): At<GrantId>) -> Answer {
    control.read_grant(grant).await?;
    control.revoke_grants(&[grant]).await?;
    answer::nothing()
}

/// Grants for an API
#[utoipa::path(get, path = "/apis/{api}/grants", tag = "grants", params(("api" = ApiId, Path), PageParams),
    responses((status = 200, body = GrantList)))]
async fn list_grants_of_api(
    Caller(control): Caller,
    At(api): At<ApiId>,
    Asked(page): Asked<PageParams>,
) -> Answer {
    control.read_api(api).await?;
    let filter = GrantFilter { api: Some(api), ..GrantFilter::default() };
    answer::page(control.list_grants(filter, &page.paging()).await?)
}

/// Grants to an app
#[utoipa::path(get, path = "/apps/{app}/grants", tag = "grants", params(("app" = AppId, Path), PageParams),
    responses((status = 200, body = GrantList)))]
async fn list_grants_of_app(
    Caller(control): Caller,
    At(app): At<AppId>,
    Asked(page): Asked<PageParams>,
) -> Answer {
    control.read_app(app).await?;
    let filter = GrantFilter { app: Some(app), ..GrantFilter::default() };
    answer::page(control.list_grants(filter, &page.paging()).await?)
}
