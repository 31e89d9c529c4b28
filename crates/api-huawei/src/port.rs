//! What the binary provides: sending a call through the pipeline on an API owner's behalf, and how members are.

use std::collections::HashSet;

use async_trait::async_trait;
use axum::http::{HeaderMap, Method};
use bytes::Bytes;
use paifang_model::definition::Scheme;
use paifang_model::id::{ApiId, ChannelId, MemberId, StageId};
use paifang_model::{Definition, Group, Secret, Violations};

/// Sends calls through the pipeline; limits do not count them.
#[async_trait]
pub trait Debugger: Send + Sync {
    /// Sends one call and waits for its answer.
    ///
    /// # Errors
    /// When the call cannot be sent at all; whatever the pipeline answers, a refusal too, is an answer.
    async fn debug(&self, request: DebugRequest) -> Result<DebugAnswer, DebugRefused>;
}

/// Tells how the members of channels are, as this node sees them.
pub trait Health: Send + Sync {
    /// The members of a channel that take no calls for what was found at them.
    fn unwell(&self, channel: ChannelId) -> HashSet<MemberId>;
}

/// A call to send.
#[derive(Debug, Clone)]
pub struct DebugRequest {
    /// The API.
    pub api: ApiId,
    /// Its group.
    pub group: Group,
    /// Which of its definitions answers.
    pub target: DebugTarget,
    /// Whether the call comes over TLS.
    pub scheme: Scheme,
    /// Its method.
    pub method: Method,
    /// Its path below the group's base path, encoded as on the wire, without the query.
    pub path: String,
    /// Its query parameters, decoded.
    pub query: Vec<(String, String)>,
    /// Its headers, without those that authenticate.
    pub headers: HeaderMap,
    /// Its body: at most 2 MiB.
    pub body: Bytes,
    /// Who calls.
    pub caller: DebugCaller,
}

/// Which definition answers.
#[derive(Debug, Clone)]
pub enum DebugTarget {
    /// What is published in an environment.
    Stage(StageId),
    /// What is not published yet.
    Draft(Box<Definition>),
}

/// Who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DebugCaller {
    /// The API's owner, whatever the API asks for.
    Owner,
    /// An app that signs.
    App {
        /// The key's public text.
        key: String,
        /// The key's secret.
        secret: Secret,
    },
}

/// What came back.
#[derive(Debug, Clone)]
pub struct DebugAnswer {
    /// The request's headers as the gateway received them, with those that authenticate.
    pub sent: Vec<(String, String)>,
    /// The answer's status.
    pub status: u16,
    /// The answer's headers; values that are not UTF-8 have replacement characters.
    pub headers: Vec<(String, String)>,
    /// The answer's body, as far as it is kept.
    pub body: Bytes,
    /// Whether the body went on.
    pub truncated: bool,
    /// From the request's first byte to the answer's last one that is kept, in milliseconds.
    pub latency_ms: u64,
    /// What was decided on the way, a sentence each, without secrets.
    pub log: Vec<String>,
}

/// Why a call could not be sent.
#[derive(Debug, thiserror::Error)]
pub enum DebugRefused {
    /// The request is not one that could be sent.
    #[error("{0}")]
    Invalid(Violations),
    /// The data plane does not serve this API in this environment (yet).
    #[error("the gateway does not serve this API there: {0}")]
    NotServed(String),
    /// The data plane cannot take it now.
    #[error("the gateway cannot debug now: {0}")]
    Unavailable(String),
}
