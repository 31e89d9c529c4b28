//! Probes and metrics, for anybody who reaches the management port.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::port::Readiness;
use crate::state::NativeState;

/// 200 while the process lives.
pub(super) async fn healthz() -> Response {
    Json(json!({ "alive": true })).into_response()
}

/// 200 when calls should be sent here, with what is not well all the same; else 503 with the reasons.
pub(super) async fn readyz(State(state): State<NativeState>) -> Response {
    let readiness = state.observer().readiness();
    let status = match readiness {
        Readiness::Ready | Readiness::Impaired(_) => StatusCode::OK,
        Readiness::NotReady(_) => StatusCode::SERVICE_UNAVAILABLE,
    };
    let ready = status.is_success();
    (status, Json(json!({ "ready": ready, "reasons": readiness.reasons() }))).into_response()
}

/// Every metric.
pub(super) async fn metrics(State(state): State<NativeState>) -> Response {
    let text = state.observer().metrics();
    ([(CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text).into_response()
}
