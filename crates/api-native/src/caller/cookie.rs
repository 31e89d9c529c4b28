//! The session's cookie (RFC 6265): for this host alone, hidden from scripts, not sent from other sites.

use axum::http::header::COOKIE as HEADER;
use axum::http::{HeaderMap, HeaderValue};

use super::sessions::ABSOLUTE_S;
use crate::router::BASE;
use crate::state::Transport;

/// Its name.
pub(crate) const COOKIE: &str = "paifang_session";

/// The token that the cookie carries.
pub(super) fn token(headers: &HeaderMap) -> Option<&str> {
    let lines = headers.get_all(HEADER).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value)
}

/// `Set-Cookie` for a new session.
pub(crate) fn set(token: &str, transport: Transport) -> Option<HeaderValue> {
    line(token, ABSOLUTE_S, transport)
}

/// `Set-Cookie` that takes it away.
pub(crate) fn clear(transport: Transport) -> Option<HeaderValue> {
    line("", 0, transport)
}

fn line(token: &str, seconds: i64, transport: Transport) -> Option<HeaderValue> {
    let secure = match transport {
        Transport::Tls => "; Secure",
        Transport::Plain => "",
    };
    // Ports of a host share cookies: with a wider path, calls to APIs would carry it, and on to their backends.
    let text = format!("{COOKIE}={token}; HttpOnly; SameSite=Strict; Path={BASE}; Max-Age={seconds}{secure}");
    HeaderValue::try_from(text).ok()
}
