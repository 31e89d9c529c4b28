//! What a fake backend speaks on an accepted connection.

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use super::{Backend, Received};

/// Makes an answer.
pub(super) trait Answers: Fn(&Received) -> http::Response<Bytes> + Send + Sync + 'static {}

impl<F: Fn(&Received) -> http::Response<Bytes> + Send + Sync + 'static> Answers for F {}

/// A gateway that gives a connection up is no failure of the test, here and below.
pub(super) async fn http1<S>(stream: S, backend: Backend, answer: Arc<impl Answers>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |request| reply(backend.clone(), Arc::clone(&answer), request));
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

pub(super) async fn http2<S>(stream: S, backend: Backend, answer: Arc<impl Answers>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |request| reply(backend.clone(), Arc::clone(&answer), request));
    let builder = http2::Builder::new(TokioExecutor::new());
    let _ = builder.serve_connection(TokioIo::new(stream), service).await;
}

pub(super) async fn tls(
    stream: TcpStream,
    mut backend: Backend,
    acceptor: TlsAcceptor,
    answer: Arc<impl Answers>,
) {
    let Ok(stream) = acceptor.accept(stream).await else { return };
    backend.server_name = stream.get_ref().1.server_name().map(str::to_owned);
    if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
        http2(stream, backend, answer).await;
    } else {
        http1(stream, backend, answer).await;
    }
}

/// TLS with a certificate that nobody else signed.
pub(super) fn self_signed(name: &str) -> TlsAcceptor {
    let made = rcgen::generate_simple_self_signed(vec![name.to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    TlsAcceptor::from(Arc::new(config))
}

async fn reply(
    backend: Backend,
    answer: Arc<impl Answers>,
    request: hyper::Request<Incoming>,
) -> Result<http::Response<Full<Bytes>>, Infallible> {
    let received = backend.record(request).await;
    Ok(answer(&received).map(Full::new))
}
