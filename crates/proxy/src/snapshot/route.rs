//! One API as it is served in one stage: everything that a call needs, resolved when it was published.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use paifang_model::definition::{AppCodeMode, BackendProtocol, Protocol, Retries, Scheme, SignatureMethod};
use paifang_model::dialect::Dialect;
use paifang_model::id::{AccountId, ApiId, BackendAccessId, BackendServiceId, ChannelId, GroupId, StageId};
use paifang_model::limits::Limits;

use crate::backend::Alternative;
use crate::parameters::Plan;
use crate::policy::{LimitRule, Lists, Pages, Signer, Slots};

/// What all routes of a group share.
#[derive(Debug)]
pub struct GroupFacts {
    /// The group.
    pub id: GroupId,
    /// Whose it is.
    pub account: AccountId,
    /// Its name.
    pub name: Box<str>,
    /// How its outside looks.
    pub dialect: Dialect,
    /// Its sizes and rates.
    pub limits: Limits,
    /// The host that it has from the start.
    pub subdomain: Box<str>,
}

/// A stage.
#[derive(Debug)]
pub struct StageFacts {
    /// The stage.
    pub id: StageId,
    /// Its name.
    pub name: Box<str>,
}

/// One API as it is served in one stage.
#[derive(Debug)]
pub struct Route {
    /// The group.
    pub group: Arc<GroupFacts>,
    /// The stage.
    pub stage: Arc<StageFacts>,
    /// The API.
    pub api: ApiId,
    /// Its name.
    pub api_name: Box<str>,
    /// The number of the version that serves; 0 for a draft in the debugger.
    pub version: u64,
    /// The protocols that it answers.
    pub protocols: Protocols,
    /// Whether calls from the internet are refused.
    pub intranet_only: bool,
    /// Whether all answers carry permissive cross-origin headers.
    pub cors: bool,
    /// What a policy lets pages of other origins do; none: `cors` says it.
    pub(crate) pages: Option<Pages>,
    /// Whether it has the method OPTIONS itself, so that preflights go to its backend.
    pub answers_options: bool,
    /// Who may call it.
    pub auth: Auth,
    /// The lists that say who may call it.
    pub(crate) lists: Lists,
    /// The limits that count its calls, slot by slot, in the order in which they are looked at.
    pub(crate) limits: Slots<Box<[LimitRule]>>,
    /// Whether one of them has to see the form that a call sends.
    pub(crate) limits_see_form: bool,
    /// Signs calls of the backend; none: nobody asked for it.
    pub(crate) signer: Option<Signer>,
    /// How requests become the backend's.
    pub parameters: Plan,
    /// The names of the path's parameters, in order.
    pub path_names: Box<[Box<str>]>,
    /// What answers.
    pub backend: BackendPlan,
    /// The backend service that said so; none: the API itself.
    pub(crate) service: Option<BackendServiceId>,
    /// What answers calls that meet conditions, in the order in which they are looked at.
    pub(crate) alternatives: Box<[Alternative]>,
}

/// Who may call an API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auth {
    /// Everybody.
    None,
    /// An app that was granted it.
    App {
        /// Whether and where a code is accepted; never [`AppCodeMode::Inherit`].
        app_code: AppCodeMode,
        /// Whether HMAC-SHA1 is accepted.
        sha1: bool,
        /// Whether a signed call must carry a nonce.
        nonce_required: bool,
    },
}

impl Auth {
    /// The query keys in which a code is accepted, and which go no further (spec: aliyun/calling.md §3).
    #[must_use]
    pub const fn credential_queries(self) -> &'static [&'static str] {
        match self {
            Self::App { app_code: AppCodeMode::HeaderOrQuery, .. } => &["AppCode", "appcode"],
            Self::App { .. } | Self::None => &[],
        }
    }

    /// Whether a signature by this method is accepted.
    #[must_use]
    pub fn accepts(self, method: SignatureMethod) -> bool {
        match (self, method) {
            (Self::None, _) => false,
            (Self::App { .. }, SignatureMethod::HmacSha256) => true,
            (Self::App { sha1, .. }, SignatureMethod::HmacSha1) => sha1,
        }
    }
}

/// A set of protocols.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Protocols(u8);

impl Protocols {
    /// The set of these.
    #[must_use]
    pub fn of(protocols: &[Protocol]) -> Self {
        Self(protocols.iter().fold(0, |set, protocol| set | Self::bit(*protocol)))
    }

    /// Whether a protocol is in it.
    #[must_use]
    pub fn contains(self, protocol: Protocol) -> bool {
        self.0 & Self::bit(protocol) != 0
    }

    const fn bit(protocol: Protocol) -> u8 {
        match protocol {
            Protocol::Http => 1,
            Protocol::Https => 2,
            Protocol::Websocket => 4,
            Protocol::Grpcs => 8,
        }
    }
}

impl fmt::Display for Protocols {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = [
            (Protocol::Http, "HTTP"),
            (Protocol::Https, "HTTPS"),
            (Protocol::Websocket, "WEBSOCKET"),
            (Protocol::Grpcs, "GRPCS"),
        ];
        let names: Vec<_> =
            named.iter().filter(|(protocol, _)| self.contains(*protocol)).map(|(_, name)| *name).collect();
        f.write_str(&names.join(","))
    }
}

/// What answers.
#[derive(Debug)]
pub enum BackendPlan {
    /// An HTTP service.
    Http(HttpPlan),
    /// The gateway itself.
    Mock(MockPlan),
    /// Nothing that could be called: a variable that it names has no value in the stage, or none that fits.
    Unresolved(UnresolvedPlan),
}

/// Nothing that could be called.
#[derive(Debug)]
pub struct UnresolvedPlan {
    /// Why, as the caller may know it: with names of variables, without values.
    pub reason: Box<str>,
}

/// An HTTP service.
#[derive(Debug)]
pub struct HttpPlan {
    /// Where it is.
    pub to: To,
    /// How long connecting and waiting for the head of the answer may take, all attempts together.
    pub timeout: Duration,
    /// What is tried again.
    pub retries: Retries,
    /// The protocol spoken with it.
    pub protocol: BackendProtocol,
    /// The host it is told, where the API says so.
    pub host: Option<HeaderValue>,
    /// Whether the client's host is kept.
    pub keep_client_host: bool,
    /// Whether its certificate is checked.
    pub verify_certificate: bool,
}

/// Where an HTTP service is. Accesses and channels are looked up at each call: they change without a release. An access
/// says whether TLS is spoken where the API does not.
#[derive(Debug)]
pub enum To {
    /// At an address.
    Address(Address),
    /// Behind a backend access.
    Access(BackendAccessId, Option<Scheme>),
    /// Behind the backend access that has this name.
    NamedAccess(Box<str>, Option<Scheme>),
    /// At one of a channel's members.
    Channel(ChannelId, Scheme),
}

/// A place to connect to.
#[derive(Debug, Clone)]
pub struct Address {
    /// Whether TLS is spoken.
    pub scheme: Scheme,
    /// A host name or an IP address, without brackets.
    pub host: Arc<str>,
    /// The address, when the host is one.
    pub literal: Option<IpAddr>,
    /// The port.
    pub port: u16,
    /// Host and port as the `Host` header says them; a default port is left out.
    pub authority: HeaderValue,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, port, .. } = self;
        if host.contains(':') { write!(f, "[{host}]:{port}") } else { write!(f, "{host}:{port}") }
    }
}

/// The gateway itself, with a fixed answer.
#[derive(Debug)]
pub struct MockPlan {
    /// Its status.
    pub status: http::StatusCode,
    /// Its headers.
    pub headers: paifang_wire::Headers,
    /// Its body.
    pub body: bytes::Bytes,
}
