//! TLS towards backends; [`crate::TlsServer`] is the other side.

use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, InvalidDnsNameError, PrivateKeyDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};

/// How connections to backends are secured. Make one per distinct set of settings and keep it: connections are only shared between
/// clones of the same one.
#[derive(Clone, Debug)]
pub struct TlsClient(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    id: u64,
    http1: Arc<ClientConfig>,
    http2: Arc<ClientConfig>,
    rootless: bool,
}

/// Settings of a [`TlsClient`].
#[derive(Debug, Default)]
pub struct TlsClientSettings {
    /// Whom to trust.
    pub roots: Roots,
    /// Whether to check the backend's certificate.
    pub verification: Verification,
    /// Our own certificate, for backends that ask for one.
    pub identity: Option<ClientIdentity>,
}

/// Whom to trust.
#[derive(Debug, Default)]
pub enum Roots {
    /// The machine's own store, read once per process. When it is empty every use fails and says so.
    #[default]
    Native,
    /// Only these certificates.
    Only(Vec<CertificateDer<'static>>),
}

/// Whether a backend's certificate is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verification {
    /// Chain, name and dates.
    #[default]
    Full,
    /// Nothing: anybody on the way can read and change what is sent.
    DangerNone,
}

/// A certificate chain, own first, and its key.
#[derive(Debug)]
pub struct ClientIdentity {
    /// The chain.
    pub chain: Vec<CertificateDer<'static>>,
    /// The key of its first certificate.
    pub key: PrivateKeyDer<'static>,
}

/// TLS to a backend could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The name to ask for and to check is neither a DNS name nor an address.
    #[error("`{name}` is not a server name")]
    ServerName {
        /// The name.
        name: String,
        /// Why not.
        #[source]
        source: InvalidDnsNameError,
    },
    /// The machine has no trusted roots.
    #[error(
        "no trusted root certificates were found on this machine, so no backend's certificate can be verified"
    )]
    NoRoots,
    /// A root, our certificate or its key cannot be used.
    #[error("a certificate or key cannot be used")]
    Unusable(#[source] rustls::Error),
    /// The backend speaks TLS but not HTTP/2.
    #[error("the backend did not agree to HTTP/2 in the TLS handshake")]
    NotHttp2,
    /// There is nothing to answer a client's handshake with.
    #[error("there is no certificate for `{name}`")]
    NoCertificate {
        /// The name that the client asks for; empty: none.
        name: String,
    },
    /// The handshake failed.
    #[error("the TLS handshake failed")]
    Handshake(#[source] std::io::Error),
}

impl TlsClient {
    /// Prepares the settings for HTTP/1 and HTTP/2.
    ///
    /// # Errors
    /// [`TlsError::Unusable`] when a certificate or key cannot be used. Missing native roots are not an error before use.
    pub fn new(settings: TlsClientSettings) -> Result<Self, TlsError> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let checked = settings.verification == Verification::Full;
        let roots = match settings.roots {
            Roots::Native => native_roots(),
            Roots::Only(certificates) => Arc::new(store(certificates)?),
        };
        let rootless = checked && roots.is_empty();
        let mut http1 =
            config(roots, settings.verification, settings.identity).map_err(TlsError::Unusable)?;
        let mut http2 = http1.clone();
        http1.alpn_protocols = vec![b"http/1.1".to_vec()];
        http2.alpn_protocols = vec![b"h2".to_vec()];
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        Ok(Self(Arc::new(Inner { id, http1: Arc::new(http1), http2: Arc::new(http2), rootless })))
    }

    pub(crate) fn http1(&self) -> Result<Arc<ClientConfig>, TlsError> {
        self.usable().map(|inner| Arc::clone(&inner.http1))
    }

    pub(crate) fn http2(&self) -> Result<Arc<ClientConfig>, TlsError> {
        self.usable().map(|inner| Arc::clone(&inner.http2))
    }

    fn usable(&self) -> Result<&Inner, TlsError> {
        if self.0.rootless { Err(TlsError::NoRoots) } else { Ok(&self.0) }
    }
}

fn store(certificates: Vec<CertificateDer<'static>>) -> Result<RootCertStore, TlsError> {
    let mut store = RootCertStore::empty();
    for certificate in certificates {
        store.add(certificate).map_err(TlsError::Unusable)?;
    }
    Ok(store)
}

fn native_roots() -> Arc<RootCertStore> {
    static ROOTS: OnceLock<Arc<RootCertStore>> = OnceLock::new();
    let load = || {
        let found = rustls_native_certs::load_native_certs();
        let mut store = RootCertStore::empty();
        let (added, ignored) = store.add_parsable_certificates(found.certs);
        if added == 0 {
            tracing::warn!(errors = ?found.errors, ignored, "No trusted root certificates were found on this machine");
        }
        Arc::new(store)
    };
    Arc::clone(ROOTS.get_or_init(load))
}

fn config(
    roots: Arc<RootCertStore>,
    verification: Verification,
    identity: Option<ClientIdentity>,
) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let builder =
        ClientConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions()?;
    let builder = match verification {
        Verification::Full => builder.with_root_certificates(roots),
        Verification::DangerNone => {
            builder.dangerous().with_custom_certificate_verifier(Arc::new(Unverified(provider)))
        }
    };
    match identity {
        Some(identity) => builder.with_client_auth_cert(identity.chain, identity.key),
        None => Ok(builder.with_no_client_auth()),
    }
}

/// The TLS part of an origin: settings, and the name to ask for and to check.
#[derive(Clone, Debug)]
pub struct TlsTarget {
    /// The settings.
    pub client: TlsClient,
    name: ServerName<'static>,
}

impl TlsTarget {
    /// For a backend called `name`, a DNS name or an address.
    ///
    /// # Errors
    /// [`TlsError::ServerName`].
    pub fn new(client: TlsClient, name: &str) -> Result<Self, TlsError> {
        let name = ServerName::try_from(name.to_owned())
            .map_err(|source| TlsError::ServerName { name: name.to_owned(), source })?;
        Ok(Self { client, name })
    }

    pub(crate) fn name(&self) -> &ServerName<'static> {
        &self.name
    }
}

impl PartialEq for TlsTarget {
    fn eq(&self, other: &Self) -> bool {
        self.client.0.id == other.client.0.id && self.name == other.name
    }
}

impl Eq for TlsTarget {}

impl Hash for TlsTarget {
    fn hash<S: Hasher>(&self, state: &mut S) {
        self.client.0.id.hash(state);
        self.name.hash(state);
    }
}

/// Takes any certificate; the handshake's signatures are still checked, so that a broken backend is noticed.
#[derive(Debug)]
struct Unverified(Arc<CryptoProvider>);

impl ServerCertVerifier for Unverified {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
