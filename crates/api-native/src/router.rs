//! The table of routes, and what stands around all of them.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::problem::{Kind, Problem};
use crate::state::NativeState;
use crate::{
    access_list, account, api, app, app_quota, audit, authority, backend_access, backend_instance,
    backend_service, black_list, caller, certificate, channel, document, domain, finish, grant, group,
    keyring, manifest, metrics, node, outside, policy, quota, session, stage, status, task, user, variable,
};

/// Where the routes of this interface begin.
pub(crate) const BASE: &str = "/api/v1";

/// Everything on the management port that is not a vendor's façade.
pub fn router(state: NativeState) -> Router {
    let (api, document) = routes().split_for_parts();
    let document = document::complete(document);
    let api = api
        .route(&format!("{BASE}/openapi.json"), get(async move || axum::Json(document.clone())))
        .layer(from_fn_with_state(state.clone(), caller::identify));
    Router::new()
        .merge(api)
        .merge(outside::routes())
        .fallback(async || Problem::new(Kind::NoSuchRoute, "nothing is served at this path"))
        .layer(from_fn(finish::finish))
        .with_state(state)
}

/// The routes as their handlers describe them.
pub(crate) fn described() -> OpenApi {
    routes().into_openapi()
}

fn routes() -> OpenApiRouter<NativeState> {
    let nouns = OpenApiRouter::with_openapi(document::head())
        .merge(session::routes())
        .merge(account::routes())
        .merge(user::routes())
        .merge(group::routes())
        .merge(domain::routes())
        .merge(certificate::routes())
        .merge(authority::routes())
        .merge(stage::routes())
        .merge(variable::routes())
        .merge(api::routes())
        .merge(app::routes())
        .merge(app_quota::routes())
        .merge(grant::routes())
        .merge(backend_access::routes())
        .merge(backend_instance::routes())
        .merge(backend_service::routes())
        .merge(channel::routes())
        .merge(manifest::routes())
        .merge(policy::routes())
        .merge(access_list::routes())
        .merge(black_list::routes())
        .merge(task::routes())
        .merge(audit::routes())
        .merge(keyring::routes())
        .merge(quota::routes())
        .merge(node::routes())
        .merge(metrics::routes())
        .merge(status::routes());
    OpenApiRouter::default().nest(BASE, nouns)
}
