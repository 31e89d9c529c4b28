//! Somebody who calls.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request};
use paifang_control::{Clock as _, FrozenClock};
use paifang_sign::huawei::{BodyHash, format_date, sign};
use paifang_sign::{Parts, SigningKey, sha256};
use serde_json::Value;
use tower::ServiceExt as _;

use super::Reply;

/// Somebody who calls, with or without credentials. Paths are below `/api/v1`, unless they begin with `//`.
#[derive(Clone)]
pub(crate) struct Client {
    router: Router,
    clock: Arc<FrozenClock>,
    headers: HeaderMap,
    key: Option<(String, String)>,
}

impl Client {
    pub(super) fn nobody(router: Router, clock: Arc<FrozenClock>) -> Self {
        let headers =
            HeaderMap::from_iter([(HeaderName::from_static("host"), HeaderValue::from_static("gateway"))]);
        Self { router, clock, headers, key: None }
    }

    /// The same, signing every request.
    pub(crate) fn signing(mut self, key: &str, secret: &str) -> Self {
        self.key = Some((key.to_owned(), secret.to_owned()));
        self
    }

    /// The same, in a session.
    pub(crate) fn in_session(self, signed_in: &Reply) -> Self {
        let cookie = signed_in.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap();
        self.with("cookie", cookie).with("x-csrf-token", signed_in.text("/csrf_token"))
    }

    /// The same, with a header.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        self
    }

    /// The same, with all these headers.
    pub(crate) fn with_all(mut self, headers: &HeaderMap) -> Self {
        self.headers.extend(headers.clone());
        self
    }

    /// The same, without a header.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Reply {
        self.send(Method::PUT, path, Some(body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Reply {
        self.send(Method::PATCH, path, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, None).await
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        let bytes = body.as_ref().map(|body| serde_json::to_vec(body).unwrap()).unwrap_or_default();
        let json = body.map(|_| HeaderValue::from_static("application/json"));
        let mut client = self.clone();
        client.headers.extend(json.map(|json| (HeaderName::from_static("content-type"), json)));
        client.send_bytes(method, path, bytes).await
    }

    pub(crate) async fn send_bytes(&self, method: Method, path: &str, body: Vec<u8>) -> Reply {
        let target = match path.strip_prefix('/') {
            Some(outside) if outside.starts_with('/') => outside.to_owned(),
            _ => format!("/api/v1{path}"),
        };
        let mut request =
            Request::builder().method(&method).uri(&target).body(Body::from(body.clone())).unwrap();
        *request.headers_mut() = self.signed(&method, &target, &body);
        Reply::of(self.router.clone().oneshot(request).await.unwrap()).await
    }

    /// The headers of a request, with the signature over it.
    pub(crate) fn signed(&self, method: &Method, target: &str, body: &[u8]) -> HeaderMap {
        let mut headers = self.headers.clone();
        let Some((key, secret)) = &self.key else { return headers };
        let date = format_date(self.clock.now() / 1000);
        headers.insert("x-sdk-date", HeaderValue::from_str(&date).unwrap());
        let hash = if body.is_empty() { BodyHash::Empty } else { BodyHash::Computed(sha256(body)) };
        let parts = Parts::new(method.as_str(), target, &headers);
        let signing_key = SigningKey::new(secret.as_bytes());
        let authorization = sign(&parts, key, &["host", "x-sdk-date"], hash, &signing_key).unwrap();
        headers.insert("authorization", HeaderValue::from_str(&authorization).unwrap());
        headers
    }
}
