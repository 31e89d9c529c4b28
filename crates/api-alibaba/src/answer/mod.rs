//! What every answer is wrapped in: the request's id, JSON or XML, the shape of errors
//! (spec: aliyun/management-api.md §3).

mod xml;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::asked::{Asked, Style, header};
use crate::fault::Fault;

/// What an answer to one request has around it.
pub(crate) struct Envelope {
    request_id: String,
    host: String,
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Xml,
}

impl Envelope {
    /// Before anything else is known.
    pub(crate) fn of(parts: &Parts) -> Self {
        let request_id = Uuid::new_v4().as_hyphenated().to_string().to_uppercase();
        Self { request_id, host: header(&parts.headers, HOST.as_str()).to_owned(), format: Format::Json }
    }

    /// Answers in the format that is asked for: with RPC v1 it is XML unless `Format` says otherwise.
    pub(crate) fn asked(&mut self, asked: &Asked) {
        let format = asked.params.text("Format").map(str::to_ascii_uppercase);
        self.format = match (asked.style, format.as_deref()) {
            (Style::Acs3, _) | (Style::RpcV1, Some("JSON")) => Format::Json,
            (Style::RpcV1, _) => Format::Xml,
        };
    }

    pub(crate) fn request_id(&self) -> &str {
        &self.request_id
    }

    pub(crate) fn success(&self, action: &str, answer: Value) -> Response {
        let mut fields = Map::new();
        fields.insert("RequestId".to_owned(), json!(self.request_id));
        if let Value::Object(answer) = answer {
            fields.extend(answer);
        }
        self.render(StatusCode::OK, &format!("{action}Response"), fields)
    }

    pub(crate) fn fault(&self, fault: &Fault) -> Response {
        let fields = Map::from_iter([
            ("RequestId".to_owned(), json!(self.request_id)),
            ("HostId".to_owned(), json!(self.host)),
            ("Code".to_owned(), json!(fault.code)),
            ("Message".to_owned(), json!(fault.message)),
            ("Recommend".to_owned(), json!("")),
        ]);
        self.render(fault.status, "Error", fields)
    }

    fn render(&self, status: StatusCode, root: &str, fields: Map<String, Value>) -> Response {
        let (content_type, text) = match self.format {
            Format::Json => ("application/json;charset=utf-8", Value::Object(fields).to_string()),
            Format::Xml => ("text/xml;charset=utf-8", xml::write(root, &fields)),
        };
        let mut response = Response::new(Body::from(text));
        *response.status_mut() = status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        response
    }
}
