//! Whose call it is when trusted proxies passed it on: they add to `X-Forwarded-For` whom they had it from.
//!
//! All of it is read as bytes: fields may hold such as are no UTF-8 (RFC 9110 §5.5, `obs-text`), and what stands in one
//! element must not hide another.

use std::borrow::Cow;
use std::net::IpAddr;

use http::{HeaderName, HeaderValue};
use paifang_wire::Headers;
use smallvec::SmallVec;

use crate::networks::Networks;

/// Whom a call was passed on by.
pub(crate) const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The nearest address that no trusted proxy has. What stands left of it anybody can write.
pub(crate) fn client(trusted: &Networks, peer: IpAddr, headers: &Headers) -> IpAddr {
    if !trusted.contain(peer) {
        return peer;
    }
    let values: Vec<&HeaderValue> = headers.get_all(FORWARDED_FOR).collect();
    let mut nearest = peer;
    for text in values.iter().rev().flat_map(|value| value.as_bytes().rsplit(|byte| *byte == b',')) {
        // A proxy that does not know says `unknown`; nobody before it can be believed.
        let Some(address) = address(text) else { return nearest };
        nearest = address;
        if !trusted.contain(nearest) {
            return nearest;
        }
    }
    nearest
}

/// An element of all that the header lists, from 0, or from the end with a negative number.
pub(crate) fn element(headers: &Headers, index: i16) -> Option<&[u8]> {
    let values = headers.get_all(FORWARDED_FOR);
    let all: SmallVec<[&[u8]; 8]> =
        values.flat_map(|value| value.as_bytes().split(|byte| *byte == b',')).collect();
    let place = match usize::try_from(index) {
        Ok(from_start) => from_start,
        Err(_) => all.len().checked_sub(index.unsigned_abs().into())?,
    };
    all.get(place).copied()
}

/// An element as it is compared and counted: an address in one spelling, without a port, so that a client is counted as
/// one whichever port it calls from. What is no address is there all the same.
pub(crate) fn text(element: &[u8]) -> Cow<'_, str> {
    let as_written = || String::from_utf8_lossy(element.trim_ascii());
    address(element).map_or_else(as_written, |address| address.to_string().into())
}

/// An address, perhaps in brackets and with a port, as some proxies write it.
pub(crate) fn address(text: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(text).ok()?.trim();
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let address: Option<IpAddr> = bare.parse().ok();
    let with_port = || text.parse().ok().map(|socket: std::net::SocketAddr| socket.ip());
    address.or_else(with_port).map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(peer: &str, values: &[&str]) -> String {
        let trusted = "10.0.0.0/8, ::1".parse().expect("networks");
        let mut headers = Headers::new();
        for value in values {
            headers.append(FORWARDED_FOR, HeaderValue::from_str(value).expect("a value"));
        }
        client(&trusted, peer.parse().expect("an address"), &headers).to_string()
    }

    #[test]
    fn only_trusted_proxies_are_believed_and_only_as_far_as_they_go() {
        for (peer, values, client) in [
            // Anybody may write it.
            ("203.0.113.9", &["198.51.100.1"][..], "203.0.113.9"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["1.1.1.1, 198.51.100.1, 10.0.0.2"], "198.51.100.1"),
            ("10.0.0.1", &["1.1.1.1", "198.51.100.1,10.0.0.2"], "198.51.100.1"),
            ("10.0.0.1", &["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
            ("10.0.0.1", &["1.1.1.1, unknown, 10.0.0.2"], "10.0.0.2"),
            ("10.0.0.1", &["1.1.1.1, "], "10.0.0.1"),
            ("::1", &["198.51.100.1:1234"], "198.51.100.1"),
            ("::1", &["[2001:db8::7]:1234"], "2001:db8::7"),
            ("::1", &["2001:db8::7"], "2001:db8::7"),
            ("::1", &["::ffff:198.51.100.1"], "198.51.100.1"),
        ] {
            assert_eq!(told(peer, values), client, "{peer} {values:?}");
        }
    }

    proptest! {
        #[test]
        fn what_a_client_writes_before_its_proxy_changes_nothing(written in "[ -~]{0,60}") {
            prop_assert_eq!(told("10.0.0.1", &[&format!("{written}, 198.51.100.1")]), "198.51.100.1");
            prop_assert_eq!(told("203.0.113.9", &[&written]), "203.0.113.9");
        }
    }
}
