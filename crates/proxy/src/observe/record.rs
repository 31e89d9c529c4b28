//! What is written about one call, once, when its reply is done or its client is gone.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use http::{Method, StatusCode};
use paifang_model::Dialect;

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
    /// The host called.
    pub host: String,
    /// The path as sent, without query: queries may hold codes.
    pub path: String,
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
