//! Where the next attempt goes: an address, and what the backend is told as its host.

use std::net::{IpAddr, SocketAddr};
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use http::header::HOST;
use paifang_model::BackendAccess;
use paifang_model::definition::{BackendProtocol, Scheme};
use paifang_wire::{Attempt, Head, Origin, Protocol, SendError, SendFailure, TimeoutPhase, TlsTarget};

use super::forbidden::is_forbidden;
use super::http::causes;
use crate::call::Call;
use crate::channel::{ChannelEntry, Lease, Picked, Seat, Tried};
use crate::exchange::now_ms;
use crate::refusal::Refusal;
use crate::snapshot::{Address, HttpPlan, Snapshot, To};
use crate::worker::Worker;

/// A connection that did not come about in this time says that a member cannot be reached. One that was given less may be
/// under way from far off.
const FAIR: Duration = Duration::from_secs(1);

/// Where an attempt goes.
#[derive(Debug)]
pub(super) struct Place<'p> {
    pub(super) origin: Origin,
    /// The host that the backend is told.
    pub(super) host: HeaderValue,
    address: Held<'p>,
    /// The member of a channel that it is.
    pub(super) member: Option<Member>,
}

impl Place<'_> {
    /// Whether the call can go elsewhere when it does not come through here.
    pub(super) fn has_others(&self) -> bool {
        self.member.as_ref().is_some_and(|member| member.has_others)
    }

    /// The name it is known by, for the retry budget.
    pub(super) fn name(&self) -> &Arc<str> {
        &self.address.host
    }
}

/// A member of a channel that was picked.
#[derive(Debug)]
pub(super) struct Member {
    channel: Arc<ChannelEntry>,
    pub(super) seat: Arc<Seat>,
    /// Whether another, which was not tried yet, could take the call instead.
    pub(super) has_others: bool,
}

impl Member {
    /// Counts the call as under way there, where that matters.
    pub(super) fn lease(&self) -> Option<Lease> {
        self.channel.lease(&self.seat)
    }

    /// Notes what an attempt says of it, where connecting was given so long. Only what happens before a request is sent
    /// speaks of the member and not of the call; whoever waited in vain for more, or not for long, cannot tell.
    pub(super) fn note(&self, worker: &Worker, outcome: Result<(), &SendError>, connect: Duration) {
        let Err(error) = outcome else { return self.seat.note_reached() };
        let is_news = match Said::by(error, connect) {
            Said::Unreachable => self.channel.note_unreachable(&self.seat, &causes(error), now_ms()),
            Said::InDoubt => self.seat.doubt(),
            Said::Reached => return self.seat.note_reached(),
            Said::Nothing => false,
        };
        if is_news {
            worker.shared.member_news.notify_one();
        }
    }
}

/// Picks where the next attempt goes.
pub(super) async fn pick<'p>(
    worker: &Worker,
    snapshot: &Snapshot,
    plan: &'p HttpPlan,
    call: &Call<'_>,
    tried: &Tried,
) -> Result<Place<'p>, Refusal> {
    let head = call.client_head();
    let Target { address, scheme, told, member } = target(snapshot, plan, call, tried)?;
    let ip = resolve(worker, &address).await?;
    let socket = SocketAddr::new(ip, address.port);
    check_allowed(worker, &address, socket)?;
    let own = || address.authority.clone();
    let client = || client_host(head);
    let host = match told {
        Told::Fixed(host) => host,
        Told::Own if plan.keep_client_host => client().unwrap_or_else(own),
        Told::Own => own(),
        Told::Client => client().unwrap_or_else(own),
    };
    let origin = origin(worker, plan, scheme, &address, socket)?;
    Ok(Place { origin, address, host, member })
}

/// What a failed attempt says of a member.
enum Said {
    Unreachable,
    InDoubt,
    Reached,
    Nothing,
}

impl Said {
    fn by(error: &SendError, connect: Duration) -> Self {
        let phase = match &error.failure {
            SendFailure::Connect(_) | SendFailure::Tls(_) => return Self::Unreachable,
            SendFailure::Timeout { phase } => phase,
            _ if error.attempt == Attempt::Began => return Self::Reached,
            _ => return Self::Nothing,
        };
        let is_of_connecting = matches!(phase, TimeoutPhase::Connect | TimeoutPhase::Handshake);
        if is_of_connecting && connect >= FAIR { Self::Unreachable } else { Self::InDoubt }
    }
}

/// An address that a route has, or somebody who may change during the call.
#[derive(Debug)]
enum Held<'p> {
    ByRoute(&'p Address),
    Shared(Arc<Address>),
}

impl Deref for Held<'_> {
    type Target = Address;

    fn deref(&self) -> &Address {
        match self {
            Held::ByRoute(address) => address,
            Held::Shared(address) => address,
        }
    }
}

/// What the backend is told as its host.
enum Told {
    Fixed(HeaderValue),
    Own,
    Client,
}

struct Target<'p> {
    address: Held<'p>,
    scheme: Scheme,
    told: Told,
    member: Option<Member>,
}

fn target<'p>(
    snapshot: &Snapshot,
    plan: &'p HttpPlan,
    call: &Call<'_>,
    tried: &Tried,
) -> Result<Target<'p>, Refusal> {
    let fixed = plan.host.clone().map(Told::Fixed);
    match &plan.to {
        To::Address(address) => {
            let (scheme, told) = (address.scheme, fixed.unwrap_or(Told::Own));
            Ok(Target { address: Held::ByRoute(address), scheme, told, member: None })
        }
        To::Access(id, scheme) => behind(snapshot.access(*id), *scheme, fixed),
        To::NamedAccess(name, scheme) => behind(snapshot.access_named(name), *scheme, fixed),
        To::Channel(id, scheme) => {
            let channel = snapshot.channel(*id).ok_or(Refusal::BackendMissing { what: "channel" })?;
            let Picked { seat, has_others } = channel.pick(call.by(), tried).ok_or(Refusal::NoMember)?;
            let told = fixed.or(channel.host.clone().map(Told::Fixed)).unwrap_or(Told::Client);
            let address = Held::Shared(Arc::clone(&seat.address));
            let member = Some(Member { channel: Arc::clone(channel), seat, has_others });
            Ok(Target { address, scheme: *scheme, told, member })
        }
    }
}

/// Behind a backend access, over TLS when the API says so, or when it says nothing and the access does.
fn behind<'p>(
    access: Option<&Arc<BackendAccess>>,
    scheme: Option<Scheme>,
    fixed: Option<Told>,
) -> Result<Target<'p>, Refusal> {
    let access = access.ok_or(Refusal::BackendMissing { what: "backend access" })?;
    let scheme = scheme.unwrap_or(access.scheme);
    let address = access_address(access, scheme)?;
    let own = access.host.as_deref().and_then(|host| HeaderValue::try_from(host).ok());
    let told = fixed.or(own.map(Told::Fixed)).unwrap_or(Told::Own);
    Ok(Target { address: Held::Shared(Arc::new(address)), scheme, told, member: None })
}

fn access_address(access: &BackendAccess, scheme: Scheme) -> Result<Address, Refusal> {
    Address::new(access.target(), access.port, scheme).ok_or_else(|| Refusal::Internal {
        reason: format!("the access `{}` has no usable address", access.name),
    })
}

async fn resolve(worker: &Worker, address: &Address) -> Result<IpAddr, Refusal> {
    if let Some(literal) = address.literal {
        return Ok(literal);
    }
    let addresses = worker.shared.resolver.resolve(&address.host).await;
    let turn = worker.turn(addresses.len());
    addresses.get(turn).copied().ok_or_else(|| Refusal::NameNotResolved { host: address.host.to_string() })
}

/// Keeps calls away from where no backend may be.
fn check_allowed(worker: &Worker, address: &Address, socket: SocketAddr) -> Result<(), Refusal> {
    if is_forbidden(&worker.shared.settings, socket) {
        let ip = socket.ip().to_canonical();
        return Err(Refusal::AddressRefused { host: address.host.to_string(), address: ip.to_string() });
    }
    Ok(())
}

fn client_host(head: &Head) -> Option<HeaderValue> {
    let authority = || HeaderValue::try_from(head.target.authority()?).ok();
    head.headers.get(HOST).cloned().or_else(authority)
}

fn origin(
    worker: &Worker,
    plan: &HttpPlan,
    scheme: Scheme,
    address: &Address,
    socket: SocketAddr,
) -> Result<Origin, Refusal> {
    let tls = match scheme {
        Scheme::Http => None,
        Scheme::Https => {
            let client = worker.tls(plan.verify_certificate);
            let target = TlsTarget::new(client, &address.host);
            Some(target.map_err(|error| Refusal::TlsFailed { reason: error.to_string() })?)
        }
    };
    let protocol = match (plan.protocol, scheme) {
        (BackendProtocol::Http1, _) => Protocol::Http1,
        (BackendProtocol::H2 | BackendProtocol::H2c, Scheme::Https) => Protocol::H2,
        (BackendProtocol::H2 | BackendProtocol::H2c, Scheme::Http) => Protocol::H2c,
    };
    Ok(Origin { address: socket, tls, protocol })
}
