//! `/users`: who manages.

mod access_key;
mod password;

use paifang_control::{UserDraft, UserInfo, UserPatch};
use paifang_model::id::UserId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, ByName, Expected, PageParams, SearchParams, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

type UserInfoView = View<UserInfo>;
type UserInfoList = List<UserInfoView>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default()
        .routes(routes!(list_users, create_user))
        .routes(routes!(read_user, update_user, delete_user))
        .merge(password::routes())
        .merge(access_key::routes())
}

/// Users
#[utoipa::path(get, path = "/users", tag = "users", params(SearchParams, PageParams<ByName>),
    responses((status = 200, body = UserInfoList)))]
async fn list_users(
    Caller(control): Caller,
    Asked((SearchParams { search }, page)): Asked<(SearchParams, PageParams<ByName>)>,
) -> Answer {
    answer::page(control.list_users(search.as_deref(), &page.paging()).await?)
}

/// Make a user
#[utoipa::path(post, path = "/users", tag = "users", request_body = UserDraft,
    responses((status = 201, body = UserInfoView)))]
async fn create_user(Caller(control): Caller, Sent(draft): Sent<UserDraft>) -> Answer {
    let user = control.create_user(draft).await?;
    answer::made_one(&format!("/users/{}", user.value.id), user)
}

/// A user
#[utoipa::path(get, path = "/users/{user}", tag = "users", params(("user" = UserId, Path)),
    responses((status = 200, body = UserInfoView)))]
async fn read_user(Caller(control): Caller, At(user): At<UserId>) -> Answer {
    answer::one(control.read_user(user).await?)
}

/// Change what a user may do
#[utoipa::path(patch, path = "/users/{user}", tag = "users", request_body = UserPatch,
    params(("user" = UserId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = UserInfoView)))]
async fn update_user(
    Caller(control): Caller,
    At(user): At<UserId>,
    Expected(expected): Expected,
    Sent(patch): Sent<UserPatch>,
) -> Answer {
    answer::one(control.update_user(user, patch, expected).await?)
}

/// Delete a user, with its access keys
#[utoipa::path(delete, path = "/users/{user}", tag = "users",
    params(("user" = UserId, Path), ("If-Match" = Option<String>, Header)), responses((status = 204)))]
async fn delete_user(Caller(control): Caller, At(user): At<UserId>, Expected(expected): Expected) -> Answer {
    control.delete_user(user, expected).await?;
    answer::nothing()
}
