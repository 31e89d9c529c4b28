//! A request, read whole: what it says may stand in the query, in a form and in headers.

use std::time::Duration;

use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use bytes::Bytes;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use paifang_sign::MAX_PARAMETERS;

use crate::BODY_AT_MOST;
use crate::fault::Fault;
use crate::params::Params;

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// Which of the two ways of calling a request follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Everything is a parameter.
    RpcV1,
    /// Headers name the action and carry the signature.
    Acs3,
}

impl Style {
    /// One client names the action in a header and in a parameter, and signs as RPC v1 does.
    fn of(asked: &Asked) -> Self {
        let named_by_header =
            asked.headers.contains_key("x-acs-action") && asked.params.text("Action").is_none();
        if asked.headers.contains_key(AUTHORIZATION) || named_by_header { Self::Acs3 } else { Self::RpcV1 }
    }
}

/// A request, read whole.
pub(crate) struct Asked {
    pub(crate) method: Method,
    pub(crate) headers: HeaderMap,
    pub(crate) style: Style,
    pub(crate) params: Params,
    target: String,
    body: Bytes,
}

impl Asked {
    pub(crate) async fn read(mut parts: Parts, body: Body) -> Result<Self, Fault> {
        if parts.method != Method::GET && parts.method != Method::POST {
            return Err(Fault::coded(
                "UnsupportedHTTPMethod",
                StatusCode::BAD_REQUEST,
                format!("The HTTP method {} is not supported: use GET or POST.", parts.method),
            ));
        }
        add_host(&mut parts);
        let body = collect(&parts.headers, body).await?;
        let target = parts.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
        let Parts { method, headers, .. } = parts;
        let mut asked = Self { method, headers, style: Style::Acs3, params: Params::default(), target, body };
        check_number(asked.query(), asked.form())?;
        asked.params = Params::read(asked.query(), asked.form());
        asked.style = Style::of(&asked);
        Ok(asked)
    }

    /// The action that is named; empty when none is.
    pub(crate) fn action(&self) -> &str {
        self.said("x-acs-action", "Action")
    }

    /// The version of the interface that is named; empty when none is.
    pub(crate) fn version(&self) -> &str {
        self.said("x-acs-version", "Version")
    }

    /// The host as the client knows it.
    pub(crate) fn host(&self) -> &str {
        header(&self.headers, HOST.as_str())
    }

    /// The query as sent.
    pub(crate) fn query(&self) -> &[u8] {
        self.target.split_once('?').map_or(&[], |(_, query)| query.as_bytes())
    }

    /// The body when it is a form.
    pub(crate) fn form(&self) -> &[u8] {
        let content_type = self.headers.get(CONTENT_TYPE).map_or(&[][..], HeaderValue::as_bytes);
        if paifang_sign::alibaba::is_form(content_type) { &self.body } else { &[] }
    }

    pub(crate) fn body(&self) -> &[u8] {
        &self.body
    }

    pub(crate) fn signed_parts(&self) -> paifang_sign::Parts<'_, HeaderMap> {
        paifang_sign::Parts::new(self.method.as_str(), &self.target, &self.headers)
    }

    fn said(&self, name: &str, parameter: &str) -> &str {
        match self.style {
            Style::Acs3 => header(&self.headers, name),
            Style::RpcV1 => self.params.text(parameter).unwrap_or_default(),
        }
    }
}

/// A header's first value; empty when there is none, or none that is text.
pub(crate) fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// HTTP/2 has the host in `:authority`, and clients sign it as `host`.
fn add_host(parts: &mut Parts) {
    if let Some(authority) = parts.uri.authority()
        && !parts.headers.contains_key(HOST)
        && let Ok(host) = HeaderValue::from_str(authority.as_str())
    {
        parts.headers.insert(HOST, host);
    }
}

/// No client sends so many, and each costs before it is known who asks.
fn check_number(query: &[u8], form: &[u8]) -> Result<(), Fault> {
    let number = query.iter().chain(form).filter(|byte| **byte == b'&').count();
    if number < MAX_PARAMETERS {
        return Ok(());
    }
    let message = format!("A request has fewer than {MAX_PARAMETERS} parameters.");
    Err(Fault::coded("InvalidParameter", StatusCode::BAD_REQUEST, message))
}

async fn collect(headers: &HeaderMap, body: Body) -> Result<Bytes, Fault> {
    let declared = header(headers, CONTENT_LENGTH.as_str()).parse::<u64>();
    if declared.is_ok_and(|length| length > BODY_AT_MOST as u64) {
        return Err(too_large());
    }
    let collected = tokio::time::timeout(PATIENCE, Limited::new(body, BODY_AT_MOST).collect()).await;
    let slow = |_| {
        let message = format!("The request body did not arrive within {} s.", PATIENCE.as_secs());
        Fault::coded("RequestTimeout", StatusCode::REQUEST_TIMEOUT, message)
    };
    match collected.map_err(slow)? {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(error) => Err(Fault::coded(
            "InvalidRequest",
            StatusCode::BAD_REQUEST,
            format!("The request body broke off: {error}."),
        )),
    }
}

fn too_large() -> Fault {
    let message = format!("The request body has at most {BODY_AT_MOST} bytes.");
    Fault::coded("RequestEntityTooLarge", StatusCode::PAYLOAD_TOO_LARGE, message)
}
