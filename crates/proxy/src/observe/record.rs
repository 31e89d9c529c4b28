//! What is written about one call, once, when its reply is done or its client is gone.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderValue, Method, StatusCode};
use paifang_model::Dialect;
use paifang_wire::Target;

use crate::request_id::RequestId;
use crate::snapshot::{AppFacts, Route};

/// One call.
#[derive(Debug)]
pub struct Record {
    /// Its id.
    pub id: RequestId,
    /// When it arrived, in milliseconds since 1970.
    pub at_ms: i64,
    /// The client's address.
    pub client: IpAddr,
    /// The trace that it belongs to, as its client says: 32 lower-case hex digits.
    pub trace: Option<[u8; 32]>,
    /// The method.
    pub method: Method,
    /// The `Host` field.
    pub host: Option<HeaderValue>,
    /// What was asked for.
    pub target: Target,
    /// The dialect that it was answered in.
    pub dialect: Dialect,
    /// The API; none when it was not found.
    pub route: Option<Arc<Route>>,
    /// The calling app, once it is proved.
    pub app: Option<Arc<AppFacts>>,
    /// The status of the answer.
    pub status: StatusCode,
    /// The error code, when the gateway refused or failed.
    pub error: Option<&'static str>,
    /// From the call's arrival to the end of its reply.
    pub total: Duration,
    /// From sending to the head of the backend's answer.
    pub backend: Option<Duration>,
    /// Data bytes of the request's body that were read.
    pub bytes_in: u64,
    /// Data bytes of the reply's body that were handed to the connection.
    pub bytes_out: u64,
    /// How it ended.
    pub end: End,
}

impl Record {
    /// The host called.
    #[must_use]
    pub fn host(&self) -> &str {
        let field = self.host.as_ref().and_then(|host| host.to_str().ok());
        field.or_else(|| self.target.authority()).unwrap_or_default()
    }

    /// The path as sent, without query: queries may hold codes.
    #[must_use]
    pub fn path(&self) -> &str {
        self.target.raw_path()
    }
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The whole reply was handed to the connection.
    Complete,
    /// The client went away before.
    ClientGone,
    /// The backend's answer broke off.
    BackendBroke,
}
