//! What came back.

use axum::body::Body;
use axum::http::{HeaderMap, Response, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::Value;

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// The body; null when there is none, a text when it is not JSON.
    pub(crate) body: Value,
}

impl Reply {
    pub(super) async fn of(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let text = || Value::String(String::from_utf8_lossy(&bytes).into_owned());
        let body = if bytes.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&bytes).unwrap_or_else(|_| text())
        };
        Self { status: parts.status, headers: parts.headers, body }
    }

    /// The text at a pointer.
    pub(crate) fn text(&self, pointer: &str) -> &str {
        let found = self.body.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("no text at {pointer}: {} {}", self.status, self.body))
    }

    /// The id of the object.
    pub(crate) fn id(&self) -> String {
        self.text("/id").to_owned()
    }

    /// A header as text; empty when it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Status and body on one line, with what is drawn at random replaced.
    pub(crate) fn shown(&self) -> String {
        let body = if self.body.is_null() { String::new() } else { self.body.to_string() };
        hide_ids(format!("{} {body}", self.status.as_u16()).trim_end())
    }

    /// A problem: status, kind, sentence, and one line per complaint.
    pub(crate) fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.shown());
        assert_eq!(self.text("/instance"), self.header("x-request-id"));
        assert_eq!(self.body["status"], self.status.as_u16());
        let kind = self.text("/type").strip_prefix("urn:paifang:problem:").unwrap();
        let mut lines = vec![format!("{} {kind}: {}", self.status.as_u16(), self.text("/detail"))];
        for violation in self.body["violations"].as_array().into_iter().flatten() {
            let part = |name: &str| violation[name].as_str().unwrap().to_owned();
            lines.push(format!("{} ({}): {}", part("pointer"), part("rule"), part("message")));
        }
        hide_ids(&lines.join("\n"))
    }

    /// The values of one member of the items of a list.
    pub(crate) fn items(&self, member: &str) -> Vec<String> {
        let items = self.body["items"].as_array().unwrap_or_else(|| panic!("no list: {}", self.shown()));
        items.iter().map(|item| item[member].as_str().unwrap_or("?").to_owned()).collect()
    }
}

/// Replaces every run of 32 and more hex digits.
fn hide_ids(text: &str) -> String {
    let mut shown = String::new();
    let mut run = String::new();
    for character in text.chars().chain(['\n']) {
        if character.is_ascii_hexdigit() {
            run.push(character);
            continue;
        }
        shown.push_str(if run.len() >= 32 { "…" } else { &run });
        run.clear();
        shown.push(character);
    }
    shown.trim_end_matches('\n').to_owned()
}
