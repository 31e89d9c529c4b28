//! A call over a connection of its own.

use std::net::{IpAddr, SocketAddr};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use http_body_util::BodyExt;

use crate::connection::Connection;

/// A call in the making; its host is `api.example.com`.
#[derive(Debug, Clone)]
pub struct Call {
    address: SocketAddr,
    from: Option<IpAddr>,
    /// The method.
    pub method: Method,
    /// Path and query as sent.
    pub target: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Call {
    /// A call to an address.
    pub fn new(address: SocketAddr, method: Method, target: &str) -> Self {
        let headers =
            HeaderMap::from_iter([(http::header::HOST, HeaderValue::from_static("api.example.com"))]);
        Self { address, from: None, method, target: target.to_owned(), headers, body: Bytes::new() }
    }

    /// With a header; an earlier one of the name is replaced.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.insert(name_of(name), HeaderValue::from_bytes(value.as_bytes()).unwrap());
        self
    }

    /// With a further value of a header.
    #[must_use]
    pub fn further_header(mut self, name: &str, value: &str) -> Self {
        self.headers.append(name_of(name), HeaderValue::from_bytes(value.as_bytes()).unwrap());
        self
    }

    /// With a header unless it is there.
    #[must_use]
    pub fn default_header(self, name: &str, value: &str) -> Self {
        if self.headers.contains_key(name) { self } else { self.header(name, value) }
    }

    /// Without a header.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    /// To another host.
    #[must_use]
    pub fn host(self, host: &str) -> Self {
        self.header("host", host)
    }

    /// With a body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// With a form.
    #[must_use]
    pub fn form(self, body: &str) -> Self {
        let content_type = "application/x-www-form-urlencoded; charset=utf-8";
        self.header("content-type", content_type).body(body.to_owned())
    }

    /// With another method.
    #[must_use]
    pub fn method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    /// To another target.
    #[must_use]
    pub fn target(mut self, target: &str) -> Self {
        target.clone_into(&mut self.target);
        self
    }

    /// From another address of this machine; Linux has all of 127.0.0.0/8.
    #[must_use]
    pub fn from(mut self, address: IpAddr) -> Self {
        self.from = Some(address);
        self
    }

    /// Makes the call.
    pub async fn send(&self) -> Answer {
        Connection::http1_from(self.from, self.address).await.send(self).await
    }
}

fn name_of(name: &str) -> HeaderName {
    HeaderName::from_bytes(name.as_bytes()).unwrap()
}

impl Answer {
    /// Reads an answer to its end.
    pub async fn read(response: http::Response<hyper::body::Incoming>) -> Self {
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Self { status: head.status.as_u16(), headers: head.headers, body }
    }

    /// A header's text, without regard to bytes that are not UTF-8; empty when it is not there.
    pub fn header(&self, name: &str) -> String {
        let value = self.headers.get(name).map(HeaderValue::as_bytes).unwrap_or_default();
        String::from_utf8_lossy(value).into_owned()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Status, error code and message in either dialect: `403 A403IS Invalid Signature…`; the body where the
    /// gateway did not refuse.
    pub fn verdict(&self) -> String {
        let code = self.header("x-ca-error-code");
        if !code.is_empty() {
            return format!("{} {code} {}", self.status, self.header("x-ca-error-message"));
        }
        match serde_json::from_slice::<serde_json::Value>(&self.body) {
            Ok(body) if body["error_code"].is_string() => {
                let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
                format!("{} {} {}", self.status, text("error_code"), text("error_msg"))
            }
            _ => format!("{} {}", self.status, self.text()),
        }
    }
}
