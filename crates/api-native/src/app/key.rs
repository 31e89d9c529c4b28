//! `/apps/{app}/keys`: what apps sign with. A secret is shown when it is made or reset, or when it is asked for.

use paifang_control::{AppKeyDraft, AppKeyInfo, NewAppKey};
use paifang_model::Secret;
use paifang_model::id::{AppId, AppKeyId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, PageParams, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

type AppKeyInfoView = View<AppKeyInfo>;
type AppKeyInfoList = List<AppKeyInfoView>;

pub(super) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default()
        .routes(routes!(list_app_keys, add_app_key))
        .routes(routes!(delete_app_key))
        .routes(routes!(reset_app_secret))
        .routes(routes!(reveal_app_key))
        .routes(routes!(check_app_secret))
}

/// A key and its secret.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeyWithSecret {
    #[serde(flatten)]
    key: AppKeyInfoView,
    /// Its secret.
    secret: String,
}

impl From<NewAppKey> for KeyWithSecret {
    fn from(new: NewAppKey) -> Self {
        Self { key: new.info.into(), secret: new.secret.expose().to_owned() }
    }
}

/// Which secret the key gets.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SecretDraft {
    /// 8 to 128 visible ASCII characters; absent: 32 hex digits are drawn.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    secret: Option<Secret>,
}

/// A secret, shown because somebody asked.
#[derive(Serialize, ToSchema)]
struct Revealed {
    /// The secret.
    secret: String,
}

/// The secret that the key is thought to have.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SecretGuess {
    /// The secret.
    #[schema(value_type = String)]
    secret: Secret,
}

/// Whether the key has it.
#[derive(Serialize, ToSchema)]
struct Checked {
    /// Whether it is the key's secret.
    matches: bool,
}

/// Keys of an app, without their secrets
#[utoipa::path(get, path = "/apps/{app}/keys", tag = "apps", params(("app" = AppId, Path), PageParams),
    responses((status = 200, body = AppKeyInfoList)))]
async fn list_app_keys(
    Caller(control): Caller,
    At(app): At<AppId>,
    Asked(page): Asked<PageParams>,
) -> Answer {
    control.read_app(app).await?;
    answer::page(control.list_app_keys(app, &page.paging()).await?)
}

/// Give an app a further key
#[utoipa::path(post, path = "/apps/{app}/keys", tag = "apps", request_body = AppKeyDraft,
    params(("app" = AppId, Path)), responses((status = 201, body = KeyWithSecret)))]
async fn add_app_key(Caller(control): Caller, At(app): At<AppId>, Sent(draft): Sent<AppKeyDraft>) -> Answer {
    let new = control.add_app_key(app, &draft).await?;
    let (path, revision) = (format!("/apps/{app}/keys/{}", new.info.value.id), new.info.revision);
    answer::made(&path, revision, KeyWithSecret::from(new))
}

/// Delete a key of an app, but not its last one
#[utoipa::path(delete, path = "/apps/{app}/keys/{key}", tag = "apps",
    params(("app" = AppId, Path), ("key" = AppKeyId, Path)), responses((status = 204)))]
async fn delete_app_key(Caller(control): Caller, At((app, key)): At<(AppId, AppKeyId)>) -> Answer {
    control.delete_app_key(app, key).await?;
    answer::nothing()
}

/// Give a key another secret; the old one is void at once
#[utoipa::path(post, path = "/apps/{app}/keys/{key}/reset", tag = "apps", request_body = SecretDraft,
    params(("app" = AppId, Path), ("key" = AppKeyId, Path)), responses((status = 200, body = KeyWithSecret)))]
async fn reset_app_secret(
    Caller(control): Caller,
    At((app, key)): At<(AppId, AppKeyId)>,
    Sent(draft): Sent<SecretDraft>,
) -> Answer {
    answer::plain(KeyWithSecret::from(control.reset_app_secret(app, key, draft.secret).await?))
}

/// Show the secret of a key; the audit trail remembers it
#[utoipa::path(post, path = "/apps/{app}/keys/{key}/reveal", tag = "apps",
    params(("app" = AppId, Path), ("key" = AppKeyId, Path)), responses((status = 200, body = Revealed)))]
async fn reveal_app_key(Caller(control): Caller, At((app, key)): At<(AppId, AppKeyId)>) -> Answer {
    let secret = control.reveal_app_key(app, key).await?;
    answer::plain(Revealed { secret: secret.expose().to_owned() })
}

/// Say whether a key has this secret, without showing it
#[utoipa::path(post, path = "/apps/{app}/keys/{key}/check", tag = "apps", request_body = SecretGuess,
    params(("app" = AppId, Path), ("key" = AppKeyId, Path)), responses((status = 200, body = Checked)))]
async fn check_app_secret(
    Caller(control): Caller,
    At((app, key)): At<(AppId, AppKeyId)>,
    Sent(guess): Sent<SecretGuess>,
) -> Answer {
    let matches = control.check_app_secret(app, key, &guess.secret).await?;
    answer::plain(Checked { matches })
}
