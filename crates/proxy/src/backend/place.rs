//! Where the next attempt goes: an address, and what the backend is told as its host.

use std::net::SocketAddr;
use std::sync::Arc;

use http::HeaderValue;
use http::header::HOST;
use paifang_model::definition::{BackendProtocol, Scheme};
use paifang_wire::{Head, Origin, Protocol, TlsTarget};

use super::member::Member;
use super::target::{Held, Target, Told};
use crate::call::Call;
use crate::refusal::Refusal;
use crate::snapshot::{Address, HttpPlan};
use crate::worker::Worker;

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

impl<'p> Place<'p> {
    /// The place of whom an attempt goes to, at the address that was found.
    pub(super) fn new(
        worker: &Worker,
        plan: &HttpPlan,
        call: &Call<'_>,
        target: Target<'p>,
        socket: SocketAddr,
    ) -> Result<Self, Refusal> {
        let Target { address, scheme, told, member } = target;
        let own = || address.authority.clone();
        let client = || client_host(call.client_head());
        let host = match told {
            Told::Fixed(host) => host,
            Told::Own if plan.keep_client_host => client().unwrap_or_else(own),
            Told::Own => own(),
            Told::Client => client().unwrap_or_else(own),
        };
        let origin = origin(worker, plan, scheme, &address, socket)?;
        Ok(Self { origin, host, address, member })
    }

    /// Whether the call can go elsewhere when it does not come through here.
    pub(super) fn has_others(&self) -> bool {
        self.member.as_ref().is_some_and(|member| member.has_others)
    }

    /// Whether its name may have had to be asked for, which takes time.
    pub(super) fn is_named(&self) -> bool {
        self.address.literal.is_none()
    }

    /// The name it is known by, for the retry budget.
    pub(super) fn name(&self) -> &Arc<str> {
        &self.address.host
    }
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
