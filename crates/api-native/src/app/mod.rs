//! `/apps`: who calls.

mod code;
mod key;

pub(crate) use key::KeyWithSecret;

use paifang_control::{AppDraft, AppFilter, AppPatch, NewApp};
use paifang_model::App;
use paifang_model::id::{AppId, AppQuotaId};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, ByName, Expected, FromParams, PageParams, Params, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

type AppView = View<App>;
type AppList = List<AppView>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default()
        .routes(routes!(list_apps, create_app))
        .routes(routes!(read_app, update_app, delete_app))
        .merge(key::routes())
        .merge(code::routes())
}

/// Which apps are wanted; all that is set must hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct AppParams {
    /// With exactly this name.
    name: Option<String>,
    /// With this in their name, in upper or lower case.
    search: Option<String>,
    /// That have this quota.
    quota: Option<AppQuotaId>,
}

impl FromParams for AppParams {
    fn from_params(params: &mut Params) -> Self {
        let (name, search) = (params.text("name"), params.text("search"));
        Self { name, search, quota: params.parsed("quota") }
    }
}

/// A new app, with its first key.
#[derive(Serialize, ToSchema)]
struct MadeApp {
    #[serde(flatten)]
    app: AppView,
    /// Its key, with the secret.
    key: KeyWithSecret,
}

/// Apps of the caller's account
#[utoipa::path(get, path = "/apps", tag = "apps", params(AppParams, PageParams<ByName>),
    responses((status = 200, body = AppList)))]
async fn list_apps(
    Caller(control): Caller,
    Asked((AppParams { name, search, quota }, page)): Asked<(AppParams, PageParams<ByName>)>,
) -> Answer {
    let filter = AppFilter { name, name_contains: search, quota };
    answer::page(control.list_apps(&filter, &page.paging()).await?)
}

/// Make an app, with a key
#[utoipa::path(post, path = "/apps", tag = "apps", request_body = AppDraft,
    responses((status = 201, body = MadeApp)))]
async fn create_app(Caller(control): Caller, Sent(draft): Sent<AppDraft>) -> Answer {
    let NewApp { app, key } = control.create_app(&draft).await?;
    let (path, revision) = (format!("/apps/{}", app.value.id), app.revision);
    answer::made(&path, revision, MadeApp { app: app.into(), key: key.into() })
}

/// An app
#[utoipa::path(get, path = "/apps/{app}", tag = "apps", params(("app" = AppId, Path)),
    responses((status = 200, body = AppView)))]
async fn read_app(Caller(control): Caller, At(app): At<AppId>) -> Answer {
    answer::one(control.read_app(app).await?)
}

/// Change an app
#[utoipa::path(patch, path = "/apps/{app}", tag = "apps", request_body = AppPatch,
    params(("app" = AppId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = AppView)))]
async fn update_app(
    Caller(control): Caller,
    At(app): At<AppId>,
    Expected(expected): Expected,
    Sent(patch): Sent<AppPatch>,
) -> Answer {
    answer::one(control.update_app(app, patch, expected).await?)
}

/// Delete an app, with its keys, codes and grants
#[utoipa::path(delete, path = "/apps/{app}", tag = "apps",
    params(("app" = AppId, Path), ("If-Match" = Option<String>, Header)), responses((status = 204)))]
async fn delete_app(Caller(control): Caller, At(app): At<AppId>, Expected(expected): Expected) -> Answer {
    control.delete_app(app, expected).await?;
    answer::nothing()
}
