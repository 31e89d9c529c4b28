//! `/black-lists`: who is kept out of all APIs of an account. Changes hold for the next call.

use paifang_control::{BlackListDraft, BlackListFilter, BlackListPatch};
use paifang_model::BlackList;
use paifang_model::id::BlackListId;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, ByName, Expected, FromParams, PageParams, Params, SearchParams, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

type BlackListView = View<BlackList>;
type BlackListList = List<BlackListView>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(list_black_lists, create_black_list)).routes(routes!(
        read_black_list,
        update_black_list,
        delete_black_list
    ))
}

/// What is on a black list.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum BlackListKind {
    /// Addresses.
    Address,
    /// Apps.
    App,
    /// The accounts that apps belong to.
    User,
}

impl BlackListKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::App => "app",
            Self::User => "user",
        }
    }
}

/// Which black lists are wanted; all that is set must hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct BlackListParams {
    /// With entries of this kind.
    #[param(inline)]
    kind: Option<BlackListKind>,
}

impl FromParams for BlackListParams {
    fn from_params(params: &mut Params) -> Self {
        Self { kind: params.word("kind") }
    }
}

/// Black lists of the caller's account
#[utoipa::path(get, path = "/black-lists", tag = "black-lists",
    params(BlackListParams, SearchParams, PageParams<ByName>), responses((status = 200, body = BlackListList)))]
async fn list_black_lists(
    Caller(control): Caller,
    Asked((BlackListParams { kind }, SearchParams { search }, page)): Asked<(
        BlackListParams,
        SearchParams,
        PageParams<ByName>,
    )>,
) -> Answer {
    let kind = kind.map(|kind| kind.name().to_owned());
    let filter = BlackListFilter { name_contains: search, kind };
    answer::page(control.list_black_lists(&filter, &page.paging()).await?)
}

/// Make a black list for all APIs of the caller's account
#[utoipa::path(post, path = "/black-lists", tag = "black-lists", request_body = BlackListDraft,
    responses((status = 201, body = BlackListView)))]
async fn create_black_list(Caller(control): Caller, Sent(draft): Sent<BlackListDraft>) -> Answer {
    let list = control.create_black_list(draft).await?;
    answer::made_one(&format!("/black-lists/{}", list.value.id), list)
}

/// A black list
#[utoipa::path(get, path = "/black-lists/{black_list}", tag = "black-lists",
    params(("black_list" = BlackListId, Path)), responses((status = 200, body = BlackListView)))]
async fn read_black_list(Caller(control): Caller, At(list): At<BlackListId>) -> Answer {
    answer::one(control.read_black_list(list).await?)
}

/// Change a black list
#[utoipa::path(patch, path = "/black-lists/{black_list}", tag = "black-lists", request_body = BlackListPatch,
    params(("black_list" = BlackListId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = BlackListView)))]
async fn update_black_list(
    Caller(control): Caller,
    At(list): At<BlackListId>,
    Expected(expected): Expected,
    Sent(patch): Sent<BlackListPatch>,
) -> Answer {
    answer::one(control.update_black_list(list, patch, expected).await?)
}

/// Delete a black list
#[utoipa::path(delete, path = "/black-lists/{black_list}", tag = "black-lists",
    params(("black_list" = BlackListId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 204)))]
async fn delete_black_list(
    Caller(control): Caller,
    At(list): At<BlackListId>,
    Expected(expected): Expected,
) -> Answer {
    control.delete_black_list(list, expected).await?;
    answer::nothing()
}
