//! A call to send, as it is asked for.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use bytes::Bytes;
use paifang_model::Secret;
use paifang_model::definition::Scheme;
use serde_json::Value;

use crate::ask::Fields;
use crate::fault::codes;
use crate::port::DebugCaller;

/// Spec: huawei/lifecycle.md.
const PATH_AT_MOST: usize = 1_024;
const BODY_AT_MOST: usize = 2_097_152;
const PAIRS_AT_MOST: usize = 200;

/// Which definition answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Draft,
    Published,
}

/// A call to send.
pub(super) struct Asked {
    pub(super) mode: Mode,
    pub(super) stage: String,
    pub(super) scheme: Scheme,
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) domain: Option<String>,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) caller: DebugCaller,
}

const METHODS: &[(&str, &str)] = &[
    ("GET", "GET"),
    ("POST", "POST"),
    ("PUT", "PUT"),
    ("DELETE", "DELETE"),
    ("HEAD", "HEAD"),
    ("PATCH", "PATCH"),
    ("OPTIONS", "OPTIONS"),
];

pub(super) fn read(body: &mut Fields<'_, '_>) -> Asked {
    let method = body.required_word("method", METHODS, "GET");
    Asked {
        mode: body.required_word(
            "mode",
            &[("DEVELOPER", Mode::Draft), ("CONSUMER", Mode::Published)],
            Mode::Draft,
        ),
        stage: body.text("stage").filter(|stage| !stage.is_empty()).unwrap_or("RELEASE").to_owned(),
        scheme: body.required_word(
            "scheme",
            &[("HTTP", Scheme::Http), ("HTTPS", Scheme::Https)],
            Scheme::Http,
        ),
        method: Method::from_bytes(method.as_bytes()).unwrap_or_default(),
        path: path(body),
        domain: body.text("domain").filter(|domain| !domain.is_empty()).map(str::to_owned),
        query: pairs(body, "query"),
        headers: headers(body),
        body: content(body),
        caller: caller(body),
    }
}

fn path(body: &mut Fields<'_, '_>) -> String {
    let path = body.required("path");
    if path.chars().count() > PATH_AT_MOST || !(path.is_empty() || path.starts_with('/')) {
        let message = format!("it must start with `/`, and has at most {PATH_AT_MOST} characters");
        body.complain(codes::INVALID_VALUE, "path", message);
    }
    path.to_owned()
}

/// A map from names to lists of values.
fn pairs(body: &mut Fields<'_, '_>, name: &str) -> Vec<(String, String)> {
    let Some(Value::Object(given)) = body.raw(name) else {
        body.refuse_other(name);
        return Vec::new();
    };
    let mut pairs = Vec::new();
    for (key, values) in given {
        let texts: Option<Vec<&str>> =
            values.as_array().and_then(|values| values.iter().map(Value::as_str).collect());
        match texts {
            Some(texts) => pairs.extend(texts.into_iter().map(|text| (key.clone(), text.to_owned()))),
            None => {
                body.complain(codes::INVALID_VALUE, name, "it is not a map from names to lists of strings")
            }
        }
    }
    if pairs.len() > PAIRS_AT_MOST {
        let message = format!("{} are too many: {PAIRS_AT_MOST} are allowed", pairs.len());
        body.complain(codes::INVALID_VALUE, name, message);
    }
    pairs
}

fn headers(body: &mut Fields<'_, '_>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs(body, "header") {
        match (HeaderName::try_from(&name), HeaderValue::try_from(&value)) {
            (Ok(name), Ok(value)) => {
                headers.append(name, value);
            }
            _ => {
                let message = format!("`{}` is not a header", paifang_model::name::shown(&name));
                body.complain(codes::INVALID_VALUE, "header", message);
            }
        }
    }
    headers
}

fn content(body: &mut Fields<'_, '_>) -> Bytes {
    let content = body.text("body").unwrap_or_default();
    if content.len() > BODY_AT_MOST {
        let message = format!("{} bytes are too many: {BODY_AT_MOST} are allowed", content.len());
        body.complain(codes::INVALID_VALUE, "body", message);
    }
    Bytes::copy_from_slice(content.as_bytes())
}

/// An app signs where key and secret are given; otherwise the API's owner calls.
fn caller(body: &mut Fields<'_, '_>) -> DebugCaller {
    let (key, secret) = (body.text("app_key"), body.text("app_secret"));
    match (key.filter(|key| !key.is_empty()), secret.filter(|secret| !secret.is_empty())) {
        (Some(key), Some(secret)) => DebugCaller::App { key: key.to_owned(), secret: Secret::new(secret) },
        (None, None) => DebugCaller::Owner,
        _ => {
            body.complain(codes::MISSING, "app_secret", "app_key and app_secret go together");
            DebugCaller::Owner
        }
    }
}
