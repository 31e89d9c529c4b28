//! Signed requests to the management interface, and their answers.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use bytes::Bytes;
use paifang_model::Dialect;
use paifang_wire::{
    Body, ByteBudget, Head, HeaderName, HeaderValue, Origin, OutgoingRequest, Pool, PoolSettings, Roots,
    StatusCode, Target, Timeouts, TlsClient, TlsClientSettings, TlsTarget,
};

use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;

use crate::sign::{Credentials, Request, Stamp, sign};

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(10);

/// A call that is explained may itself take ten minutes.
const PATIENCE: Duration = Duration::from_secs(660);

/// No answer is larger.
const ANSWER_AT_MOST: usize = 16 << 20;

/// What was answered.
#[derive(Debug)]
pub(super) struct Answer {
    /// The status.
    pub(super) status: StatusCode,
    /// The body.
    pub(super) body: Bytes,
}

/// One gateway, on somebody's behalf. Connections belong to one thread: see [`super::block_on`].
pub(super) struct Client {
    address: SocketAddr,
    credentials: Credentials,
    pool: Pool,
    origin: Origin,
}

impl Client {
    /// Of the gateway whose management interface is there; over TLS when the file of an authority is named.
    ///
    /// # Errors
    /// When the file cannot be read, or holds no certificate.
    pub(super) fn new(
        address: SocketAddr,
        authority: Option<&Path>,
        credentials: Credentials,
    ) -> Result<Self> {
        let tls = authority.map(|file| target(address, file)).transpose()?;
        let origin = Origin { tls, ..Origin::http1(address) };
        Ok(Self { address, credentials, pool: Pool::new(PoolSettings::default()), origin })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Signs a request and sends it.
    ///
    /// # Errors
    /// When it cannot be signed, or there is no answer.
    pub(super) async fn call(&self, request: Request) -> Result<Answer> {
        // Native REST takes this scheme, whatever the groups' dialects.
        let signed = sign(Dialect::Huawei, &self.credentials, &Stamp::now(), request)?;
        let sent = self.send(&signed).await;
        sent.with_context(|| format!("asking the gateway at {}", self.address))
    }

    async fn send(&self, request: &Request) -> Result<Answer> {
        let outgoing = OutgoingRequest { head: head(request)?, body: body(request) };
        let now = Instant::now();
        let timeouts = Timeouts { now, connect: CONNECT, head_by: now + PATIENCE };
        let sent = self.pool.send(&self.origin, outgoing, &timeouts).await;
        let reply = sent.map_err(|error| error.failure)?;
        let body =
            reply.body.collect(ANSWER_AT_MOST, &ByteBudget::default()).await.context("reading the answer")?;
        Ok(Answer { status: reply.head.status, body: body.bytes })
    }
}

fn target(address: SocketAddr, authority: &Path) -> Result<TlsTarget> {
    let text = std::fs::read(authority).with_context(|| format!("reading `{}`", authority.display()))?;
    let unusable = || format!("`{}` holds no certificate in PEM", authority.display());
    let certificates = CertificateDer::pem_slice_iter(&text).collect::<Result<Vec<_>, _>>();
    let certificates = certificates.with_context(unusable)?;
    let settings = TlsClientSettings { roots: Roots::Only(certificates), ..TlsClientSettings::default() };
    Ok(TlsTarget::new(TlsClient::new(settings).with_context(unusable)?, &address.ip().to_string())?)
}

fn head(request: &Request) -> Result<Head> {
    let mut head = Head::new(request.method.clone(), Target::parse(request.target().as_bytes())?);
    for (name, value) in &request.headers {
        head.headers.append(HeaderName::from_bytes(name.as_bytes())?, HeaderValue::from_str(value)?);
    }
    Ok(head)
}

fn body(request: &Request) -> Body {
    Body::full(Bytes::copy_from_slice(request.body.bytes()))
}
