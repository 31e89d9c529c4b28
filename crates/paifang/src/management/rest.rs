//! Native REST as the command line uses it: JSON in, JSON out, problems as errors.

use std::net::SocketAddr;

use anyhow::{Context as _, Result, bail};
use http::StatusCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::client::{self, Answer};
use crate::sign::{Body, Credentials, Request};

/// The interface of one gateway, on somebody's behalf.
pub(crate) struct Rest {
    pub(super) address: SocketAddr,
    pub(super) credentials: Credentials,
}

/// A page of a list; what cannot be read on it is left out.
#[derive(Deserialize)]
struct List {
    items: Vec<Value>,
    next: Option<String>,
}

/// What a problem document says (RFC 9457).
#[derive(Deserialize)]
struct Problem {
    detail: String,
    #[serde(default)]
    violations: Vec<paifang_model::Violation>,
}

impl Rest {
    /// An object; none where there is none.
    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<Option<T>> {
        let answer = self.call(path, Body::Empty).await?;
        match answer.status {
            StatusCode::NOT_FOUND => Ok(None),
            _ => read(&answer).map(Some),
        }
    }

    /// All objects of a list.
    pub(crate) async fn all<T: DeserializeOwned>(&self, path: &str) -> Result<Vec<T>> {
        let (mut all, mut next) = (Vec::new(), None::<String>);
        loop {
            let cursor = next.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
            let page: List = read(&self.call(&format!("{path}?limit=500{cursor}"), Body::Empty).await?)?;
            all.extend(page.items.into_iter().filter_map(|item| serde_json::from_value(item).ok()));
            next = page.next;
            if next.is_none() {
                return Ok(all);
            }
        }
    }

    /// Sends an object and reads what comes back.
    pub(crate) async fn post<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T> {
        read(&self.call(path, Body::Text(body.to_string())).await?)
    }

    async fn call(&self, path: &str, body: Body) -> Result<Answer> {
        let url = format!("http://{}/api/v1{path}", self.address).parse().context("naming the object")?;
        client::call(self.address, &self.credentials, Request::new(url, body)).await
    }
}

fn read<T: DeserializeOwned>(answer: &Answer) -> Result<T> {
    if answer.status.is_success() {
        return serde_json::from_slice(&answer.body).context("the gateway's answer is not understood");
    }
    let Ok(problem) = serde_json::from_slice::<Problem>(&answer.body) else {
        bail!("the gateway answered {}", answer.status);
    };
    let violations = problem
        .violations
        .iter()
        .map(|violation| format!("\n  {}: {}", violation.pointer, violation.message));
    bail!("{}{}", problem.detail, violations.collect::<String>())
}
