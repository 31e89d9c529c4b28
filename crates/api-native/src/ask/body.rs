//! The body: JSON, at most 1 MiB, all of it within half a minute.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use bytes::Bytes;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use paifang_model::{Rule, Violations};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use super::pointer;
use crate::BODY_AT_MOST;
use crate::problem::{Kind, Problem};

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// The body, read. An absent body is an empty object.
pub(crate) struct Sent<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = collect(&parts.headers, body).await?;
        if bytes.is_empty() {
            return read(b"{}").map(Self);
        }
        check_type(parts.headers.get(CONTENT_TYPE))?;
        read(&bytes).map(Self)
    }
}

/// For members that may be null and must be named: a patch that says nothing about them must not take them away.
pub(crate) fn named<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}

/// The whole body.
pub(crate) async fn collect(headers: &HeaderMap, body: Body) -> Result<Bytes, Problem> {
    let declared = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if declared.is_some_and(|length| length > BODY_AT_MOST as u64) {
        return Err(too_large());
    }
    let collected = tokio::time::timeout(PATIENCE, Limited::new(body, BODY_AT_MOST).collect()).await;
    let slow =
        |_| Problem::new(Kind::Slow, format!("the body did not arrive within {} s", PATIENCE.as_secs()));
    match collected.map_err(slow)? {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(error) => Err(Problem::new(Kind::Malformed, format!("the body broke off: {error}"))),
    }
}

fn too_large() -> Problem {
    Problem::new(Kind::TooLarge, format!("a body has at most {BODY_AT_MOST} bytes"))
}

/// Only JSON is read: a form of a foreign page cannot send it.
fn check_type(content_type: Option<&HeaderValue>) -> Result<(), Problem> {
    let text = content_type.and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_json =
        essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"));
    if is_json {
        return Ok(());
    }
    let shown = paifang_model::name::shown(text);
    Err(Problem::new(Kind::MediaType, format!("Content-Type is `{shown}`, and must be `application/json`")))
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| unreadable(&error))?;
    json.end().map_err(|error| not_json(&error))?;
    Ok(value)
}

fn unreadable(error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    if error.inner().is_data() {
        pointer::complaint(error.path(), error.inner()).into()
    } else {
        not_json(error.inner())
    }
}

fn not_json(error: &serde_json::Error) -> Problem {
    Problem::violations(
        Kind::Malformed,
        Violations::one("", Rule::Format, format!("it is not JSON: {error}")),
    )
}
