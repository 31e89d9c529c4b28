//! What may stand in `Host`, and whether it agrees with a request target.

use super::octets;

/// Whether `value` is `uri-host [ ":" port ]` (RFC 9110 §7.2, RFC 3986 §3.2.2) with a host that is not empty (RFC 9110 §4.2.1).
#[must_use]
pub fn is_host(value: &[u8]) -> bool {
    // Nearly all are: a name without a port.
    if !value.is_empty() && value.iter().all(|byte| octets::is_reg_name(*byte)) {
        return true;
    }
    let (host, port) = split_port(value);
    let named = if let Some(literal) = host.strip_prefix(b"[") {
        literal.strip_suffix(b"]").is_some_and(is_address)
    } else {
        !host.is_empty() && is_reg_name(host)
    };
    named && port.is_none_or(|port| port.len() <= 5 && port.iter().all(u8::is_ascii_digit))
}

/// Whether `Host` says the same as the authority of a target: without regard to case, and to the default port of either scheme.
#[must_use]
pub fn agrees(host: &[u8], authority: &[u8]) -> bool {
    let ((host, host_port), (name, port)) = (split_port(host), split_port(authority));
    let default = |port: &[u8]| matches!(port, b"" | b"80" | b"443");
    let same_port = match (host_port, port) {
        (None, None) => true,
        (Some(port), None) | (None, Some(port)) => default(port),
        (Some(one), Some(other)) => one == other,
    };
    host.eq_ignore_ascii_case(name) && same_port
}

fn split_port(value: &[u8]) -> (&[u8], Option<&[u8]>) {
    let after = value.iter().rposition(|byte| *byte == b']').map_or(0, |end| end + 1);
    match value[after..].iter().position(|byte| *byte == b':') {
        Some(colon) => (&value[..after + colon], Some(&value[after + colon + 1..])),
        None => (value, None),
    }
}

/// An IPv6 address. RFC 3986 leaves room for later versions of addresses, which nobody uses, and zones are nobody else's business.
fn is_address(literal: &[u8]) -> bool {
    str::from_utf8(literal).is_ok_and(|text| text.parse::<std::net::Ipv6Addr>().is_ok())
}

/// `*( unreserved / pct-encoded / sub-delims )`.
fn is_reg_name(name: &[u8]) -> bool {
    let mut rest = name;
    while let Some((&byte, after)) = rest.split_first() {
        rest = match byte {
            b'%' if after.len() >= 2 && after[..2].iter().all(u8::is_ascii_hexdigit) => &after[2..],
            b'%' => return false,
            _ if octets::is_reg_name(byte) => after,
            _ => return false,
        };
    }
    true
}
