//! Who takes the next attempt: an address that the API names, or whom a backend access or a channel leads to now.

use std::ops::Deref;
use std::sync::Arc;

use http::HeaderValue;
use paifang_model::BackendAccess;
use paifang_model::definition::Scheme;

use super::member::Member;
use crate::call::Call;
use crate::channel::{Picked, Seat, Tried};
use crate::refusal::Refusal;
use crate::snapshot::{Address, HttpPlan, Snapshot, To};

/// Who is to take the next attempt.
#[derive(Debug)]
pub(super) struct Target<'p> {
    pub(super) address: Held<'p>,
    pub(super) scheme: Scheme,
    pub(super) told: Told,
    /// The member of a channel that it is.
    pub(super) member: Option<Member>,
}

/// Picks who is to take the next attempt.
pub(super) fn pick<'p>(
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

/// Tells whom a channel or a backend access leads to, or why to nobody; an address says that by itself.
pub(super) fn tell(
    snapshot: &Snapshot,
    plan: &HttpPlan,
    call: &mut Call<'_>,
    target: Option<&Target<'_>>,
    tried: &Tried,
) {
    match &plan.to {
        To::Address(_) => {}
        To::Access(id, _) => call.note("backend", || {
            let name = snapshot.access(*id).map_or_else(|| id.to_string(), |access| access.name.clone());
            tell_access(&name, target)
        }),
        To::NamedAccess(name, _) => call.note("backend", || tell_access(name, target)),
        To::Channel(id, _) => call.note("backend", || match snapshot.channel(*id) {
            Some(channel) => channel.tell(target.and_then(Target::seat), tried),
            None => format!("the channel {id} is not there"),
        }),
    }
}

fn tell_access(name: &str, target: Option<&Target<'_>>) -> String {
    match target {
        Some(target) => format!("the backend access `{name}` leads to `{}`", *target.address),
        None => format!("the backend access `{name}` leads nowhere"),
    }
}

impl Target<'_> {
    fn seat(&self) -> Option<&Seat> {
        self.member.as_ref().map(|member| &*member.seat)
    }
}

/// An address that a route has, or somebody who may change during the call.
#[derive(Debug)]
pub(super) enum Held<'p> {
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
#[derive(Debug)]
pub(super) enum Told {
    Fixed(HeaderValue),
    Own,
    Client,
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
