//! The head of a request and of a reply.

use http::{HeaderValue, Method, StatusCode, Version, header};

use crate::http1::{HeadError, is_host};
use crate::{Headers, Target};

/// What a request says before its body.
#[derive(Clone, Debug)]
pub struct Head {
    /// The method.
    pub method: Method,
    /// Path and query as sent, and the authority when the request carried one.
    pub target: Target,
    /// The version that the client spoke.
    pub version: Version,
    /// The fields.
    pub headers: Headers,
}

impl Head {
    /// A head of HTTP/1.1 without fields.
    pub fn new(method: Method, target: Target) -> Self {
        Self { method, target, version: Version::HTTP_11, headers: Headers::new() }
    }

    /// Where the target names an authority, `Host` says the same (RFC 9112 §3.2.2, RFC 9113 §8.3.1): or else a call could be signed
    /// for one host, routed by another, and a third be told to the backend.
    pub(crate) fn unify_host(&mut self) {
        if self.headers.contains(header::HOST)
            && let Some(authority) = self.target.authority()
            && let Ok(authority) = HeaderValue::from_str(authority)
        {
            self.headers.insert(header::HOST, authority);
        }
    }

    /// What HTTP/2 lets pass and HTTP/1 does not: a host that is named twice (RFC 9112 §3.2), that is none, that is not what
    /// `:authority` names (RFC 9113 §8.3.1), or that somebody stands before (RFC 9110 §4.2.4). Two readers could disagree about it.
    pub(crate) fn host_complaint(&self) -> Option<HeadError> {
        let mut hosts = self.headers.get_all(header::HOST).map(HeaderValue::as_bytes);
        let (host, another) = (hosts.next(), hosts.next());
        if another.is_some() {
            return Some(HeadError::HostRepeated);
        }
        if self.target.authority().is_some_and(|authority| authority.contains('@')) {
            return Some(HeadError::Target);
        }
        match host {
            Some(host) if !is_host(host) => Some(HeadError::Host),
            Some(host) if !self.target.agrees_with(host) => Some(HeadError::HostDisagrees),
            _ => None,
        }
    }
}

/// What a reply says before its body.
#[derive(Clone, Debug)]
pub struct ReplyHead {
    /// The status.
    pub status: StatusCode,
    /// The fields.
    pub headers: Headers,
}

/// The host that the request is for, without its port, in the case in which it was sent.
///
/// RFC 9112 §3.2.2 and RFC 9113 §8.3.1: the authority of the target (absolute form, `:authority`) wins over the `Host` field.
/// `None` when there is neither, or `Host` is not visible ASCII.
pub fn host_of(head: &Head) -> Option<&str> {
    head.target.host().or_else(|| head.headers.text(header::HOST).map(host_without_port))
}

/// `host` without a trailing `:port`; an IPv6 address keeps its brackets.
pub fn host_without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !is_cut_address(name) => name,
        _ => host,
    }
}

/// Whether cutting at the last colon went into the middle of `[::1]`.
fn is_cut_address(name: &str) -> bool {
    name.starts_with('[') && !name.ends_with(']')
}
