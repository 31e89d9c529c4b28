//! Which requests come here, and the five steps of every call.

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use paifang_model::name::shown;
use serde_json::Value;
use tracing::{Instrument as _, debug, info_span};

use crate::actions::{self, Handler};
use crate::answer::Envelope;
use crate::asked::Asked;
use crate::call::Call;
use crate::caller;
use crate::claims::claims;
use crate::fault::Fault;
use crate::state::AlibabaState;

/// This interface in front of what else the management port serves: it takes the requests that it [`claims`], and
/// leaves the others.
pub fn before(others: Router, state: AlibabaState) -> Router {
    others.layer(from_fn_with_state(state, take))
}

async fn take(State(state): State<AlibabaState>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    if claims(&parts) {
        serve(&state, parts, body).await
    } else {
        next.run(Request::from_parts(parts, body)).await
    }
}

async fn serve(state: &AlibabaState, parts: Parts, body: Body) -> Response {
    let mut envelope = Envelope::of(&parts);
    let asked = match Asked::read(parts, body).await {
        Ok(asked) => asked,
        Err(fault) => return envelope.fault(&fault),
    };
    envelope.asked(&asked);
    let span = info_span!("management", request.id = %envelope.request_id());
    let settled = answer(state, &asked).instrument(span).await;
    let action = shown(asked.action());
    match settled {
        Ok(answer) => {
            debug!(request.id = %envelope.request_id(), action, "Answered {action}");
            envelope.success(&action, answer)
        }
        Err(fault) => {
            debug!(request.id = %envelope.request_id(), action, code = fault.code, "Refused {action}");
            envelope.fault(&fault)
        }
    }
}

async fn answer(state: &AlibabaState, asked: &Asked) -> Result<Value, Fault> {
    let handler: Handler = actions::find(asked)?;
    let principal = caller::identify(state, asked).await?;
    handler(&Call::new(state, asked, principal)).await
}
