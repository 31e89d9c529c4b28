//! `/apps/{app}/codes`: what apps show instead of signing. A code is shown when it is made or asked for.

use paifang_control::{AppCodeInfo, Error};
use paifang_model::Secret;
use paifang_model::id::{AppCodeId, AppId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, PageParams, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

type AppCodeInfoView = View<AppCodeInfo>;
type AppCodeInfoList = List<AppCodeInfoView>;

pub(super) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default()
        .routes(routes!(list_app_codes, create_app_code))
        .routes(routes!(delete_app_code))
        .routes(routes!(reveal_app_code))
        .routes(routes!(find_app_code))
}

/// What a new code is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AppCodeDraft {
    /// 8 to 180 visible ASCII characters; absent: 32 hex digits are drawn.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    code: Option<Secret>,
}

/// A new code.
#[derive(Serialize, ToSchema)]
struct MadeAppCode {
    #[serde(flatten)]
    info: AppCodeInfoView,
    /// The code.
    code: String,
}

/// A code, shown because somebody asked.
#[derive(Serialize, ToSchema)]
struct RevealedCode {
    /// The code.
    code: String,
}

/// A code that the app is thought to have.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CodeGuess {
    /// The code.
    #[schema(value_type = String)]
    code: Secret,
}

/// Which code it is.
#[derive(Serialize, ToSchema)]
struct FoundAppCode {
    /// The code's id; null: the app has no such code.
    id: Option<AppCodeId>,
}

/// Codes of an app, masked
#[utoipa::path(get, path = "/apps/{app}/codes", tag = "apps", params(("app" = AppId, Path), PageParams),
    responses((status = 200, body = AppCodeInfoList)))]
async fn list_app_codes(
    Caller(control): Caller,
    At(app): At<AppId>,
    Asked(page): Asked<PageParams>,
) -> Answer {
    control.read_app(app).await?;
    answer::page(control.list_app_codes(app, &page.paging()).await?)
}

/// Give an app a code
#[utoipa::path(post, path = "/apps/{app}/codes", tag = "apps", request_body = AppCodeDraft,
    params(("app" = AppId, Path)), responses((status = 201, body = MadeAppCode)))]
async fn create_app_code(
    Caller(control): Caller,
    At(app): At<AppId>,
    Sent(draft): Sent<AppCodeDraft>,
) -> Answer {
    let code = draft.code.unwrap_or_else(Secret::random);
    let info = control.create_app_code(app, Some(code.clone())).await?;
    let (path, revision) = (format!("/apps/{app}/codes/{}", info.value.id), info.revision);
    answer::made(&path, revision, MadeAppCode { info: info.into(), code: code.expose().to_owned() })
}

/// Delete a code of an app
#[utoipa::path(delete, path = "/apps/{app}/codes/{code}", tag = "apps",
    params(("app" = AppId, Path), ("code" = AppCodeId, Path)), responses((status = 204)))]
async fn delete_app_code(Caller(control): Caller, At((app, code)): At<(AppId, AppCodeId)>) -> Answer {
    control.delete_app_code(app, code).await?;
    answer::nothing()
}

/// Show a code; the audit trail remembers it
#[utoipa::path(post, path = "/apps/{app}/codes/{code}/reveal", tag = "apps",
    params(("app" = AppId, Path), ("code" = AppCodeId, Path)), responses((status = 200, body = RevealedCode)))]
async fn reveal_app_code(Caller(control): Caller, At((app, code)): At<(AppId, AppCodeId)>) -> Answer {
    let code = control.reveal_app_code(app, code).await?;
    answer::plain(RevealedCode { code: code.expose().to_owned() })
}

/// Say which of an app's codes this is, without showing any
#[utoipa::path(post, path = "/apps/{app}/codes/find", tag = "apps", request_body = CodeGuess,
    params(("app" = AppId, Path)), responses((status = 200, body = FoundAppCode)))]
async fn find_app_code(Caller(control): Caller, At(app): At<AppId>, Sent(guess): Sent<CodeGuess>) -> Answer {
    let id = match control.find_app_code(guess.code).await {
        Ok(found) => Some(found.value).filter(|found| found.app == app).map(|found| found.id),
        Err(Error::NotFound { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    answer::plain(FoundAppCode { id })
}
