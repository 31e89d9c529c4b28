//! One call on its way: what came in, from whom, and what has been noted about it. Needs no socket.

use std::cell::Cell;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use http::HeaderValue;
use paifang_model::id::StageId;
use paifang_wire::{Body, Head, Headers, Permit, Upgrade, address_text, field_value};
use smallvec::SmallVec;

use crate::authenticate::Digest;
use crate::explain::Explain;
use crate::forwarded::FORWARDED_FOR;
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
    /// The digest of a collected body, where a signature covers it.
    pub(crate) digest: Option<Digest>,
    /// Bytes of the body that were read so far; none where there is no body.
    pub bytes_in: Option<Rc<Cell<u64>>>,
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
        let started = Instant::now();
        Self {
            id: RequestId::draw(),
            head,
            permit: None,
            digest: None,
            bytes_in: (!body.is_empty()).then(Rc::default),
            body,
            upgrade: None,
            client,
            source: Source::Network,
            started,
            started_ms: ms_at(started),
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

/// Now, in milliseconds since 1970.
pub(crate) fn now_ms() -> i64 {
    millis(since_1970())
}

fn since_1970() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}

fn millis(since_1970: Duration) -> i64 {
    i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX)
}

/// A moment of just now, in milliseconds since 1970. Both clocks go at the same pace, so the calendar is asked once a second: whoever
/// has read the one knows the other.
pub(crate) fn ms_at(moment: Instant) -> i64 {
    thread_local! {
        static READ: Cell<Option<(Instant, Duration)>> = const { Cell::new(None) };
    }
    let since = READ.get().and_then(|(at, read)| Some((moment.checked_duration_since(at)?, read)));
    match since {
        Some((since, read)) if since < Duration::from_secs(1) => millis(read + since),
        _ => {
            let read = since_1970();
            READ.set(Some((moment, read)));
            millis(read)
        }
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
    /// Whoever passed its call on to the gateway; the same where nobody did.
    pub peer: IpAddr,
    /// The peer's address as a header value.
    pub(crate) peer_text: HeaderValue,
    /// How it speaks.
    pub scheme: ClientScheme,
    /// The address and port that it called.
    pub local: SocketAddr,
    /// What the handshake came to, where it speaks TLS to this gateway.
    pub tls: Option<ClientTls>,
}

/// What a client's handshake came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientTls {
    /// The number of what the connection was secured with.
    pub policy: u64,
    /// The subject of its certificate, where it had to show one.
    pub subject: Option<HeaderValue>,
}

impl Client {
    /// A client at an address.
    #[must_use]
    pub fn new(address: IpAddr, scheme: ClientScheme, local: SocketAddr) -> Self {
        let address = address.to_canonical();
        Self { address, peer: address, peer_text: address_text(address), scheme, local, tls: None }
    }

    /// Its address as a header value.
    pub(crate) fn address_value(&self) -> HeaderValue {
        if self.address == self.peer { self.peer_text.clone() } else { address_text(self.address) }
    }

    /// `X-Forwarded-For` with whom the gateway had the call from at the end of all that its lines say.
    pub(crate) fn forwarded_for(&self, before: &Headers) -> HeaderValue {
        let own = &self.peer_text;
        let mut lines = before.get_all(FORWARDED_FOR).map(HeaderValue::as_bytes).peekable();
        if lines.peek().is_none() {
            return own.clone();
        }
        let all: SmallVec<[&[u8]; 4]> = lines.chain([own.as_bytes()]).collect();
        field_value(all.join(&b", "[..])).unwrap_or_else(|| own.clone())
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
