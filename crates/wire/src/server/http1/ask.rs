//! Waits for a request and makes it of its head.

use std::rc::Rc;

use bytes::Bytes;
use http::{Method, Version};
use tokio::sync::oneshot;

use super::connection::Connection;
use super::upload::UploadBody;
use crate::http1::{BodyLength, Facts, HeadError, HeadLimits, RequestScan, fields, is_host};
use crate::server::pace::Phase;
use crate::server::{ConnectionInfo, Unreadable};
use crate::{Body, Head, Headers, Request, Target, Upgrade, Upgraded, WireError};

/// What a client asks next.
pub(super) enum Ask {
    Request(Box<Asked>),
    /// What cannot be understood.
    Refused(Box<Unreadable>),
    /// It is gone, between requests.
    Nothing,
}

/// A request, and what the reply has to know of it.
pub(super) struct Asked {
    pub(super) request: Request,
    pub(super) terms: Terms,
    pub(super) upgrade: Option<oneshot::Sender<Upgraded>>,
}

/// What a request lays down for its reply.
#[derive(Clone, Copy)]
pub(super) struct Terms {
    pub(super) is_head: bool,
    pub(super) is_connect: bool,
    pub(super) version: Version,
    pub(super) persistent: bool,
    pub(super) takes_trailers: bool,
}

impl Terms {
    /// For a reply to what could not be understood.
    pub(super) fn of_refused(method: Option<&Method>) -> Self {
        Self {
            is_head: method == Some(&Method::HEAD),
            is_connect: false,
            version: Version::HTTP_11,
            persistent: false,
            takes_trailers: false,
        }
    }
}

/// Reads up to the end of a head.
pub(super) async fn next(
    connection: &Rc<Connection>,
    scan: &std::cell::RefCell<RequestScan>,
    limits: HeadLimits,
    info: &Rc<ConnectionInfo>,
) -> Result<Ask, WireError> {
    let mut seen = 0;
    loop {
        if is_worth_a_scan(&connection.input.borrow(), seen, limits) {
            let mut scan = scan.borrow_mut();
            let scanned = scan.scan(&connection.input.borrow(), limits);
            match scanned {
                Ok(false) => {}
                Ok(true) => return Ok(take(connection, &scan, info)),
                Err(error) => {
                    let block = Bytes::copy_from_slice(&connection.input.borrow());
                    return Ok(Ask::Refused(Box::new(unreadable(&block, &scan, error, info))));
                }
            }
        }
        seen = connection.input.borrow().len();
        if !connection.fill().await? {
            return if seen == 0 { Ok(Ask::Nothing) } else { Err(WireError::Incomplete) };
        }
    }
}

/// A head is complete only behind a line feed; what is too long, or no HTTP, shows earlier.
fn is_worth_a_scan(input: &[u8], seen: usize, limits: HeadLimits) -> bool {
    !input.is_empty()
        && (seen == 0 || input.len() > limits.bytes || memchr::memchr(b'\n', &input[seen..]).is_some())
}

fn take(connection: &Rc<Connection>, scan: &RequestScan, info: &Rc<ConnectionInfo>) -> Ask {
    connection.pace.enter(Phase::Busy);
    let block = connection.input.borrow_mut().split_to(scan.length).freeze();
    match head(&block, scan) {
        Ok((head, length)) => Ask::Request(Box::new(asked(connection, head, length, &scan.facts, info))),
        Err(error) => Ask::Refused(Box::new(unreadable(&block, scan, error, info))),
    }
}

fn head(block: &Bytes, scan: &RequestScan) -> Result<(Head, BodyLength), HeadError> {
    let line = scan.line.ok_or(HeadError::StartLine)?;
    let method = Method::from_bytes(line.method.of(block)).map_err(|_| HeadError::Method)?;
    let target = Target::from_request_line(&method, line.target.share(block))?;
    check_host(block, &scan.facts, &target, line.version)?;
    let length = scan.facts.request_body(line.version)?;
    let headers = fields(block, &scan.fields)?;
    let mut head = Head { method, target, version: line.version, headers };
    head.unify_host();
    Ok((head, length))
}

/// RFC 9112 §3.2: one host, which agrees with the target.
fn check_host(block: &[u8], facts: &Facts, target: &Target, version: Version) -> Result<(), HeadError> {
    let Some(host) = facts.host.map(|host| host.of(block)) else {
        return if version == Version::HTTP_11 { Err(HeadError::HostMissing) } else { Ok(()) };
    };
    if !is_host(host) {
        return Err(HeadError::Host);
    }
    if target.agrees_with(host) { Ok(()) } else { Err(HeadError::HostDisagrees) }
}

fn asked(
    connection: &Rc<Connection>,
    head: Head,
    length: BodyLength,
    facts: &Facts,
    info: &Rc<ConnectionInfo>,
) -> Asked {
    let terms = Terms {
        is_head: head.method == Method::HEAD,
        is_connect: head.method == Method::CONNECT,
        version: head.version,
        persistent: facts.is_persistent(head.version) && head.method != Method::CONNECT,
        takes_trailers: facts.takes_trailers,
    };
    let has_body = length != BodyLength::Sized(0);
    let current = head.version == Version::HTTP_11;
    let body = if has_body {
        connection.body_begins(facts.expects_continue && current);
        Body::from_client(UploadBody::new(connection, length))
    } else {
        Body::empty()
    };
    // RFC 9110 §7.8: the switch would come after the body; nobody who switches sends one.
    let switches = facts.upgrade && facts.connection_upgrade && current && !has_body;
    let (tell, upgrade) = if switches {
        let (tell, upgrade) = Upgrade::new();
        (Some(tell), Some(upgrade))
    } else {
        (None, None)
    };
    Asked { request: Request { head, body, upgrade, connection: Rc::clone(info) }, terms, upgrade: tell }
}

/// As much as could be understood, so that the refusal reaches whoever looks for it.
fn unreadable(block: &Bytes, scan: &RequestScan, error: HeadError, info: &Rc<ConnectionInfo>) -> Unreadable {
    let method = scan.line.and_then(|line| Method::from_bytes(line.method.of(block)).ok());
    let target = match (&method, scan.line) {
        (Some(method), Some(line)) => Target::from_request_line(method, line.target.share(block)).ok(),
        _ => None,
    };
    let headers = fields(block, &scan.fields).unwrap_or_else(|_| Headers::new());
    Unreadable { error, method, target, headers, connection: Rc::clone(info) }
}
