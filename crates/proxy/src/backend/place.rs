//! Where the next attempt goes: an address, and what the backend is told as its host.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::Arc;

use http::HeaderValue;
use http::header::HOST;
use paifang_model::BackendAccess;
use paifang_model::definition::{BackendProtocol, Scheme};
use paifang_wire::{Head, Origin, Protocol, SendError, SendFailure, TimeoutPhase, TlsTarget};

use super::http::causes;
use crate::call::Call;
use crate::channel::{ChannelEntry, Lease, Seat, Tried};
use crate::exchange::now_ms;
use crate::refusal::Refusal;
use crate::snapshot::{Address, HttpPlan, Snapshot, To};
use crate::worker::Worker;

/// Where an attempt goes.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) origin: Origin,
    /// The host that the backend is told.
    pub(super) host: HeaderValue,
    /// The name it is known by, for the retry budget.
    pub(super) name: Arc<str>,
    /// The member of a channel that it is.
    pub(super) member: Option<Member>,
}

/// A member of a channel that was picked.
#[derive(Debug)]
pub(super) struct Member {
    channel: Arc<ChannelEntry>,
    pub(super) seat: Arc<Seat>,
}

impl Member {
    /// Counts the call as under way there, where that matters.
    pub(super) fn lease(&self) -> Option<Lease> {
        self.channel.lease(&self.seat)
    }

    /// Notes what an attempt says of it. Only what happens before a request is sent speaks of the member and not of the
    /// call.
    pub(super) fn note(&self, outcome: Result<(), &SendError>) {
        match outcome {
            Err(error) if is_of_connecting(&error.failure) => {
                self.channel.note_unreachable(&self.seat, &causes(error), now_ms());
            }
            Ok(()) | Err(_) => self.seat.note_reached(),
        }
    }
}

/// Picks where the next attempt goes.
pub(super) async fn pick(
    worker: &Worker,
    snapshot: &Snapshot,
    plan: &HttpPlan,
    call: &Call<'_>,
    tried: &Tried,
) -> Result<Place, Refusal> {
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
    Ok(Place { origin, host, name: Arc::clone(&address.host), member })
}

fn is_of_connecting(failure: &SendFailure) -> bool {
    let phase = match failure {
        SendFailure::Connect(_) | SendFailure::Tls(_) => return true,
        SendFailure::Timeout { phase } => phase,
        _ => return false,
    };
    matches!(phase, TimeoutPhase::Connect | TimeoutPhase::Handshake)
}

/// What the backend is told as its host.
enum Told {
    Fixed(HeaderValue),
    Own,
    Client,
}

struct Target<'p> {
    address: Cow<'p, Address>,
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
            Ok(Target { address: Cow::Borrowed(address), scheme, told, member: None })
        }
        To::Access(id) => {
            let access = snapshot.access(*id).ok_or(Refusal::BackendMissing { what: "backend access" })?;
            let address = access_address(access)?;
            let scheme = address.scheme;
            let own = access.host.as_deref().and_then(|host| HeaderValue::try_from(host).ok());
            let told = fixed.or(own.map(Told::Fixed)).unwrap_or(Told::Own);
            Ok(Target { address: Cow::Owned(address), scheme, told, member: None })
        }
        To::Channel(id, scheme) => {
            let channel = snapshot.channel(*id).ok_or(Refusal::BackendMissing { what: "channel" })?;
            let seat = channel.pick(call.by(), tried).ok_or(Refusal::NoMember)?;
            let told = fixed.or(channel.host.clone().map(Told::Fixed)).unwrap_or(Told::Client);
            let address = Cow::Owned((*seat.address).clone());
            let member = Some(Member { channel: Arc::clone(channel), seat });
            Ok(Target { address, scheme: *scheme, told, member })
        }
    }
}

fn access_address(access: &BackendAccess) -> Result<Address, Refusal> {
    Address::new(access.target(), access.port, access.scheme).ok_or_else(|| Refusal::Internal {
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

/// Keeps calls away from where cloud machines keep their credentials and where the gateway is managed.
fn check_allowed(worker: &Worker, address: &Address, socket: SocketAddr) -> Result<(), Refusal> {
    let settings = &worker.shared.settings;
    let ip = socket.ip().to_canonical();
    let own = settings.own_addresses.iter().any(|own| {
        own.port() == socket.port()
            && (own.ip() == ip || (own.ip().is_unspecified() && is_of_this_machine(ip)))
    });
    if own || (keeps_credentials(ip) && !settings.link_local_backends) {
        return Err(Refusal::AddressRefused { host: address.host.to_string(), address: ip.to_string() });
    }
    Ok(())
}

/// Only the machine's own addresses can be bound. Asked when the port is one of ours, which is next to never.
fn is_of_this_machine(ip: IpAddr) -> bool {
    ip.is_loopback() || UdpSocket::bind((ip, 0)).is_ok()
}

/// Link-local addresses, and the others at which clouds tell a machine its credentials: 100.100.100.200, 192.0.0.192 and
/// fd00:ec2::254; the IPv4 ones also as a NAT64 gateway would translate them (RFC 6052 §2.1).
fn keeps_credentials(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => {
            let told = matches!(v4.octets(), [100, 100, 100, 200] | [192, 0, 0, 192]);
            told || v4.is_link_local() || v4.is_unspecified()
        }
        IpAddr::V6(v6) => match v6.segments() {
            [0x64, 0xff9b, 0, 0, 0, 0, high, low] => carried(high, low),
            // What else carries an IPv4 address: 6to4 (RFC 3056), the local NAT64 prefix (RFC 8215), and the form before
            // IPv4-mapped addresses (RFC 4291 §2.5.5.1), of which ::1 is none.
            [0x2002, high, low, ..] | [0x64, 0xff9b, 1, .., high, low] => carried(high, low),
            [0, 0, 0, 0, 0, 0, high, low] if high > 0 => carried(high, low),
            [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254] => true,
            _ => v6.is_unicast_link_local() || v6.is_unspecified(),
        },
    }
}

fn carried(high: u16, low: u16) -> bool {
    keeps_credentials(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)).into())
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing is sent: connecting a datagram socket only picks an address.
    #[test]
    fn the_machine_knows_its_addresses() {
        let socket = UdpSocket::bind("0.0.0.0:0").expect("a socket");
        if socket.connect("192.0.2.1:9").is_ok() {
            assert!(is_of_this_machine(socket.local_addr().expect("an address").ip()));
        }
        assert!(is_of_this_machine(IpAddr::from([127, 0, 0, 1])));
        assert!(!is_of_this_machine(IpAddr::from([203, 0, 113, 9])));
    }

    #[test]
    fn addresses_with_credentials_are_known_in_every_form() {
        let keeps =
            |text: &str| keeps_credentials(text.parse::<IpAddr>().expect("an address").to_canonical());
        for there in [
            "169.254.169.254",
            "::ffff:169.254.169.254",
            "64:ff9b::a9fe:a9fe",
            "100.100.100.200",
            "192.0.0.192",
            "64:ff9b:1::a9fe:a9fe",
            "2002:a9fe:a9fe::1",
            "::169.254.169.254",
            "fd00:ec2::254",
            "fe80::1",
            "0.0.0.0",
            "::",
        ] {
            assert!(keeps(there), "{there}");
        }
        for not in [
            "127.0.0.1",
            "10.0.0.1",
            "100.100.100.201",
            "fd00::254",
            "64:ff9b::808:808",
            "2001:db8::1",
            "::1",
            "2002:808:808::1",
        ] {
            assert!(!keeps(not), "{not}");
        }
    }
}
