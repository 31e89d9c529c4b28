//! `/backend-accesses`: named ways to instances in private networks.

use paifang_control::{BackendAccessDraft, BackendAccessFilter};
use paifang_model::BackendAccess;
use paifang_model::id::BackendAccessId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, ByName, Expected, PageParams, SearchParams, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

type BackendAccessView = View<BackendAccess>;
type BackendAccessList = List<BackendAccessView>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(list_backend_accesses, create_backend_access)).routes(routes!(
        read_backend_access,
        update_backend_access,
        delete_backend_access
    ))
}

/// Backend accesses
#[utoipa::path(get, path = "/backend-accesses", tag = "backend-accesses", params(SearchParams, PageParams<ByName>),
    responses((status = 200, body = BackendAccessList)))]
async fn list_backend_accesses(
    Caller(control): Caller,
    Asked((SearchParams { search }, page)): Asked<(SearchParams, PageParams<ByName>)>,
) -> Answer {
    let filter = BackendAccessFilter { name_contains: search, ..BackendAccessFilter::default() };
    answer::page(control.list_backend_accesses(&filter, &page.paging()).await?)
}

/// Make a backend access
#[utoipa::path(post, path = "/backend-accesses", tag = "backend-accesses", request_body = BackendAccessDraft,
    responses((status = 201, body = BackendAccessView)))]
async fn create_backend_access(Caller(control): Caller, Sent(draft): Sent<BackendAccessDraft>) -> Answer {
    let access = control.create_backend_access(draft).await?;
    answer::made_one(&format!("/backend-accesses/{}", access.value.id), access)
}

/// A backend access
#[utoipa::path(get, path = "/backend-accesses/{backend_access}", tag = "backend-accesses",
    params(("backend_access" = BackendAccessId, Path)), responses((status = 200, body = BackendAccessView)))]
async fn read_backend_access(Caller(control): Caller, At(access): At<BackendAccessId>) -> Answer {
    answer::one(control.read_backend_access(access).await?)
}

/// Replace a backend access; APIs that use it follow at once
#[utoipa::path(put, path = "/backend-accesses/{backend_access}", tag = "backend-accesses",
    request_body = BackendAccessDraft,
    params(("backend_access" = BackendAccessId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = BackendAccessView)))]
async fn update_backend_access(
    Caller(control): Caller,
    At(access): At<BackendAccessId>,
    Expected(expected): Expected,
    Sent(draft): Sent<BackendAccessDraft>,
) -> Answer {
    answer::one(control.update_backend_access(access, draft, expected).await?)
}

/// Delete a backend access that no API uses
#[utoipa::path(delete, path = "/backend-accesses/{backend_access}", tag = "backend-accesses",
    params(("backend_access" = BackendAccessId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 204)))]
async fn delete_backend_access(
    Caller(control): Caller,
    At(access): At<BackendAccessId>,
    Expected(expected): Expected,
) -> Answer {
    control.delete_backend_access(access, expected).await?;
    answer::nothing()
}
