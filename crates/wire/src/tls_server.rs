//! TLS towards clients: a certificate and what is offered with it, chosen by the name that the client asks for.

use std::sync::Arc;

use rustls::crypto::aws_lc_rs::{self, Ticketer};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{Acceptor, NoServerSessionStorage, WebPkiClientVerifier};
use rustls::version::{TLS12, TLS13};
use rustls::{RootCertStore, ServerConfig, SupportedProtocolVersion};
use tokio::io::{AsyncRead, AsyncWrite};
pub use tokio_rustls::server::TlsStream as TlsServerStream;
use tokio_rustls::{LazyConfigAcceptor, StartHandshake};

use crate::{Tls, TlsError};

/// A certificate and what is offered with it. Tickets that one gave out are good for itself alone, so that none carries a
/// session past a change of what is asked of clients.
#[derive(Clone, Debug)]
pub struct TlsServer {
    config: Arc<ServerConfig>,
    policy: u64,
}

/// Settings of a [`TlsServer`].
#[derive(Debug)]
pub struct TlsServerSettings<'a> {
    /// The chain in PEM, its own certificate first.
    pub chain: &'a str,
    /// Its key in PEM: PKCS #8, PKCS #1 or SEC 1.
    pub key: &'a str,
    /// The authorities in PEM one of which must have signed the client's certificate; absent: clients are not asked.
    pub client_authority: Option<&'a str>,
    /// Which versions are offered.
    pub versions: TlsVersions,
    /// Which versions of HTTP are offered.
    pub http: HttpVersions,
    /// A number for what was chosen, which [`Tls::policy`] repeats.
    pub policy: u64,
}

/// Which versions are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsVersions {
    /// TLS 1.2 and 1.3.
    Tls12And13,
    /// TLS 1.3 alone.
    Tls13,
}

/// Which versions of HTTP are offered (ALPN, RFC 7301).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HttpVersions {
    /// HTTP/2, and HTTP/1.1 for clients that do not know it.
    Http1And2,
    /// HTTP/1.1 alone.
    Http1,
}

impl TlsServer {
    /// Prepares a certificate. Nothing is taken before the handshake is over (no 0-RTT): it
    /// could be replayed.
    ///
    /// # Errors
    /// [`TlsError::Unusable`] when certificate, key or authority cannot be used, or do not fit together.
    pub fn new(settings: &TlsServerSettings<'_>) -> Result<Self, TlsError> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_protocol_versions(versions(settings.versions))
            .map_err(TlsError::Unusable)?;
        let builder = match settings.client_authority {
            None => builder.with_no_client_auth(),
            Some(authority) => {
                let roots = Arc::new(roots(authority)?);
                let verifier = WebPkiClientVerifier::builder_with_provider(roots, provider).build();
                builder.with_client_cert_verifier(verifier.map_err(unusable)?)
            }
        };
        let key = PrivateKeyDer::from_pem_slice(settings.key.as_bytes()).map_err(unusable)?;
        let mut config =
            builder.with_single_cert(certificates(settings.chain)?, key).map_err(TlsError::Unusable)?;
        config.alpn_protocols = match settings.http {
            HttpVersions::Http1And2 => vec![b"h2".to_vec(), b"http/1.1".to_vec()],
            HttpVersions::Http1 => vec![b"http/1.1".to_vec()],
        };
        config.ticketer = Ticketer::new().map_err(TlsError::Unusable)?;
        // Tickets do it without a table that every worker would lock.
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.max_early_data_size = 0;
        Ok(Self { config: Arc::new(config), policy: settings.policy })
    }

    /// The number that it was given.
    pub fn policy(&self) -> u64 {
        self.policy
    }

    /// What rustls takes, for a listener that is none of this crate's.
    pub fn config(&self) -> &Arc<ServerConfig> {
        &self.config
    }
}

/// What a client said first, before it is known what it is answered with.
#[derive(Debug)]
pub struct Hello<S>(StartHandshake<S>);

/// Waits for what a client says first.
///
/// # Errors
/// When it is no TLS, or the connection fails.
pub async fn server_hello<S: AsyncRead + AsyncWrite + Unpin>(stream: S) -> Result<Hello<S>, TlsError> {
    LazyConfigAcceptor::new(Acceptor::default(), stream).await.map(Hello).map_err(TlsError::Handshake)
}

impl<S: AsyncRead + AsyncWrite + Unpin> Hello<S> {
    /// The name that it asks for, as it wrote it.
    pub fn server_name(&self) -> Option<String> {
        self.0.client_hello().server_name().map(str::to_owned)
    }

    /// Ends the handshake.
    ///
    /// # Errors
    /// When there is nothing that both can do, or the client's certificate is not accepted.
    pub async fn answer(self, server: &TlsServer) -> Result<(TlsServerStream<S>, Tls), TlsError> {
        let stream = self.0.into_stream(Arc::clone(&server.config)).await.map_err(TlsError::Handshake)?;
        let tls = Tls { policy: server.policy, ..Tls::of(stream.get_ref().1) };
        Ok((stream, tls))
    }
}

/// TLS 1.0 and 1.1 are not known here (RFC 8996).
static BOTH: [&SupportedProtocolVersion; 2] = [&TLS13, &TLS12];

fn versions(offered: TlsVersions) -> &'static [&'static SupportedProtocolVersion] {
    match offered {
        TlsVersions::Tls12And13 => &BOTH,
        TlsVersions::Tls13 => &BOTH[..1],
    }
}

fn certificates(pem: &str) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    CertificateDer::pem_slice_iter(pem.as_bytes()).collect::<Result<_, _>>().map_err(unusable)
}

fn roots(pem: &str) -> Result<RootCertStore, TlsError> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates(pem)? {
        roots.add(certificate).map_err(TlsError::Unusable)?;
    }
    Ok(roots)
}

fn unusable(error: impl std::fmt::Display) -> TlsError {
    TlsError::Unusable(rustls::Error::General(error.to_string()))
}
