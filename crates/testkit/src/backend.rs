//! Fake backends: they record what they receive and answer as told.

mod gate;
mod protocols;

pub use gate::Gate;

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::HeaderMap;
use http_body_util::BodyExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// A fake backend; it lives as long as the test's runtime.
#[derive(Debug, Clone)]
pub struct Backend {
    scheme: &'static str,
    address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    count: Arc<watch::Sender<usize>>,
    connections: Arc<std::sync::atomic::AtomicUsize>,
    /// The name that the connection's TLS was asked for.
    server_name: Option<String>,
}

/// What a backend received.
#[derive(Debug, Clone)]
pub struct Received {
    /// The method.
    pub method: String,
    /// Path and query as received.
    pub target: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// The name that TLS was asked for; none: without TLS, or an address was.
    pub server_name: Option<String>,
}

impl Received {
    /// A header's text; empty when it is not there.
    pub fn header(&self, name: &str) -> String {
        let value = self.headers.get(name).map(http::HeaderValue::as_bytes).unwrap_or_default();
        String::from_utf8_lossy(value).into_owned()
    }

    /// The headers as those who verify a signature take them.
    pub fn fields(&self) -> Vec<(String, Vec<u8>)> {
        self.headers.iter().map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect()
    }

    /// Method, target, sorted headers but those that differ each time and `cdn-loop`, which has a story of its own, and
    /// body, a line each.
    pub fn lines(&self) -> String {
        let differs = ["host", "x-ca-api-gateway", "content-length", "x-forwarded-port", "cdn-loop"];
        let mut headers: Vec<String> = self
            .headers
            .iter()
            .filter(|(name, _)| !differs.contains(&name.as_str()))
            .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))
            .collect();
        headers.sort();
        let body = String::from_utf8_lossy(&self.body);
        format!("{} {}\n{}\n\n{body}", self.method, self.target, headers.join("\n"))
    }
}

impl Received {
    fn as_answer(&self) -> http::Response<Bytes> {
        let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into();
        let headers: serde_json::Map<String, serde_json::Value> =
            self.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        let body = serde_json::json!({
            "method": self.method,
            "target": self.target,
            "headers": headers,
            "body": String::from_utf8_lossy(&self.body),
        });
        http::Response::new(body.to_string().into())
    }
}

impl Backend {
    /// Answers 200 with a JSON of what it received.
    pub async fn echo() -> Self {
        Self::answering(Received::as_answer).await
    }

    /// The same at this address of the machine.
    pub async fn echo_at(ip: IpAddr) -> Self {
        let answer = Arc::new(Received::as_answer);
        Self::listening_at(ip, move |stream, backend, _| {
            protocols::http1(stream, backend, Arc::clone(&answer))
        })
        .await
    }

    /// Answers as the function says.
    pub async fn answering(
        answer: impl Fn(&Received) -> http::Response<Bytes> + Send + Sync + 'static,
    ) -> Self {
        let answer = Arc::new(answer);
        Self::listening(move |stream, backend, _| protocols::http1(stream, backend, Arc::clone(&answer)))
            .await
    }

    /// Answers as [`Backend::echo`], over HTTP/2 with prior knowledge.
    pub async fn h2c() -> Self {
        Self::listening(|stream, backend, _| protocols::http2(stream, backend, Arc::new(Received::as_answer)))
            .await
    }

    /// Answers as [`Backend::echo`], over TLS with HTTP/1.1 or HTTP/2, as `localhost`, with a certificate that it
    /// signed itself.
    pub async fn tls() -> Self {
        let acceptor = protocols::self_signed("localhost");
        let backend = Self::listening(move |stream, backend, _| {
            protocols::tls(stream, backend, acceptor.clone(), Arc::new(Received::as_answer))
        });
        Self { scheme: "https", ..backend.await }
    }

    /// Speaks bytes: each connection, with its number from 0, is the function's.
    pub async fn speaking<R>(speak: impl Fn(TcpStream, usize) -> R + Send + Sync + 'static) -> Self
    where
        R: Future<Output = ()> + Send + 'static,
    {
        Self::listening(move |stream, _, number| speak(stream, number)).await
    }

    /// Reads the head of each request and then sends these bytes as they are; afterwards it stays silent
    /// (`Then::Stay`) or closes.
    pub async fn sending(bytes: &'static [u8], then: Then) -> Self {
        Self::listening(move |mut stream, _, _| async move {
            let mut head = Vec::new();
            let mut buffer = [0; 4096];
            while !head.windows(4).any(|end| end == b"\r\n\r\n") {
                match stream.read(&mut buffer).await {
                    Ok(0) | Err(_) => return,
                    Ok(read) => head.extend_from_slice(&buffer[..read]),
                }
            }
            if stream.write_all(bytes).await.is_err() {
                return;
            }
            if then == Then::Stay {
                while matches!(stream.read(&mut buffer).await, Ok(read) if read > 0) {}
            }
        })
        .await
    }

    async fn listening<F, R>(serve: F) -> Self
    where
        F: Fn(TcpStream, Self, usize) -> R + Send + Sync + 'static,
        R: Future<Output = ()> + Send + 'static,
    {
        Self::listening_at([127, 0, 0, 1].into(), serve).await
    }

    async fn listening_at<F, R>(ip: IpAddr, serve: F) -> Self
    where
        F: Fn(TcpStream, Self, usize) -> R + Send + Sync + 'static,
        R: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind((ip, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let backend = Self::at(address);
        let accepting = backend.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = accepting.connections.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                tokio::spawn(serve(stream, accepting.clone(), number));
            }
        });
        backend
    }

    /// An address where nobody listens.
    pub async fn absent() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self::at(listener.local_addr().unwrap())
    }

    fn at(address: SocketAddr) -> Self {
        Self {
            scheme: "http",
            address,
            received: Arc::default(),
            count: Arc::default(),
            connections: Arc::default(),
            server_name: None,
        }
    }

    /// `http://127.0.0.1:port`, or with `https`.
    pub fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it received so far.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// What it received last.
    pub fn last(&self) -> Received {
        self.received().pop().expect("the backend received something")
    }

    /// Returns when it has received this many requests.
    pub async fn wait_for(&self, requests: usize) {
        self.count.subscribe().wait_for(|count| *count >= requests).await.unwrap();
    }

    /// How many connections it accepted.
    pub fn connections(&self) -> usize {
        self.connections.load(std::sync::atomic::Ordering::Relaxed)
    }

    async fn record(&self, request: hyper::Request<hyper::body::Incoming>) -> Received {
        let (head, body) = request.into_parts();
        let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
        let target = head.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
        let (method, server_name) = (head.method.to_string(), self.server_name.clone());
        let received = Received { method, target, headers: head.headers, body, server_name };
        self.received.lock().unwrap().push(received.clone());
        self.count.send_modify(|count| *count += 1);
        received
    }
}

/// What a backend does after it sent its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// It keeps the connection and says nothing more.
    Stay,
    /// It closes the connection.
    Close,
}
