//! Clients that speak TLS, and authorities that sign for them and for servers.

use std::net::SocketAddr;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};

use crate::connection::Connection;

/// A client that speaks TLS; sessions are taken up again between its connections.
#[derive(Debug, Clone)]
pub struct TlsCaller(Arc<ClientConfig>);

impl TlsCaller {
    /// One that trusts these certificates (PEM), and offers HTTP/2 and HTTP/1.1.
    pub fn trusting(roots: &str) -> Self {
        Self::made(roots, None, &[&TLS13, &TLS12])
    }

    /// The same, which speaks TLS 1.2 and nothing newer.
    pub fn with_tls12(roots: &str) -> Self {
        Self::made(roots, None, &[&TLS12])
    }

    /// The same, with a certificate of its own and its key, in PEM.
    pub fn with_certificate(roots: &str, chain: &str, key: &str) -> Self {
        Self::made(roots, Some((chain, key)), &[&TLS13, &TLS12])
    }

    fn made(
        roots: &str,
        identity: Option<(&str, &str)>,
        versions: &[&'static SupportedProtocolVersion],
    ) -> Self {
        let mut store = RootCertStore::empty();
        for root in CertificateDer::pem_slice_iter(roots.as_bytes()) {
            store.add(root.unwrap()).unwrap();
        }
        let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_protocol_versions(versions)
            .unwrap()
            .with_root_certificates(store);
        let mut config = match identity {
            None => builder.with_no_client_auth(),
            Some((chain, key)) => {
                let chain = CertificateDer::pem_slice_iter(chain.as_bytes()).map(Result::unwrap).collect();
                let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
                builder.with_client_auth_cert(chain, key).unwrap()
            }
        };
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Self(Arc::new(config))
    }

    /// Offers these protocols alone.
    #[must_use]
    pub fn offering(self, alpn: &[&str]) -> Self {
        let mut config = ClientConfig::clone(&self.0);
        config.alpn_protocols = alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
        Self(Arc::new(config))
    }

    /// A handshake with whoever is called `name` there.
    ///
    /// # Errors
    /// Why it failed.
    pub async fn handshake(&self, address: SocketAddr, name: &str) -> std::io::Result<TlsStream<TcpStream>> {
        self.handshake_after(b"", address, name).await
    }

    /// The same, once these bytes were sent in plain text.
    ///
    /// # Errors
    /// Why it failed.
    pub async fn handshake_after(
        &self,
        plain: &[u8],
        address: SocketAddr,
        name: &str,
    ) -> std::io::Result<TlsStream<TcpStream>> {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(plain).await?;
        let name = ServerName::try_from(name.to_owned()).unwrap();
        TlsConnector::from(Arc::clone(&self.0)).connect(name, stream).await
    }

    /// A connection for many calls.
    ///
    /// # Errors
    /// Why the handshake failed.
    pub async fn connect(&self, address: SocketAddr, name: &str) -> std::io::Result<Connection> {
        Ok(Self::speak(self.handshake(address, name).await?).await)
    }

    /// A connection for many calls, in the version of HTTP that the handshake agreed on.
    pub async fn speak(stream: TlsStream<TcpStream>) -> Connection {
        let h2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
        Connection::over(stream, h2).await
    }
}

/// An authority that signs for tests.
pub struct TestAuthority {
    issuer: Issuer<'static, KeyPair>,
    /// Its certificate, in PEM.
    pub certificate: String,
    /// Its key, in PEM.
    pub key: String,
}

impl TestAuthority {
    /// A new one.
    pub fn new(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let key_pem = key.serialize_pem();
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let certificate = params.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(params, key), certificate, key: key_pem }
    }

    /// A server's certificate for these names, with its key, in PEM.
    pub fn server(&self, names: &[&str]) -> (String, String) {
        self.sign(names, |_| {})
    }

    /// The same, valid from and until these days of the year.
    pub fn server_valid(&self, names: &[&str], from: i32, until: i32) -> (String, String) {
        self.sign(names, |params| {
            params.not_before = rcgen::date_time_ymd(from, 1, 1);
            params.not_after = rcgen::date_time_ymd(until, 1, 1);
        })
    }

    /// A client's certificate with its key, in PEM.
    pub fn client(&self, name: &str) -> (String, String) {
        self.sign(&[], |params| {
            params.distinguished_name.push(DnType::OrganizationName, "Pets, Ltd.");
            params.distinguished_name.push(DnType::CommonName, name);
            params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        })
    }

    fn sign(&self, names: &[&str], adjust: impl FnOnce(&mut CertificateParams)) -> (String, String) {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(names).unwrap();
        params.distinguished_name = rcgen::DistinguishedName::new();
        adjust(&mut params);
        (params.signed_by(&key, &self.issuer).unwrap().pem(), key.serialize_pem())
    }
}

impl std::fmt::Debug for TestAuthority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TestAuthority").finish_non_exhaustive()
    }
}
