//! `/users/{user}/access-keys` and `/access-keys/{access_key}`: what users sign management calls with.

use paifang_control::{AccessKeyInfo, NewAccessKey};
use paifang_model::id::{AccessKeyId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, PageParams, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

type AccessKeyInfoView = View<AccessKeyInfo>;
type AccessKeyInfoList = List<AccessKeyInfoView>;

pub(super) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default()
        .routes(routes!(list_access_keys, create_access_key))
        .routes(routes!(update_access_key, delete_access_key))
}

/// A new access key; its secret is not shown again.
#[derive(Serialize, ToSchema)]
struct MadeAccessKey {
    #[serde(flatten)]
    key: AccessKeyInfoView,
    /// Its secret.
    secret: String,
}

/// What is to change.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AccessKeyPatch {
    /// Whether it is accepted.
    enabled: bool,
}

/// Access keys of a user, without their secrets
#[utoipa::path(get, path = "/users/{user}/access-keys", tag = "users",
    params(("user" = UserId, Path), PageParams), responses((status = 200, body = AccessKeyInfoList)))]
async fn list_access_keys(
    Caller(control): Caller,
    At(user): At<UserId>,
    Asked(page): Asked<PageParams>,
) -> Answer {
    control.read_user(user).await?;
    answer::page(control.list_access_keys(user, &page.paging()).await?)
}

/// Make an access key for a user; its secret is not shown again
#[utoipa::path(post, path = "/users/{user}/access-keys", tag = "users", params(("user" = UserId, Path)),
    responses((status = 201, body = MadeAccessKey)))]
async fn create_access_key(Caller(control): Caller, At(user): At<UserId>) -> Answer {
    let NewAccessKey { info, secret } = control.create_access_key(user).await?;
    let (path, revision) = (format!("/access-keys/{}", info.value.id), info.revision);
    answer::made(&path, revision, MadeAccessKey { key: info.into(), secret: secret.expose().to_owned() })
}

/// Have an access key accepted or refused
#[utoipa::path(patch, path = "/access-keys/{access_key}", tag = "users", request_body = AccessKeyPatch,
    params(("access_key" = AccessKeyId, Path)), responses((status = 200, body = AccessKeyInfoView)))]
async fn update_access_key(
    Caller(control): Caller,
    At(key): At<AccessKeyId>,
    Sent(patch): Sent<AccessKeyPatch>,
) -> Answer {
    match patch.enabled {
        true => answer::one(control.enable_access_key(key).await?),
        false => answer::one(control.disable_access_key(key).await?),
    }
}

/// Delete an access key
#[utoipa::path(delete, path = "/access-keys/{access_key}", tag = "users",
    params(("access_key" = AccessKeyId, Path)), responses((status = 204)))]
async fn delete_access_key(Caller(control): Caller, At(key): At<AccessKeyId>) -> Answer {
    control.delete_access_key(key).await?;
    answer::nothing()
}
