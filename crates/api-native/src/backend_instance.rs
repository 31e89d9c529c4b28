//! `/backend-instances`: where what clouds know by an id is.

use paifang_control::{BackendInstanceDraft, BackendInstanceFilter};
use paifang_model::BackendInstance;
use paifang_model::id::BackendInstanceId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, ByName, Expected, PageParams, SearchParams, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

type BackendInstanceView = View<BackendInstance>;
type BackendInstanceList = List<BackendInstanceView>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(list_backend_instances, create_backend_instance)).routes(routes!(
        read_backend_instance,
        update_backend_instance,
        delete_backend_instance
    ))
}

/// Backend instances; searched and sorted by the cloud's id
#[utoipa::path(get, path = "/backend-instances", tag = "backend-instances",
    params(SearchParams, PageParams<ByName>), responses((status = 200, body = BackendInstanceList)))]
async fn list_backend_instances(
    Caller(control): Caller,
    Asked((SearchParams { search }, page)): Asked<(SearchParams, PageParams<ByName>)>,
) -> Answer {
    let filter = BackendInstanceFilter { instance_contains: search, ..BackendInstanceFilter::default() };
    answer::page(control.list_backend_instances(&filter, &page.paging()).await?)
}

/// Put a backend instance into the inventory; accesses and members of channels that name it reach it at once
#[utoipa::path(post, path = "/backend-instances", tag = "backend-instances",
    request_body = BackendInstanceDraft, responses((status = 201, body = BackendInstanceView)))]
async fn create_backend_instance(Caller(control): Caller, Sent(draft): Sent<BackendInstanceDraft>) -> Answer {
    let instance = control.create_backend_instance(draft).await?;
    answer::made_one(&format!("/backend-instances/{}", instance.value.id), instance)
}

/// A backend instance
#[utoipa::path(get, path = "/backend-instances/{backend_instance}", tag = "backend-instances",
    params(("backend_instance" = BackendInstanceId, Path)),
    responses((status = 200, body = BackendInstanceView)))]
async fn read_backend_instance(Caller(control): Caller, At(instance): At<BackendInstanceId>) -> Answer {
    answer::one(control.read_backend_instance(instance).await?)
}

/// Replace a backend instance; calls go to its new address at once
#[utoipa::path(put, path = "/backend-instances/{backend_instance}", tag = "backend-instances",
    request_body = BackendInstanceDraft,
    params(("backend_instance" = BackendInstanceId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = BackendInstanceView)))]
async fn update_backend_instance(
    Caller(control): Caller,
    At(instance): At<BackendInstanceId>,
    Expected(expected): Expected,
    Sent(draft): Sent<BackendInstanceDraft>,
) -> Answer {
    answer::one(control.update_backend_instance(instance, draft, expected).await?)
}

/// Take a backend instance that nothing means out of the inventory
#[utoipa::path(delete, path = "/backend-instances/{backend_instance}", tag = "backend-instances",
    params(("backend_instance" = BackendInstanceId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 204)))]
async fn delete_backend_instance(
    Caller(control): Caller,
    At(instance): At<BackendInstanceId>,
    Expected(expected): Expected,
) -> Answer {
    control.delete_backend_instance(instance, expected).await?;
    answer::nothing()
}
