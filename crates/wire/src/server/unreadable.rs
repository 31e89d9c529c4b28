//! What is no request by the rules of HTTP, as far as it could be understood.

use std::rc::Rc;

use http::{Method, StatusCode};

use super::ConnectionInfo;
use crate::http1::HeadError;
use crate::{Body, Headers, Reply, Request, Target};

/// A head that was refused. What could be read of it tells in whose words to say so, and is worth a line in a log; nothing else may be done
/// with it.
#[derive(Debug)]
pub struct Unreadable {
    /// The rule that it breaks.
    pub error: HeadError,
    /// The method.
    pub method: Option<Method>,
    /// The target.
    pub target: Option<Target>,
    /// The fields before the one that was refused.
    pub headers: Headers,
    /// The connection that it came on.
    pub connection: Rc<ConnectionInfo>,
}

impl Unreadable {
    pub(super) fn of(request: Request, error: HeadError) -> Self {
        let Request { head, connection, .. } = request;
        let (method, target) = (Some(head.method), Some(head.target));
        Self { error, method, target, headers: head.headers, connection }
    }

    /// The status that RFC 9110 has for it, without a body.
    #[must_use]
    pub fn plain_reply(&self) -> Reply {
        let status = match self.error {
            HeadError::TargetTooLong => StatusCode::URI_TOO_LONG,
            HeadError::TooLong | HeadError::TooManyFields => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            HeadError::Version => StatusCode::HTTP_VERSION_NOT_SUPPORTED,
            HeadError::Coding | HeadError::MethodTooLong => StatusCode::NOT_IMPLEMENTED,
            _ => StatusCode::BAD_REQUEST,
        };
        Reply::new(status, Body::empty())
    }
}
