//! Takes out the fields that concern one connection only.
//!
//! One pass finds which of them are there; only those are looked up again to be removed. Removing a dozen names blindly from every
//! message is a tenth of a proxy's user time.

use http::header::{
    CONNECTION, CONTENT_LENGTH, HOST, HeaderName, HeaderValue, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, TE,
    TRANSFER_ENCODING, UPGRADE,
};

use crate::Headers;
use crate::headers::mark;

static KEEP_ALIVE: HeaderName = HeaderName::from_static("keep-alive");
static PROXY_CONNECTION: HeaderName = HeaderName::from_static("proxy-connection");

/// Removes the hop-by-hop fields (RFC 9110 §7.6.1) and those that `Connection` names, except `Host` and `Content-Length`, whose
/// removal would change the message's meaning. `TE: trailers` stays, reduced to that: it may be forwarded by whoever forwards trailers.
pub fn strip_hop_by_hop(headers: &mut Headers) {
    if !headers.may_have(MARKS) {
        return;
    }
    let found = find(headers);
    for (bit, name) in FIXED.iter().enumerate() {
        if found.fixed & (1 << bit) != 0 {
            headers.remove(*name);
        }
    }
    for name in &found.named {
        headers.remove(name);
    }
    if found.trailers {
        headers.insert(TE, HeaderValue::from_static("trailers"));
    }
}

/// Whether `Connection` names fields that [`strip_hop_by_hop`] would take out beside the usual ones.
pub fn names_hop_by_hop(headers: &Headers) -> bool {
    headers.get_all(CONNECTION).any(|value| tokens(value).any(|token| named_field(token).is_some()))
}

static FIXED: [&HeaderName; 8] = [
    &CONNECTION,
    &KEEP_ALIVE,
    &PROXY_CONNECTION,
    &PROXY_AUTHENTICATE,
    &PROXY_AUTHORIZATION,
    &TE,
    &TRANSFER_ENCODING,
    &UPGRADE,
];

/// What [`Headers`] remembers of those names.
const MARKS: u64 = mark("connection")
    | mark("keep-alive")
    | mark("proxy-connection")
    | mark("proxy-authenticate")
    | mark("proxy-authorization")
    | mark("te")
    | mark("transfer-encoding")
    | mark("upgrade");

#[derive(Default)]
struct Found {
    /// One bit per entry of [`FIXED`].
    fixed: u8,
    named: Vec<HeaderName>,
    trailers: bool,
}

fn find(headers: &Headers) -> Found {
    let mut found = Found::default();
    for (name, value) in headers.iter() {
        let Some(bit) = fixed_bit(name) else { continue };
        found.fixed |= 1 << bit;
        if *name == CONNECTION {
            tokens(value).filter_map(named_field).for_each(|field| found.named.push(field));
        } else if *name == TE {
            found.trailers |= tokens(value).any(|token| token.eq_ignore_ascii_case(b"trailers"));
        }
    }
    found
}

fn fixed_bit(name: &HeaderName) -> Option<u8> {
    // Length settles most names.
    Some(match (name.as_str().len(), name.as_str()) {
        (10, "connection") => 0,
        (10, "keep-alive") => 1,
        (16, "proxy-connection") => 2,
        (18, "proxy-authenticate") => 3,
        (19, "proxy-authorization") => 4,
        (2, "te") => 5,
        (17, "transfer-encoding") => 6,
        (7, "upgrade") => 7,
        _ => return None,
    })
}

fn named_field(token: &[u8]) -> Option<HeaderName> {
    // What nearly every peer says, and no field that could be left.
    if token.eq_ignore_ascii_case(b"close") || token.eq_ignore_ascii_case(b"keep-alive") {
        return None;
    }
    let name = HeaderName::from_bytes(token).ok()?;
    let kept = fixed_bit(&name).is_some() || name == HOST || name == CONTENT_LENGTH;
    (!kept).then_some(name)
}

fn tokens(value: &HeaderValue) -> impl Iterator<Item = &[u8]> {
    value.as_bytes().split(|byte| *byte == b',').map(<[u8]>::trim_ascii).filter(|token| !token.is_empty())
}
