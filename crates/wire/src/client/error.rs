//! How an attempt failed, and how far it had got: which decides whether it may be repeated.

use std::fmt;
use std::io;

use crate::{Cause, TlsError, WireError};

/// A request got no reply.
#[derive(Debug, thiserror::Error)]
#[error("{failure}")]
pub struct SendError {
    /// What happened.
    #[source]
    pub failure: SendFailure,
    /// How far it had got.
    pub attempt: Attempt,
}

/// How far an attempt had got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// The backend cannot have processed a byte of it: may be repeated with any method.
    NotSent,
    /// Bytes of the request left, no byte of a reply came: may be repeated when the request is idempotent.
    Sent,
    /// A reply began: must not be repeated.
    Began,
}

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum SendFailure {
    /// No connection could be made.
    #[error("connecting to the backend failed")]
    Connect(#[source] io::Error),
    /// TLS could not be agreed on.
    #[error("securing the connection to the backend failed")]
    Tls(#[source] TlsError),
    /// It took too long.
    #[error("the backend took too long to {phase}")]
    Timeout {
        /// What was waited for.
        phase: TimeoutPhase,
    },
    /// The backend closed the connection before it replied.
    #[error("the backend closed the connection without a reply")]
    Closed(#[source] Option<Cause>),
    /// What came back is no HTTP, or what was to be sent cannot be sent in this protocol.
    #[error("the exchange with the backend broke the protocol")]
    Protocol(#[source] Cause),
    /// The client's upload broke off, so the request could not be finished.
    #[error("the request's body broke off")]
    BodyFromClient(#[source] WireError),
}

/// What was waited for when time ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeoutPhase {
    /// A TCP connection.
    Connect,
    /// The TLS or HTTP/2 handshake.
    Handshake,
    /// The backend taking the request's body.
    Send,
    /// The reply's head.
    Head,
}

impl fmt::Display for TimeoutPhase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "accept a connection",
            Self::Handshake => "finish its handshake",
            Self::Send => "take the request",
            Self::Head => "reply",
        })
    }
}

impl SendError {
    pub(super) fn new(failure: SendFailure, attempt: Attempt) -> Self {
        Self { failure, attempt }
    }

    pub(super) fn not_sent(failure: SendFailure) -> Self {
        Self::new(failure, Attempt::NotSent)
    }

    pub(super) fn closed(attempt: Attempt) -> Self {
        Self::new(SendFailure::Closed(None), attempt)
    }
}

impl SendFailure {
    /// Sorts hyper's error; an upload that failed is recognised elsewhere.
    pub(super) fn from_hyper(error: hyper::Error) -> Self {
        if crate::error::is_disconnect(&error) || crate::error::io_kind(&error).is_some() {
            Self::Closed(Some(Box::new(error)))
        } else {
            Self::Protocol(Box::new(error))
        }
    }
}
