//! Somebody who calls, signing as the vendor's SDK does.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use paifang_control::{Clock as _, FrozenClock};
use paifang_sign::huawei::{BodyHash, format_date, sign};
use paifang_sign::{Parts, SigningKey, sha256};
use serde_json::Value;
use tower::ServiceExt as _;

use super::{INSTANCE, PROJECT, schema};

/// Somebody who calls. Paths are below the instance, unless they begin with `/`: then below the project.
pub(crate) struct Client {
    router: Router,
    clock: Arc<FrozenClock>,
    key: String,
    secret: String,
    project: String,
}

impl Client {
    pub(crate) fn signing(router: Router, clock: Arc<FrozenClock>, key: &str, secret: &str) -> Self {
        Self { router, clock, key: key.to_owned(), secret: secret.to_owned(), project: PROJECT.to_owned() }
    }

    /// The same, asking in another project.
    pub(crate) fn in_project(self, project: &str) -> Self {
        Self { project: project.to_owned(), ..self }
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

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, None).await
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        let project = &self.project;
        let target = match path.strip_prefix('/') {
            Some(path) => format!("/v2/{project}/apigw/{path}"),
            None => format!("/v2/{project}/apigw/instances/{INSTANCE}/{path}"),
        };
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        let reply = exchange(&self.router, self.signed(&method, &target, body)).await;
        schema::check(method.as_str(), &target, &reply);
        reply
    }

    fn signed(&self, method: &Method, target: &str, body: String) -> Request<Body> {
        let date = format_date(self.clock.now() / 1000);
        let pairs = [
            ("content-type", "application/json"),
            ("host", "gateway:9000"),
            ("user-agent", "huaweicloud-usdk-python/3.0"),
            ("x-project-id", self.project.as_str()),
            ("x-sdk-date", date.as_str()),
        ];
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(name, HeaderValue::from_str(value).unwrap());
        }
        let hash =
            if body.is_empty() { BodyHash::Empty } else { BodyHash::Computed(sha256(body.as_bytes())) };
        let names = pairs.map(|(name, _)| name);
        let key = SigningKey::new(self.secret.as_bytes());
        let parts = Parts::new(method.as_str(), target, &headers);
        let authorization = sign(&parts, &self.key, &names, hash, &key).unwrap();
        headers.insert("authorization", HeaderValue::from_str(&authorization).unwrap());
        let mut request = Request::builder().method(method).uri(target).body(Body::from(body)).unwrap();
        *request.headers_mut() = headers;
        request
    }
}

/// Sends a request as it is.
pub(crate) async fn exchange(router: &Router, request: Request<Body>) -> Reply {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() };
    Reply { status: parts.status, headers: parts.headers, body }
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Reply {
    /// A text of the body.
    #[track_caller]
    pub(crate) fn text(&self, pointer: &str) -> &str {
        let found = self.body.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("{pointer} is no text in {self:?}"))
    }

    /// The id of what was made.
    #[track_caller]
    pub(crate) fn id(&self) -> String {
        self.text("/id").to_owned()
    }

    /// Status, code and sentence of an error.
    pub(crate) fn error(&self) -> String {
        let text = |name: &str| self.body[name].as_str().unwrap_or_default();
        format!("{} {} {}", self.status.as_u16(), text("error_code"), text("error_msg"))
    }

    /// Status and code of an error.
    pub(crate) fn code(&self) -> String {
        format!("{} {}", self.status.as_u16(), self.body["error_code"].as_str().unwrap_or_default())
    }

    /// One member of each row of a list.
    pub(crate) fn column(&self, list: &str, member: &str) -> Vec<String> {
        let rows = self.body[list].as_array().unwrap().iter();
        rows.map(|row| row[member].as_str().unwrap_or_default().to_owned()).collect()
    }
}
