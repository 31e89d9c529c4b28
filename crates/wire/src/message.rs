//! Whole messages: what a handler is given, what it answers, what goes to a backend.

use std::rc::Rc;

use http::StatusCode;

use crate::{Body, ConnectionInfo, Head, Headers, ReplyHead, Upgrade, Upgraded};

/// A request from a client.
#[derive(Debug)]
pub struct Request {
    /// The head.
    pub head: Head,
    /// The body; nothing of it is read, and no `100 Continue` sent, before it is polled.
    pub body: Body,
    /// Present when the client asks for another protocol (`Upgrade` on HTTP/1.1).
    pub upgrade: Option<Upgrade>,
    /// The connection that it came on.
    pub connection: Rc<ConnectionInfo>,
}

/// A request to a backend.
#[derive(Debug)]
pub struct OutgoingRequest {
    /// The head. Fields go out as they are: hop-by-hop ones have to be taken out before. A missing `Host` is filled in.
    pub head: Head,
    /// The body.
    pub body: Body,
}

/// A reply, from a backend or to a client.
#[derive(Debug)]
pub struct Reply {
    /// Status and fields.
    pub head: ReplyHead,
    /// The body.
    pub body: Body,
    /// The connection after a backend's `101 Switching Protocols`; ignored in replies to clients.
    pub upgraded: Option<Upgraded>,
}

impl Reply {
    /// A reply without fields.
    pub fn new(status: StatusCode, body: Body) -> Self {
        Self::with_headers(status, Headers::new(), body)
    }

    /// A reply with fields.
    pub fn with_headers(status: StatusCode, headers: Headers, body: Body) -> Self {
        Self { head: ReplyHead { status, headers }, body, upgraded: None }
    }
}
