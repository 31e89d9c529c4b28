//! `/app-quotas`: how many calls each of some apps may make in a period, whichever APIs they call. Changes reach callers at
//! once.

use paifang_control::AppQuotaDraft;
use paifang_model::id::{AppId, AppQuotaId};
use paifang_model::{App, AppQuota};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, ByName, Expected, PageParams, SearchParams, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

type AppView = View<App>;
type AppQuotaView = View<AppQuota>;
type AppQuotaList = List<AppQuotaView>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default()
        .routes(routes!(list_app_quotas, create_app_quota))
        .routes(routes!(read_app_quota, update_app_quota, delete_app_quota))
        .routes(routes!(bind_app_quota))
        .routes(routes!(unbind_app_quota))
}

/// Who is to have a quota.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct QuotaBindings {
    /// The apps: 1 to 1,000.
    apps: Vec<AppId>,
}

/// Every app that was named.
#[derive(Serialize, ToSchema)]
struct BoundApps {
    /// The apps.
    apps: Vec<AppView>,
}

/// App quotas
#[utoipa::path(get, path = "/app-quotas", tag = "app-quotas", params(SearchParams, PageParams<ByName>),
    responses((status = 200, body = AppQuotaList)))]
async fn list_app_quotas(
    Caller(control): Caller,
    Asked((SearchParams { search }, page)): Asked<(SearchParams, PageParams<ByName>)>,
) -> Answer {
    answer::page(control.list_app_quotas(search.as_deref(), &page.paging()).await?)
}

/// Make an app quota, which counts nothing until apps have it
#[utoipa::path(post, path = "/app-quotas", tag = "app-quotas", request_body = AppQuotaDraft,
    responses((status = 201, body = AppQuotaView)))]
async fn create_app_quota(Caller(control): Caller, Sent(draft): Sent<AppQuotaDraft>) -> Answer {
    let quota = control.create_app_quota(draft).await?;
    answer::made_one(&format!("/app-quotas/{}", quota.value.id), quota)
}

/// An app quota; `GET /apps?quota=` lists the apps that have it
#[utoipa::path(get, path = "/app-quotas/{app_quota}", tag = "app-quotas",
    params(("app_quota" = AppQuotaId, Path)), responses((status = 200, body = AppQuotaView)))]
async fn read_app_quota(Caller(control): Caller, At(quota): At<AppQuotaId>) -> Answer {
    answer::one(control.read_app_quota(quota).await?)
}

/// Replace an app quota
///
/// Another number of calls holds for those counted so far; another period counts anew.
#[utoipa::path(put, path = "/app-quotas/{app_quota}", tag = "app-quotas", request_body = AppQuotaDraft,
    params(("app_quota" = AppQuotaId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = AppQuotaView)))]
async fn update_app_quota(
    Caller(control): Caller,
    At(quota): At<AppQuotaId>,
    Expected(expected): Expected,
    Sent(draft): Sent<AppQuotaDraft>,
) -> Answer {
    answer::one(control.update_app_quota(quota, draft, expected).await?)
}

/// Delete an app quota that no app has
#[utoipa::path(delete, path = "/app-quotas/{app_quota}", tag = "app-quotas",
    params(("app_quota" = AppQuotaId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 204)))]
async fn delete_app_quota(
    Caller(control): Caller,
    At(quota): At<AppQuotaId>,
    Expected(expected): Expected,
) -> Answer {
    control.delete_app_quota(quota, expected).await?;
    answer::nothing()
}

/// Give apps a quota, all of them or none; one that an app had gives way
#[utoipa::path(post, path = "/app-quotas/{app_quota}/apps", tag = "app-quotas", request_body = QuotaBindings,
    params(("app_quota" = AppQuotaId, Path)), responses((status = 200, body = BoundApps)))]
async fn bind_app_quota(
    Caller(control): Caller,
    At(quota): At<AppQuotaId>,
    Sent(QuotaBindings { apps }): Sent<QuotaBindings>,
) -> Answer {
    let apps = control.bind_app_quota(quota, &apps).await?.into_iter().map(View::from).collect();
    answer::plain(BoundApps { apps })
}

/// Take a quota from an app
#[utoipa::path(delete, path = "/app-quotas/{app_quota}/apps/{app}", tag = "app-quotas",
    params(("app_quota" = AppQuotaId, Path), ("app" = AppId, Path)), responses((status = 204)))]
async fn unbind_app_quota(Caller(control): Caller, At((quota, app)): At<(AppQuotaId, AppId)>) -> Answer {
    control.unbind_app_quota(quota, app).await?;
    answer::nothing()
}
