//! One call on its way: what came in, from whom, and what has been noted about it. Needs no socket.

use std::cell::Cell;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

use http::HeaderValue;
use paifang_model::id::StageId;
use paifang_wire::{Body, Head, Permit, Upgrade};

use crate::explain::Explain;
use crate::request_id::RequestId;
use crate::snapshot::GroupEntry;

/// One call on its way.
#[derive(Debug)]
pub struct Exchange {
    /// Its id.
    pub id: RequestId,
    /// The head of the request.
    pub head: Head,
    /// The body of the request.
    pub body: Body,
    /// The memory that a collected body takes.
    pub permit: Option<Permit>,
    /// Bytes of the body that were read so far.
    pub bytes_in: Rc<Cell<u64>>,
    /// The connection's other protocol, when the client asks for one.
    pub upgrade: Option<Upgrade>,
    /// Who sent it.
    pub client: Client,
    /// Where it comes from.
    pub source: Source,
    /// When it arrived.
    pub started: Instant,
    /// When it arrived, in milliseconds since 1970.
    pub started_ms: i64,
    /// Decisions on its way.
    pub explain: Explain,
}

impl Exchange {
    /// A call that arrives now.
    #[must_use]
    pub fn new(head: Head, body: Body, client: Client) -> Self {
        Self {
            id: RequestId::draw(),
            head,
            body,
            permit: None,
            bytes_in: Rc::default(),
            upgrade: None,
            client,
            source: Source::Network,
            started: Instant::now(),
            started_ms: jiff::Timestamp::now().as_millisecond(),
            explain: Explain::off(),
        }
    }

    /// Notes a decision; the sentence is made only when somebody asked.
    pub(crate) fn note<S: Into<std::borrow::Cow<'static, str>>>(
        &mut self,
        stage: &'static str,
        what: impl FnOnce() -> S,
    ) {
        self.explain.note(self.started, stage, what);
    }
}

/// Where a call comes from.
#[derive(Debug, Clone)]
pub enum Source {
    /// The network.
    Network,
    /// The debugger: limits do not count it.
    Debugger(Option<Aim>),
}

/// What the debugger calls instead of what the host leads to.
#[derive(Debug, Clone)]
pub struct Aim {
    /// The group, with what is to answer.
    pub(crate) group: Arc<GroupEntry>,
    /// The stage.
    pub(crate) stage: StageId,
    /// Whether the API asks nobody who calls.
    pub(crate) asks_nobody: bool,
}

/// Who sent a call.
#[derive(Debug, Clone)]
pub struct Client {
    /// Its address.
    pub address: IpAddr,
    /// Its address as a header value, made once per connection.
    pub address_value: HeaderValue,
    /// How it speaks.
    pub scheme: ClientScheme,
    /// The address and port that it called.
    pub local: SocketAddr,
}

impl Client {
    /// A client at an address.
    #[must_use]
    pub fn new(address: IpAddr, scheme: ClientScheme, local: SocketAddr) -> Self {
        let address = address.to_canonical();
        let text = address.to_string();
        let address_value =
            HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static("unknown"));
        Self { address, address_value, scheme, local }
    }

    /// `X-Forwarded-For` with this client's address at its end.
    pub(crate) fn forwarded_for(&self, before: Option<&HeaderValue>) -> HeaderValue {
        let Some(before) = before else { return self.address_value.clone() };
        let joined = [before.as_bytes(), b", ", self.address_value.as_bytes()].concat();
        HeaderValue::from_bytes(&joined).unwrap_or_else(|_| self.address_value.clone())
    }
}

/// How a client speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientScheme {
    /// Plain HTTP.
    Http,
    /// HTTP over TLS.
    Https,
}

impl ClientScheme {
    /// Its name in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    /// Its name in upper case.
    #[must_use]
    pub const fn upper(self) -> &'static str {
        match self {
            Self::Http => "HTTP",
            Self::Https => "HTTPS",
        }
    }
}
