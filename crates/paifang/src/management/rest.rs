//! Native REST as the command line uses it: JSON in, JSON out, problems as errors.

use anyhow::{Context as _, Result, bail};
use http::{Method, StatusCode};
use paifang_model::Violation;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::client::{Answer, Client};
use crate::sign::{Body, Request};

/// The interface of one gateway, on somebody's behalf.
pub(crate) struct Rest {
    client: Client,
    manifest: Option<String>,
}

/// A page of a list; what cannot be read on it is left out.
#[derive(Deserialize)]
struct List {
    items: Vec<Value>,
    next: Option<String>,
}

/// What a problem document says (RFC 9457).
#[derive(Debug, Deserialize, thiserror::Error)]
#[error("{detail}{}", .violations.iter().map(shown).collect::<String>())]
pub(crate) struct Refused {
    detail: String,
    /// Every complaint about what was sent.
    #[serde(default)]
    pub(crate) violations: Vec<Violation>,
}

fn shown(violation: &Violation) -> String {
    format!("\n  {}: {}", violation.pointer, violation.message)
}

impl Rest {
    /// Of the gateway whose management interface is there.
    pub(super) fn new(client: Client) -> Self {
        Self { client, manifest: None }
    }

    /// The same; what is made is remembered as made by this manifest.
    pub(crate) fn for_manifest(self, name: &str) -> Self {
        Self { manifest: Some(name.to_owned()), ..self }
    }

    /// An object; none where there is none.
    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<Option<T>> {
        let answer = self.call(self.request(Method::GET, path, Body::Empty)?).await?;
        match answer.status {
            StatusCode::NOT_FOUND => Ok(None),
            _ => read(&answer).map(Some),
        }
    }

    /// All objects of a list, whose path may have a query.
    pub(crate) async fn all<T: DeserializeOwned>(&self, path: &str) -> Result<Vec<T>> {
        let (mut all, mut next) = (Vec::new(), None::<String>);
        let joint = if path.contains('?') { '&' } else { '?' };
        loop {
            let cursor = next.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
            let page = format!("{path}{joint}limit=500{cursor}");
            let page: List = read(&self.call(self.request(Method::GET, &page, Body::Empty)?).await?)?;
            all.extend(page.items.into_iter().filter_map(|item| serde_json::from_value(item).ok()));
            next = page.next;
            if next.is_none() {
                return Ok(all);
            }
        }
    }

    /// Sends an object and reads what comes back.
    pub(crate) async fn post<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T> {
        read(&self.call(self.request(Method::POST, path, Body::Text(body.to_string()))?).await?)
    }

    /// Makes a change and reads what comes back, null where nothing does; with a revision, only to what is at it.
    ///
    /// # Errors
    /// A [`Refused`] when the gateway does not make it.
    pub(crate) async fn change(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        at: Option<u64>,
    ) -> Result<Value> {
        let body = body.map_or(Body::Empty, |body| Body::Text(body.to_string()));
        let mut request = self.request(method, path, body)?;
        if let Some(revision) = at {
            request.add("If-Match", format!("\"r{revision}\""));
        }
        let answer = self.call(request).await?;
        if answer.status == StatusCode::NO_CONTENT { Ok(Value::Null) } else { read(&answer) }
    }

    fn request(&self, method: Method, path: &str, body: Body) -> Result<Request> {
        let url = format!("http://{}/api/v1{path}", self.client.address()).parse();
        let mut request = Request::new(url.context("naming the object")?, body);
        request.method = method;
        if let Some(manifest) = &self.manifest {
            request.add("X-Manifest", manifest.as_str());
        }
        Ok(request)
    }

    async fn call(&self, request: Request) -> Result<Answer> {
        self.client.call(request).await
    }
}

fn read<T: DeserializeOwned>(answer: &Answer) -> Result<T> {
    if answer.status.is_success() {
        return serde_json::from_slice(&answer.body).context("the gateway's answer is not understood");
    }
    match serde_json::from_slice::<Refused>(&answer.body) {
        Ok(refused) => Err(refused.into()),
        Err(_) => bail!("the gateway answered {}", answer.status),
    }
}
