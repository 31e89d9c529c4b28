//! Fake backends: they record what they receive and answer as told.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::HeaderMap;
use http_body_util::{BodyExt, Full};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A fake backend; it lives as long as the test's runtime.
#[derive(Debug, Clone)]
pub struct Backend {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    connections: Arc<std::sync::atomic::AtomicUsize>,
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
}

impl Received {
    /// A header's text; empty when it is not there.
    pub fn header(&self, name: &str) -> String {
        let value = self.headers.get(name).map(http::HeaderValue::as_bytes).unwrap_or_default();
        String::from_utf8_lossy(value).into_owned()
    }

    /// Method, target, sorted headers but those that differ each time, and body, a line each.
    pub fn lines(&self) -> String {
        let differs = ["host", "x-ca-api-gateway", "content-length", "x-forwarded-port"];
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

impl Backend {
    /// Answers 200 with a JSON of what it received.
    pub async fn echo() -> Self {
        Self::answering(|received| {
            let headers: serde_json::Map<String, serde_json::Value> = received
                .headers
                .iter()
                .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into()))
                .collect();
            let body = serde_json::json!({
                "method": received.method,
                "target": received.target,
                "headers": headers,
                "body": String::from_utf8_lossy(&received.body),
            });
            http::Response::new(body.to_string().into())
        })
        .await
    }

    /// Answers as the function says.
    pub async fn answering(
        answer: impl Fn(&Received) -> http::Response<Bytes> + Send + Sync + 'static,
    ) -> Self {
        let answer = Arc::new(answer);
        Self::listening(move |stream, backend| {
            let answer = Arc::clone(&answer);
            async move {
                let service = service_fn(move |request| {
                    let (backend, answer) = (backend.clone(), Arc::clone(&answer));
                    async move {
                        let received = backend.record(request).await;
                        Ok::<_, Infallible>(answer(&received).map(Full::new))
                    }
                });
                // A gateway that gives the connection up is no failure of the test.
                let _ = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service)
                    .await;
            }
        })
        .await
    }

    /// Reads the head of each request and then sends these bytes as they are; afterwards it stays silent
    /// (`Then::Stay`) or closes.
    pub async fn sending(bytes: &'static [u8], then: Then) -> Self {
        Self::listening(move |mut stream, _| async move {
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
        F: Fn(TcpStream, Self) -> R + Send + Sync + 'static,
        R: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let backend = Self { address, received: Arc::default(), connections: Arc::default() };
        let accepting = backend.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                accepting.connections.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                tokio::spawn(serve(stream, accepting.clone()));
            }
        });
        backend
    }

    /// An address where nobody listens.
    pub async fn absent() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        Self { address, received: Arc::default(), connections: Arc::default() }
    }

    /// `http://127.0.0.1:port`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
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

    /// How many connections it accepted.
    pub fn connections(&self) -> usize {
        self.connections.load(std::sync::atomic::Ordering::Relaxed)
    }

    async fn record(&self, request: hyper::Request<hyper::body::Incoming>) -> Received {
        let (head, body) = request.into_parts();
        let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
        let target = head.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
        let received = Received { method: head.method.to_string(), target, headers: head.headers, body };
        self.received.lock().unwrap().push(received.clone());
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
