//! Somebody who calls, in any of the ways in which clients call.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Request};
use axum::routing::get;
use form_urlencoded::Serializer;
use paifang_api_alibaba::{AlibabaState, VERSION, before};
use paifang_control::{Clock as _, FrozenClock};
use paifang_sign::alibaba::{acs3, rpc_v1};
use paifang_sign::{Algorithm, Parts, SigningKey, sha256};
use tower::ServiceExt as _;

use super::{Operations, Reply};

/// How a client calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// RPC v1, everything in the query.
    RpcGet,
    /// RPC v1, everything in the body, the signature too.
    RpcPost,
    /// RPC v1, what the operation takes in the body there, all else in the query.
    RpcSplit,
    /// ACS3, with parameters in the query and the body.
    Acs3,
}

impl Style {
    pub(crate) const ALL: [Self; 4] = [Self::RpcGet, Self::RpcPost, Self::RpcSplit, Self::Acs3];
}

/// Somebody who calls.
#[derive(Clone)]
pub(crate) struct Client {
    state: AlibabaState,
    clock: Arc<FrozenClock>,
    key: String,
    secret: String,
    style: Style,
    nonces: Arc<AtomicU64>,
    pub(crate) format: Option<&'static str>,
}

impl Client {
    pub(super) fn new(state: AlibabaState, clock: Arc<FrozenClock>, key: &str, secret: &str) -> Self {
        Self {
            state,
            clock,
            key: key.to_owned(),
            secret: secret.to_owned(),
            style: Style::RpcPost,
            nonces: Arc::new(AtomicU64::new(0)),
            format: Some("JSON"),
        }
    }

    /// The same, calling in another way.
    pub(crate) fn calling(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// Calls, and holds the answer against its description.
    pub(crate) async fn call(&self, action: &str, params: &[(&str, &str)]) -> Reply {
        let request = self.request(action, params);
        let reply = self.send(request).await;
        if self.format == Some("JSON") || self.style == Style::Acs3 {
            Operations::get().check(action, &reply);
        }
        reply
    }

    /// Calls, and expects that it is done.
    pub(crate) async fn done(&self, action: &str, params: &[(&str, &str)]) -> serde_json::Value {
        let reply = self.call(action, params).await;
        assert_eq!(reply.status, 200, "{action}: {}", reply.fault());
        reply.json()
    }

    /// Calls, and tells what was wrong.
    pub(crate) async fn refused(&self, action: &str, params: &[(&str, &str)]) -> String {
        let reply = self.call(action, params).await;
        assert_ne!(reply.status, 200, "{action} was done");
        reply.fault()
    }

    /// Sends a request as it is, to a port that has other things too.
    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let others = Router::new().route("/", get(async || "others"));
        let router = before(others, self.state.clone());
        Reply::of(router.oneshot(request).await.unwrap()).await
    }

    /// A signed request.
    pub(crate) fn request(&self, action: &str, params: &[(&str, &str)]) -> Request<Body> {
        let operation = Operations::get();
        let in_form = |name: &str| operation.is_in_form(action, name);
        match self.style {
            Style::RpcGet => self.rpc(Method::GET, action, params, |_| false),
            Style::RpcPost => self.rpc(Method::POST, action, params, |_| true),
            Style::RpcSplit => self.rpc(Method::POST, action, params, in_form),
            Style::Acs3 => self.acs3(action, params, in_form),
        }
    }

    fn rpc(
        &self,
        method: Method,
        action: &str,
        params: &[(&str, &str)],
        in_form: impl Fn(&str) -> bool,
    ) -> Request<Body> {
        let (date, nonce) = (self.date(), self.nonce());
        let mut all = vec![
            ("Action", action),
            ("Version", VERSION),
            ("AccessKeyId", &self.key),
            ("SignatureMethod", "HMAC-SHA1"),
            ("SignatureVersion", "1.0"),
            ("SignatureType", ""),
            ("SignatureNonce", &nonce),
            ("Timestamp", &date),
        ];
        all.extend(self.format.map(|format| ("Format", format)));
        all.extend(params);
        let write = |form: bool| {
            let pairs = all.iter().filter(|(name, _)| in_form(name) == form);
            Serializer::new(String::new()).extend_pairs(pairs).finish()
        };
        let (mut query, mut form) = (write(false), write(true));
        let key = rpc_v1::RpcKey::new(self.secret.as_bytes());
        let signature = {
            let request = rpc_v1::Request::new(method.as_str(), query.as_bytes(), form.as_bytes()).unwrap();
            request.sign(Algorithm::HmacSha1, &key)
        };
        let signature = Serializer::new(String::new()).extend_pairs([("Signature", signature)]).finish();
        let place = if in_form("Signature") { &mut form } else { &mut query };
        *place = format!("{place}&{signature}");
        let mut request =
            Request::builder().method(method).uri(format!("/?{query}")).header("host", "gateway");
        if !form.is_empty() {
            request = request.header("content-type", "application/x-www-form-urlencoded");
        }
        request.body(Body::from(form)).unwrap()
    }

    fn acs3(&self, action: &str, params: &[(&str, &str)], in_form: impl Fn(&str) -> bool) -> Request<Body> {
        let write = |form: bool| {
            let pairs = params.iter().filter(|(name, _)| in_form(name) == form);
            Serializer::new(String::new()).extend_pairs(pairs).finish()
        };
        let (target, form) = (format!("/?{}", write(false)), write(true));
        let (date, nonce) = (self.date(), self.nonce());
        let mut headers = HeaderMap::new();
        let mut put = |name: &'static str, value: &str| {
            headers.insert(name, HeaderValue::from_str(value).unwrap());
        };
        put("host", "gateway");
        put("x-acs-action", action);
        put("x-acs-version", VERSION);
        put("x-acs-date", &date);
        put("x-acs-signature-nonce", &nonce);
        put("x-acs-content-sha256", &hex(&sha256(form.as_bytes())));
        put("content-type", "application/x-www-form-urlencoded");
        let names: Vec<String> = headers.keys().map(ToString::to_string).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let key = SigningKey::new(self.secret.as_bytes());
        let authorization =
            acs3::sign(&Parts::new("POST", &target, &headers), &self.key, &names, &key).unwrap();
        headers.insert("authorization", HeaderValue::from_str(&authorization).unwrap());
        let mut request = Request::builder().method("POST").uri(target).body(Body::from(form)).unwrap();
        *request.headers_mut() = headers;
        request
    }

    fn date(&self) -> String {
        let now = jiff::Timestamp::from_millisecond(self.clock.now()).unwrap();
        now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    fn nonce(&self) -> String {
        format!("nonce-{}", self.nonces.fetch_add(1, Ordering::Relaxed))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
