//! The gateway's REST interface, called as its first owner: every request is signed with the owner's access key.

use std::net::SocketAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, bail};
use paifang_sign::huawei::{self, BodyHash};
use paifang_sign::{Parts, SigningKey, sha256};
use serde::de::DeserializeOwned;
use serde_json::Value;
use ureq::http::{Request, Response};
use ureq::{Agent, Body};

use super::{ACCESS_KEY_ID, ACCESS_KEY_SECRET};

/// What the signature covers.
const SIGNED: [&str; 3] = ["content-type", "host", "x-sdk-date"];
const JSON: &str = "application/json";

pub(crate) struct Rest {
    agent: Agent,
    host: String,
    key: SigningKey,
}

impl Rest {
    pub(crate) fn at(management: SocketAddr) -> Self {
        // A problem document says more than its status, so a refusal is an answer like another.
        let agent = Agent::config_builder().http_status_as_error(false).build().into();
        Self { agent, host: management.to_string(), key: SigningKey::new(ACCESS_KEY_SECRET.as_bytes()) }
    }

    pub(crate) fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        self.call("GET", path, "")
    }

    pub(crate) fn post<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T> {
        self.call("POST", path, &body.to_string())
    }

    pub(crate) fn put<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T> {
        self.call("PUT", path, &body.to_string())
    }

    /// Calls a path below `/api/v1`; anything but a success is an error that holds the whole answer.
    fn call<T: DeserializeOwned>(&self, method: &str, path: &str, body: &str) -> Result<T> {
        let what = || format!("{method} /api/v1{path} {body}");
        let mut answer = self.send(method, &format!("/api/v1{path}"), body).with_context(what)?;
        let text = answer.body_mut().read_to_string().with_context(what)?;
        if !answer.status().is_success() {
            bail!("{} was answered {}: {text}", what(), answer.status());
        }
        serde_json::from_str(&text).with_context(|| format!("reading the answer to {}: {text}", what()))
    }

    fn send(&self, method: &str, target: &str, body: &str) -> Result<Response<Body>> {
        let date = huawei::format_date(now_s()?);
        let headers = [("Host", self.host.as_str()), ("Content-Type", JSON), ("X-Sdk-Date", date.as_str())];
        let hash =
            if body.is_empty() { BodyHash::Empty } else { BodyHash::Computed(sha256(body.as_bytes())) };
        let parts = Parts::new(method, target, &headers);
        let authorization = huawei::sign(&parts, ACCESS_KEY_ID, &SIGNED, hash, &self.key)?;
        let request = Request::builder()
            .method(method)
            .uri(format!("http://{}{target}", self.host))
            .header("Content-Type", JSON)
            .header("X-Sdk-Date", &date)
            .header("Authorization", authorization);
        Ok(match method {
            "GET" => self.agent.run(request.body(())?)?,
            _ => self.agent.run(request.body(body)?)?,
        })
    }
}

fn now_s() -> Result<i64> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).context("reading the clock")?;
    i64::try_from(since.as_secs()).context("reading the clock")
}
