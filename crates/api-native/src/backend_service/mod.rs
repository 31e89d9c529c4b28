//! `/backend-services`: where calls go in each stage, for all APIs that use them.

mod definition;

use paifang_control::{BackendServiceDraft, BackendServiceFilter, BackendServicePatch};
use paifang_model::BackendService;
use paifang_model::backend_service::ServiceKind;
use paifang_model::id::BackendServiceId;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, ByName, Expected, FromParams, PageParams, Params, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

type BackendServiceView = View<BackendService>;
type BackendServiceList = List<BackendServiceView>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default()
        .routes(routes!(list_backend_services, create_backend_service))
        .routes(routes!(read_backend_service, update_backend_service, delete_backend_service))
        .merge(definition::routes())
}

/// Which backend services are wanted; all that is set must hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct BackendServiceParams {
    /// With this in their name, in upper or lower case.
    search: Option<String>,
    /// Of this kind.
    kind: Option<ServiceKind>,
}

impl FromParams for BackendServiceParams {
    fn from_params(params: &mut Params) -> Self {
        Self { search: params.text("search"), kind: params.word("kind") }
    }
}

/// Backend services, each with its definitions
///
/// The APIs that use one: `/apis?backend_service=…` for drafts, and
/// `/deployments?backend_service=…&stage=…` for what is published in a stage.
#[utoipa::path(get, path = "/backend-services", tag = "backend-services", params(BackendServiceParams, PageParams<ByName>),
    responses((status = 200, body = BackendServiceList)))]
async fn list_backend_services(
    Caller(control): Caller,
    Asked((BackendServiceParams { search, kind }, page)): Asked<(BackendServiceParams, PageParams<ByName>)>,
) -> Answer {
    let filter = BackendServiceFilter { name_contains: search, kind };
    answer::page(control.list_backend_services(&filter, &page.paging()).await?)
}

/// Make a backend service; give it a definition for each stage next
#[utoipa::path(post, path = "/backend-services", tag = "backend-services", request_body = BackendServiceDraft,
    responses((status = 201, body = BackendServiceView)))]
async fn create_backend_service(Caller(control): Caller, Sent(draft): Sent<BackendServiceDraft>) -> Answer {
    let service = control.create_backend_service(draft).await?;
    answer::made_one(&format!("/backend-services/{}", service.value.id), service)
}

/// A backend service, with its definitions
#[utoipa::path(get, path = "/backend-services/{backend_service}", tag = "backend-services",
    params(("backend_service" = BackendServiceId, Path)), responses((status = 200, body = BackendServiceView)))]
async fn read_backend_service(Caller(control): Caller, At(service): At<BackendServiceId>) -> Answer {
    answer::one(control.read_backend_service(service).await?)
}

/// Change what a backend service is called; its kind stays
#[utoipa::path(patch, path = "/backend-services/{backend_service}", tag = "backend-services",
    request_body = BackendServicePatch,
    params(("backend_service" = BackendServiceId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = BackendServiceView)))]
async fn update_backend_service(
    Caller(control): Caller,
    At(service): At<BackendServiceId>,
    Expected(expected): Expected,
    Sent(patch): Sent<BackendServicePatch>,
) -> Answer {
    answer::one(control.update_backend_service(service, patch, expected).await?)
}

/// Delete a backend service that no draft and no published API uses
#[utoipa::path(delete, path = "/backend-services/{backend_service}", tag = "backend-services",
    params(("backend_service" = BackendServiceId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 204)))]
async fn delete_backend_service(
    Caller(control): Caller,
    At(service): At<BackendServiceId>,
    Expected(expected): Expected,
) -> Answer {
    control.delete_backend_service(service, expected).await?;
    answer::nothing()
}
