//! What is answered when something is wrong: `{"error_code", "error_msg", "request_id"}`.

pub(crate) mod codes;
mod complaints;
mod of_control;

pub(crate) use codes::Code;
pub(crate) use complaints::{Complaint, Complaints};
pub(crate) use of_control::{Tongue, not_found, tell};

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

/// Something that is wrong, in the interface's terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    status: u16,
    code: &'static str,
    message: String,
}

impl Fault {
    /// As one of several in an answer that as a whole is well.
    pub(crate) fn members(&self) -> (Value, Value) {
        (json!(self.code), json!(self.message))
    }

    pub(crate) fn render(&self, request_id: &str) -> Response {
        if self.status >= 500 {
            tracing::error!(code = self.code, "A management request failed: {}", self.message);
        }
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = json!({ "error_code": self.code, "error_msg": self.message, "request_id": request_id });
        (status, axum::Json(body)).into_response()
    }
}
