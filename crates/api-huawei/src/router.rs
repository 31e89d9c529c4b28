//! The way of every request: its operation, its caller, its answer.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;
use paifang_model::Id;
use tracing::Instrument as _;

use crate::answer::Answer;
use crate::call::Call;
use crate::fault::{Fault, codes};
use crate::route::{Does, PathParameters, Route, find};
use crate::state::HuaweiState;
use crate::{ask, caller};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Everything below `/v2/{project_id}/apigw/`. It has no fallback, and so can be merged into another router.
pub fn router(state: HuaweiState) -> Router {
    Router::new().route("/v2/{project_id}/apigw/{*operation}", any(serve)).with_state(state)
}

async fn serve(State(state): State<HuaweiState>, request: Request) -> Response {
    let id = Id::random().to_string();
    let span = tracing::info_span!("apig", request.id = %id);
    let mut response = match answer(&state, request).instrument(span).await {
        Ok(reply) => reply.into_response(),
        Err(fault) => fault.render(&id),
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.extend(HeaderValue::from_str(&id).ok().map(|id| (REQUEST_ID, id)));
    if headers.contains_key(CONTENT_TYPE) {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    response
}

async fn answer(state: &HuaweiState, request: Request) -> Answer {
    let (parts, body) = request.into_parts();
    let (project, path) = split(parts.uri.path());
    let found = find(parts.method.as_str(), path);
    let (known, body) = caller::check(state, &parts, body).await?;
    let (route, parameters) = found?;
    check_project(state, project)?;
    check_instance(state, &parameters)?;
    tracing::debug!(operation = route.operation, caller = %known.name, "Asked for {}", route.operation);
    let context = state.control().acting_as(known);
    let query = ask::query(parts.uri.query().unwrap_or_default())?;
    let call = Call { state: state.clone(), context, parameters, query, body };
    perform(route, &call).await
}

async fn perform(route: &'static Route, call: &Call) -> Answer {
    match route.does {
        Does::Handled(handler) => Ok(handler(call).await?.with(route.success)),
        Does::Unsupported(reason) => Err(codes::DENIED.with(reason)),
        Does::NotYet => {
            Err(codes::NOT_OFFERED.with(format!("{} is not offered by this gateway yet", route.operation)))
        }
    }
}

/// `/v2/{project_id}/apigw/{path}`: the router let nothing else in.
fn split(path: &str) -> (&str, &str) {
    let mut pieces = path.trim_start_matches('/').splitn(4, '/').skip(1);
    (pieces.next().unwrap_or_default(), pieces.nth(1).unwrap_or_default())
}

fn check_project(state: &HuaweiState, named: &str) -> Result<(), Fault> {
    let project = &state.settings().project;
    if percent_encoding::percent_decode_str(named).decode_utf8_lossy() == project.as_str() {
        return Ok(());
    }
    let named = paifang_model::name::shown(named);
    Err(codes::WRONG_PROJECT.with(format!("the project is `{project}` here, not `{named}`")))
}

fn check_instance(state: &HuaweiState, parameters: &PathParameters) -> Result<(), Fault> {
    let named = parameters.iter().find(|(name, _)| *name == "instance_id");
    match named {
        Some((_, id)) if *id != state.settings().instance => {
            Err(codes::NO_INSTANCE.with(format!("id:{}", paifang_model::name::shown(id))))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_path_has_a_project_and_an_operation() {
        assert_eq!(super::split("/v2/p/apigw/instances/i/apis"), ("p", "instances/i/apis"));
        assert_eq!(super::split("/v2/p/apigw/instances"), ("p", "instances"));
    }
}
