//! `/access-lists`: addresses that the whole gateway lets in or keeps out. Changes hold for the next call.

use paifang_control::{AccessListDraft, AccessListFilter, AccessListPatch};
use paifang_model::id::AccessListId;
use paifang_model::{AccessList, IpVersion};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, ByName, Expected, FromParams, PageParams, Params, SearchParams, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

type AccessListView = View<AccessList>;
type AccessListList = List<AccessListView>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(list_access_lists, create_access_list)).routes(routes!(
        read_access_list,
        update_access_list,
        delete_access_list
    ))
}

/// Which access lists are wanted; all that is set must hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct AccessListParams {
    /// In force for this version of IP.
    enforced: Option<IpVersion>,
}

impl FromParams for AccessListParams {
    fn from_params(params: &mut Params) -> Self {
        Self { enforced: params.word("enforced") }
    }
}

/// Access lists
#[utoipa::path(get, path = "/access-lists", tag = "access-lists",
    params(AccessListParams, SearchParams, PageParams<ByName>), responses((status = 200, body = AccessListList)))]
async fn list_access_lists(
    Caller(control): Caller,
    Asked((AccessListParams { enforced }, SearchParams { search }, page)): Asked<(
        AccessListParams,
        SearchParams,
        PageParams<ByName>,
    )>,
) -> Answer {
    let filter = AccessListFilter { name_contains: search, enforced };
    answer::page(control.list_access_lists(&filter, &page.paging()).await?)
}

/// Make an access list; in force, it takes the place of another one of its version
#[utoipa::path(post, path = "/access-lists", tag = "access-lists", request_body = AccessListDraft,
    responses((status = 201, body = AccessListView)))]
async fn create_access_list(Caller(control): Caller, Sent(draft): Sent<AccessListDraft>) -> Answer {
    let list = control.create_access_list(draft).await?;
    answer::made_one(&format!("/access-lists/{}", list.value.id), list)
}

/// An access list
#[utoipa::path(get, path = "/access-lists/{access_list}", tag = "access-lists",
    params(("access_list" = AccessListId, Path)), responses((status = 200, body = AccessListView)))]
async fn read_access_list(Caller(control): Caller, At(list): At<AccessListId>) -> Answer {
    answer::one(control.read_access_list(list).await?)
}

/// Change an access list; in force, it takes the place of another one of its version
#[utoipa::path(patch, path = "/access-lists/{access_list}", tag = "access-lists",
    request_body = AccessListPatch,
    params(("access_list" = AccessListId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = AccessListView)))]
async fn update_access_list(
    Caller(control): Caller,
    At(list): At<AccessListId>,
    Expected(expected): Expected,
    Sent(patch): Sent<AccessListPatch>,
) -> Answer {
    answer::one(control.update_access_list(list, patch, expected).await?)
}

/// Delete an access list that is not in force
#[utoipa::path(delete, path = "/access-lists/{access_list}", tag = "access-lists",
    params(("access_list" = AccessListId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 204)))]
async fn delete_access_list(
    Caller(control): Caller,
    At(list): At<AccessListId>,
    Expected(expected): Expected,
) -> Answer {
    control.delete_access_list(list, expected).await?;
    answer::nothing()
}
