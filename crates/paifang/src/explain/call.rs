//! The call, handed to the gateway's debugger.

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use paifang_model::id::AppId;
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Options;
use super::place::Place;
use crate::management::Rest;
use crate::sign::Body;

/// What came back.
#[derive(Deserialize)]
pub(super) struct Report {
    pub(super) status: u16,
    pub(super) headers: Vec<Named>,
    pub(super) body: String,
    pub(super) body_encoding: String,
    pub(super) body_truncated: bool,
    pub(super) latency_ms: u64,
    pub(super) decisions: Vec<Decision>,
}

/// A header.
#[derive(Deserialize)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) value: String,
}

/// A decision on the way.
#[derive(Deserialize)]
pub(super) struct Decision {
    pub(super) stage: String,
    pub(super) what: String,
    pub(super) at_us: u64,
}

#[derive(Deserialize)]
struct AppSeen {
    id: AppId,
    name: String,
}

/// Has the gateway make the call.
pub(super) async fn send(rest: &Rest, options: &Options, place: &Place) -> Result<Report> {
    let body = options.body.as_ref().map(Body::bytes).unwrap_or_default();
    let call = json!({
        "target": target(options, place),
        "scheme": options.url.scheme_str().unwrap_or("http"),
        "method": options.method().as_str(),
        "path": place.path,
        "query": query(options.url.query().unwrap_or_default()),
        "headers": options.headers.iter().map(|(name, value)| named(name, value)).collect::<Vec<_>>(),
        "body": STANDARD.encode(body),
        "body_encoding": "base64",
        "authentication": authentication(rest, options).await?,
        "source": options.source,
    });
    rest.post(&format!("/apis/{}/debug", place.api), &call).await
}

fn target(options: &Options, place: &Place) -> Value {
    if options.draft {
        return json!({ "kind": "draft" });
    }
    let fixed = place.fixed_stage.map(|stage| stage.to_string());
    let stage = fixed.or_else(|| options.stage()).unwrap_or_else(|| "RELEASE".to_owned());
    json!({ "kind": "stage", "stage": stage })
}

async fn authentication(rest: &Rest, options: &Options) -> Result<Value> {
    let Some(name) = &options.app else { return Ok(json!({ "kind": "none" })) };
    let apps: Vec<AppSeen> = rest.all("/apps").await?;
    let app = apps.into_iter().find(|app| app.name == *name);
    let app = app.with_context(|| format!("there is no app `{name}`"))?.id;
    let kind = if options.by_code { "app_code" } else { "app_key" };
    Ok(json!({ "kind": kind, "app": app }))
}

/// The parameters, decoded as forms are.
fn query(query: &str) -> Vec<Value> {
    let decoded = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let pieces = query.split('&').filter(|piece| !piece.is_empty());
    let pairs = pieces.map(|piece| piece.split_once('=').unwrap_or((piece, "")));
    pairs.map(|(name, value)| named(&decoded(name), &decoded(value))).collect()
}

fn named(name: &str, value: &str) -> Value {
    json!({ "name": name, "value": value })
}

impl Options {
    /// The stage asked for: by the flag, or as a client would by a header of either dialect.
    pub(super) fn stage(&self) -> Option<String> {
        let mut headers = self.headers.iter();
        let header =
            headers.find(|(name, _)| ["x-ca-stage", "x-stage"].contains(&name.to_ascii_lowercase().as_str()));
        self.stage.clone().or_else(|| header.map(|(_, stage)| stage.clone()))
    }
}
