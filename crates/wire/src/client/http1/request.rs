//! A request in the form in which HTTP/1 writes it.

use bytes::BytesMut;
use http::header::{CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING, UPGRADE};
use http::{HeaderName, HeaderValue, Method};

use super::sending::Sending;
use crate::client::{Origin, SendError, SendFailure};
use crate::http1::{Asked, Outbox, encode};
use crate::{Body, Headers, OutgoingRequest, Target};

/// What is to be written, and what the reply has to be read by.
pub(super) struct Outgoing {
    pub(super) sending: Sending,
    pub(super) asked: Asked,
}

impl Outgoing {
    pub(super) fn new(request: OutgoingRequest, origin: &Origin) -> Result<Self, SendError> {
        let OutgoingRequest { head, body } = request;
        // Its target has a form of its own, and what follows is a tunnel (RFC 9110 §9.3.6).
        if head.method == Method::CONNECT {
            let failure = SendFailure::Protocol("CONNECT cannot be sent to a backend".into());
            return Err(SendError::not_sent(failure));
        }
        let mut outbox = Outbox::default();
        let text = outbox.text();
        encode::request_line(text, &head.method, head.target.as_str());
        let found = fields(text, &head.headers);
        if !found.host {
            host(text, &head.target, origin);
        }
        framing(text, &head.method, &body, found.length);
        text.extend_from_slice(b"\r\n");
        let asked = Asked { method: head.method, upgrade: found.upgrade, close: found.close };
        Ok(Self { sending: Sending::new(outbox, body), asked })
    }
}

/// What was seen while fields were written.
#[derive(Default)]
struct Seen {
    host: bool,
    /// A length, right or wrong, was given.
    length: bool,
    upgrade: bool,
    close: bool,
}

/// Writes all fields but those that frame the body: how long it is it says itself (RFC 9112 §6).
fn fields(text: &mut BytesMut, headers: &Headers) -> Seen {
    let mut seen = Seen::default();
    for (name, value) in headers.iter() {
        if *name == CONTENT_LENGTH {
            seen.length = true;
            continue;
        } else if *name == TRANSFER_ENCODING {
            continue;
        } else if *name == HOST {
            seen.host = true;
        } else if *name == UPGRADE {
            seen.upgrade = true;
        } else if *name == CONNECTION {
            seen.close |= says_close(value);
        }
        encode::field(text, name, value);
    }
    seen
}

fn says_close(value: &HeaderValue) -> bool {
    value
        .as_bytes()
        .split(|byte| *byte == b',')
        .any(|option| option.trim_ascii().eq_ignore_ascii_case(b"close"))
}

/// RFC 9112 §3.2: a request without `Host` is refused.
fn host(text: &mut BytesMut, target: &Target, origin: &Origin) {
    let named = target.authority().and_then(|authority| HeaderValue::from_str(authority).ok());
    let own = || HeaderValue::from_str(origin.authority()?.as_str()).ok();
    if let Some(host) = named.or_else(own) {
        encode::field(text, &HOST, &host);
    }
}

/// RFC 9110 §8.6: the length of a body that has none is said where the method would have one, or where a length was given.
fn framing(text: &mut BytesMut, method: &Method, body: &Body, given: bool) {
    const CHUNKED: HeaderValue = HeaderValue::from_static("chunked");
    const CODING: HeaderName = TRANSFER_ENCODING;
    match body.declared_length() {
        None => encode::field(text, &CODING, &CHUNKED),
        Some(0) if !given && !matches!(*method, Method::POST | Method::PUT | Method::PATCH) => {}
        Some(length) => encode::content_length(text, length),
    }
}
