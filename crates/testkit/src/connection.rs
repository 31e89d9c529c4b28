//! Connections of a test's own: one that is kept for many calls, and one that speaks bytes.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use bytes::Bytes;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use crate::call::{Answer, Call};

/// What a call's body is sent from.
pub type Upload = BoxBody<Bytes, Infallible>;

/// A connection that is kept for many calls.
#[derive(Debug)]
pub struct Connection(Sender);

#[derive(Debug)]
enum Sender {
    Http1(http1::SendRequest<Upload>),
    Http2(http2::SendRequest<Upload>),
}

impl Connection {
    pub(crate) async fn http1(address: SocketAddr) -> Self {
        Self::http1_from(None, address).await
    }

    pub(crate) async fn http1_from(from: Option<IpAddr>, address: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        if let Some(from) = from {
            socket.bind(SocketAddr::new(from, 0)).unwrap();
        }
        let stream = socket.connect(address).await.unwrap();
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        Self(Sender::Http1(sender))
    }

    pub(crate) async fn http2(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        let (sender, connection) =
            http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        Self(Sender::Http2(sender))
    }

    /// HTTP over a stream that is there, in the version that was agreed on.
    pub(crate) async fn over<S>(stream: S, h2: bool) -> Self
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        if h2 {
            let (sender, connection) =
                http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
            tokio::spawn(connection);
            return Self(Sender::Http2(sender));
        }
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        Self(Sender::Http1(sender))
    }

    /// Makes a call.
    pub async fn send(&mut self, call: &Call) -> Answer {
        let body = Full::new(call.body.clone()).boxed();
        self.upload(call, body).await
    }

    /// Makes a call with another body than its own.
    pub async fn upload(&mut self, call: &Call, body: Upload) -> Answer {
        Answer::read(self.open(call, body).await).await
    }

    /// Makes a call and hands over the answer with its body still on its way.
    pub async fn open(&mut self, call: &Call, body: Upload) -> http::Response<hyper::body::Incoming> {
        let mut request = http::Request::new(body);
        *request.method_mut() = call.method.clone();
        *request.headers_mut() = call.headers.clone();
        match &mut self.0 {
            Sender::Http1(sender) => {
                *request.uri_mut() = call.target.parse().unwrap();
                sender.ready().await.unwrap();
                sender.send_request(request).await.unwrap()
            }
            Sender::Http2(sender) => {
                // RFC 9113 §8.3.1: the authority stands in the pseudo header.
                let host = request.headers_mut().remove(http::header::HOST).unwrap();
                let uri = format!("http://{}{}", host.to_str().unwrap(), call.target);
                *request.uri_mut() = uri.parse().unwrap();
                sender.ready().await.unwrap();
                sender.send_request(request).await.unwrap()
            }
        }
    }
}

/// A connection that speaks bytes.
#[derive(Debug)]
pub struct Raw(pub TcpStream);

impl Raw {
    pub(crate) async fn to(address: SocketAddr) -> Self {
        Self(TcpStream::connect(address).await.unwrap())
    }

    /// Sends bytes.
    pub async fn say(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.write_all(bytes.as_ref()).await.unwrap();
    }

    /// Reads until the text has been seen; returns all that was read.
    pub async fn hear(&mut self, end: &str) -> String {
        let mut heard = Vec::new();
        while !String::from_utf8_lossy(&heard).contains(end) {
            let read = self.0.read_buf(&mut heard).await.unwrap();
            assert_ne!(read, 0, "closed after {}", String::from_utf8_lossy(&heard));
        }
        String::from_utf8(heard).unwrap()
    }

    /// Reads until the other side closes the connection or breaks it off.
    pub async fn hear_all(&mut self) -> String {
        let mut heard = Vec::new();
        while matches!(self.0.read_buf(&mut heard).await, Ok(read) if read > 0) {}
        String::from_utf8_lossy(&heard).into_owned()
    }
}
