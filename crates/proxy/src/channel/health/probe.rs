//! One question to one member: a connection, or a request over it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::header::{CONNECTION, HOST, USER_AGENT};
use http::{HeaderValue, Method};
use paifang_model::channel::{HealthCheck, ProbeMethod, ProbeProtocol};
use paifang_wire::{
    Body, Head, Origin, OutgoingRequest, Pool, PoolSettings, Protocol, Roots, Target, Timeouts, TlsClient,
    TlsClientSettings, TlsError, TlsTarget, Verification,
};

use super::super::Seat;
use crate::knock::{connect, knock, socket};
use crate::shared::Shared;
use crate::snapshot::Address;

/// What asks.
pub(super) struct Prober {
    pub(super) shared: Arc<Shared>,
    pool: Pool,
    tls: TlsClient,
}

impl Prober {
    /// # Errors
    /// When TLS cannot be set up.
    pub(super) fn new(shared: Arc<Shared>) -> Result<Self, TlsError> {
        let settings = TlsClientSettings {
            roots: Roots::Native,
            verification: Verification::DangerNone,
            identity: None,
        };
        Ok(Self { shared, pool: Pool::new(PoolSettings::default()), tls: TlsClient::new(settings)? })
    }

    /// Asks a member whether it is well.
    ///
    /// # Errors
    /// Why it is not, as a sentence.
    pub(super) async fn ask(&self, seat: &Seat, check: &HealthCheck) -> Result<(), Box<str>> {
        let patience = Duration::from_secs(check.timeout_s.into());
        let question = self.question(&seat.address, check, patience);
        tokio::time::timeout(patience, question)
            .await
            .unwrap_or_else(|_| Err(format!("no answer in {} s", check.timeout_s).into()))
    }

    /// Looks whether a member takes a connection.
    ///
    /// # Errors
    /// Why it does not, as a sentence.
    pub(super) async fn knock(&self, address: &Address) -> Result<(), Box<str>> {
        knock(&self.shared, address).await
    }

    async fn question(
        &self,
        address: &Address,
        check: &HealthCheck,
        patience: Duration,
    ) -> Result<(), Box<str>> {
        let port = if check.port == 0 { address.port } else { check.port };
        let socket = socket(&self.shared, address, port).await?;
        match check.protocol {
            ProbeProtocol::Tcp => connect(socket).await,
            ProbeProtocol::Http => self.request(address, socket, None, check, patience).await,
            ProbeProtocol::Https => {
                let tls =
                    TlsTarget::new(self.tls.clone(), &address.host).map_err(|error| error.to_string())?;
                self.request(address, socket, Some(tls), check, patience).await
            }
        }
    }

    async fn request(
        &self,
        address: &Address,
        socket: SocketAddr,
        tls: Option<TlsTarget>,
        check: &HealthCheck,
        patience: Duration,
    ) -> Result<(), Box<str>> {
        let head = head(address, check)?;
        let origin = Origin { address: socket, tls, protocol: Protocol::Http1 };
        let now = Instant::now();
        let timeouts = Timeouts { now, connect: patience, head_by: now + patience };
        let reply = self.pool.send(&origin, OutgoingRequest { head, body: Body::empty() }, &timeouts).await;
        let status = reply.map_err(|error| error.to_string())?.head.status.as_u16();
        match check.codes() {
            Some(codes) if !codes.contains(status) => Err(format!("answered {status}, not {codes}").into()),
            _ => Ok(()),
        }
    }
}

fn head(address: &Address, check: &HealthCheck) -> Result<Head, Box<str>> {
    let path = check.path.as_deref().unwrap_or("/");
    let target = Target::parse(path.as_bytes()).map_err(|error| error.to_string())?;
    let method = match check.method {
        ProbeMethod::Get => Method::GET,
        ProbeMethod::Head => Method::HEAD,
    };
    let mut head = Head::new(method, target);
    head.headers.insert(HOST, address.authority.clone());
    head.headers.insert(USER_AGENT, HeaderValue::from_static("paifang-health"));
    head.headers.insert(CONNECTION, HeaderValue::from_static("close"));
    Ok(head)
}
