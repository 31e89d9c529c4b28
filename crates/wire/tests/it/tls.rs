//! TLS on both sides, with HTTP/2 by ALPN.

use std::rc::Rc;
use std::sync::Arc;

use paifang_wire::{
    Attempt, ConnectionInfo, Drain, Origin, Pool, Protocol, Request, Roots, SendFailure, Server,
    ServerSettings, Tls, TlsClient, TlsClientSettings, TlsError, TlsTarget, Verification,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::support::{get, ok, pool, soon, text, worker};

struct Secured {
    origin: Origin,
    certificate: CertificateDer<'static>,
}

impl Secured {
    fn reached(&self, client: &TlsClient, name: &str, protocol: Protocol) -> Origin {
        let tls = Some(TlsTarget::new(client.clone(), name).unwrap());
        Origin { tls, protocol, ..self.origin.clone() }
    }

    fn trusting(&self) -> TlsClient {
        let roots = Roots::Only(vec![self.certificate.clone()]);
        TlsClient::new(TlsClientSettings { roots, ..Default::default() }).unwrap()
    }
}

/// `backend.test`, which answers with what the handshake agreed on.
async fn secured(alpn: &[&str]) -> Secured {
    let made = rcgen::generate_simple_self_signed(vec!["backend.test".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let certificate = made.cert.der().clone();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .unwrap();
    config.alpn_protocols = alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = Origin::http1(listener.local_addr().unwrap());
    let server = Server::new(answer, ServerSettings::default(), Drain::new());
    tokio::task::spawn_local(async move {
        loop {
            let (stream, peer) = listener.accept().await.unwrap();
            let local = stream.local_addr().unwrap();
            let Ok(stream) = acceptor.accept(stream).await else { continue };
            let info = ConnectionInfo::secured(peer, local, Tls::of(stream.get_ref().1));
            let server = server.clone();
            tokio::task::spawn_local(async move { server.serve(stream, info).await });
        }
    });
    Secured { origin, certificate }
}

async fn answer(request: Request) -> paifang_wire::Reply {
    let tls = request.connection.tls.as_ref().unwrap();
    let name = tls.server_name.as_deref().unwrap_or_default();
    let connection = Rc::clone(&request.connection);
    assert!(connection.peer.ip().is_loopback());
    ok(format!("{:?} {name}", request.head.version))
}

async fn ask(pool: &Pool, origin: &Origin) -> Result<String, SendFailure> {
    match pool.send(origin, get("/"), &soon()).await {
        Ok(reply) => Ok(text(reply).await),
        Err(error) => {
            assert_eq!(error.attempt, Attempt::NotSent);
            Err(error.failure)
        }
    }
}

#[test]
fn alpn_decides_what_is_spoken() {
    worker(async {
        let backend = secured(&["h2", "http/1.1"]).await;
        let (pool, client) = (pool(), backend.trusting());
        let h2 = backend.reached(&client, "backend.test", Protocol::H2);
        assert_eq!(ask(&pool, &h2).await.unwrap(), "HTTP/2.0 backend.test");
        let http1 = backend.reached(&client, "backend.test", Protocol::Http1);
        assert_eq!(ask(&pool, &http1).await.unwrap(), "HTTP/1.1 backend.test");
        assert_eq!(pool.idle_connections(), 1);
    });
}

#[test]
fn a_backend_without_http2_says_so() {
    worker(async {
        let backend = secured(&[]).await;
        let origin = backend.reached(&backend.trusting(), "backend.test", Protocol::H2);
        let failure = ask(&pool(), &origin).await.unwrap_err();
        assert!(matches!(failure, SendFailure::Tls(TlsError::NotHttp2)), "{failure:?}");
    });
}

#[test]
fn certificates_are_checked_unless_told_otherwise() {
    worker(async {
        let backend = secured(&["http/1.1"]).await;
        let client = backend.trusting();
        let wrong = backend.reached(&client, "other.test", Protocol::Http1);
        let failure = ask(&pool(), &wrong).await.unwrap_err();
        assert!(matches!(failure, SendFailure::Tls(TlsError::Handshake(_))), "{failure:?}");
        let settings = TlsClientSettings { verification: Verification::DangerNone, ..Default::default() };
        let careless = backend.reached(&TlsClient::new(settings).unwrap(), "other.test", Protocol::Http1);
        assert_eq!(ask(&pool(), &careless).await.unwrap(), "HTTP/1.1 other.test");
    });
}

#[test]
fn without_roots_every_use_says_so() {
    worker(async {
        let backend = secured(&["http/1.1"]).await;
        let settings = TlsClientSettings { roots: Roots::Only(Vec::new()), ..Default::default() };
        let origin = backend.reached(&TlsClient::new(settings).unwrap(), "backend.test", Protocol::Http1);
        let failure = ask(&pool(), &origin).await.unwrap_err();
        assert!(matches!(failure, SendFailure::Tls(TlsError::NoRoots)), "{failure:?}");
    });
}

#[test]
fn a_name_that_is_none_is_refused() {
    let client =
        TlsClient::new(TlsClientSettings { verification: Verification::DangerNone, ..Default::default() });
    let error = TlsTarget::new(client.unwrap(), "not a name").unwrap_err();
    assert_eq!(error.to_string(), "`not a name` is not a server name");
}
