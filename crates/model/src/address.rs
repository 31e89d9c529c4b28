//! Where something is: hosts, hosts with a port, and the URLs of backends.

use std::net::{IpAddr, Ipv6Addr};

use crate::name::{check_length, shown};
use crate::violation::Complaint;

/// Checks `http://host[:port]` or `https://host[:port]`.
pub(crate) fn check_url(url: &str) -> Result<(), Complaint> {
    let wrong = |why: &str| Complaint::format(format!("`{}` is not a backend address: {why}", shown(url)));
    let Some((scheme, rest)) = url.split_once("://") else {
        return Err(wrong("write http://host[:port] or https://host[:port]"));
    };
    if scheme != "http" && scheme != "https" {
        return Err(wrong("the scheme is http or https"));
    }
    let authority = rest.strip_suffix('/').unwrap_or(rest);
    if authority.contains(['/', '?', '#', '@']) {
        return Err(wrong("the path stands in a field of its own, and no user is named"));
    }
    check_authority(authority)
}

/// Checks `host[:port]`, where an IPv6 address stands in square brackets: also what a `Host` header holds.
pub(crate) fn check_authority(text: &str) -> Result<(), Complaint> {
    let wrong = |why: &str| Complaint::format(format!("`{}` is not host[:port]: {why}", shown(text)));
    let (host, port) = split_port(text);
    if port.is_some_and(|port| !is_port(port)) {
        return Err(wrong("the port is a number from 1 to 65535"));
    }
    match host.strip_prefix('[').map(|rest| rest.strip_suffix(']').map(str::parse::<Ipv6Addr>)) {
        Some(Some(Ok(_))) => Ok(()),
        Some(_) => Err(wrong("what stands in square brackets is an IPv6 address")),
        None if host.contains(':') => Err(wrong("an IPv6 address stands in square brackets")),
        None => check_host(host),
    }
}

/// Checks the host name or address of something to connect to.
pub(crate) fn check_host(host: &str) -> Result<(), Complaint> {
    check_length(host, 1, 253)?;
    if host.parse::<IpAddr>().is_ok() {
        return Ok(());
    }
    let parsed = crate::domain::parse_host(host)?;
    if parsed.starts_with('*') {
        return Err(Complaint::format(format!("`{host}` is a pattern, not a place to connect to")));
    }
    Ok(())
}

/// Host and port; the colons of an address in brackets belong to the address.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

/// Digits alone: Rust would read `+80` too.
fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port != 0)
}
