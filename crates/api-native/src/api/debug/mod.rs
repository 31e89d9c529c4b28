//! `/apis/{api}/debug`: one call through the pipeline, with every decision on its way. Limits do not count it.

mod message;
mod request;
mod resolve;
mod response;

use axum::extract::State;
use paifang_control::{Action, Noun, ResourcePath};
use paifang_model::id::ApiId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer};
use crate::ask::{At, Sent};
use crate::caller::Caller;
use crate::port::DebugRefused;
use crate::problem::{Kind, Problem};
use crate::state::NativeState;

use request::DebugCall;
use response::DebugReport;

pub(super) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(debug_api))
}

/// Send one call through the gateway, and see what it decides
///
/// Whatever the gateway answers to the call, a refusal too, is in the report. A call for an app uses the app's own
/// secret; the audit trail remembers that it was looked at.
#[utoipa::path(post, path = "/apis/{api}/debug", tag = "debug", request_body = DebugCall,
    params(("api" = ApiId, Path)), responses((status = 200, body = DebugReport)))]
async fn debug_api(
    State(state): State<NativeState>,
    Caller(control): Caller,
    At(api): At<ApiId>,
    Sent(call): Sent<DebugCall>,
) -> Answer {
    let api = control.read_api(api).await?.value;
    let path = ResourcePath::of(Noun::Group, api.group).then(Noun::Api, api.id);
    let permission = state.control().authorize(control.principal(), Action::DebugApi, &path).await?;
    let request = resolve::resolve(&control, api, call).await?;
    permission.note(state.control()).await?;
    let answer = state.debugger().debug(request).await?;
    answer::plain(DebugReport::from(answer))
}

impl From<DebugRefused> for Problem {
    fn from(refused: DebugRefused) -> Self {
        let detail = refused.to_string();
        match refused {
            DebugRefused::Invalid(violations) => violations.into(),
            DebugRefused::NotServed(_) => Self::new(Kind::Refused, detail),
            DebugRefused::Unavailable(_) => Self::new(Kind::Unavailable, detail),
        }
    }
}
