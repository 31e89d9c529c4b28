//! Sends calls through the data plane's pipeline for the management interface.

use std::sync::Weak;
use std::time::Instant;

use async_trait::async_trait;
use paifang_api_native::{
    DebugAnswer, DebugCaller, DebugDecision, DebugRefused, DebugRequest, DebugTarget, Debugger, SentRequest,
};
use paifang_model::definition::Scheme;
use paifang_model::{Rule, Stage, Violations};
use paifang_proxy::exchange::{Aim, ClientScheme};
use paifang_proxy::{Explained, Gateway, Trial};
use paifang_wire::{Head, HeaderName, HeaderValue, Headers, Target};

use super::trial_request;

/// The data plane as a debugger.
pub(super) struct Pipeline(pub(super) Weak<Gateway>);

#[async_trait]
impl Debugger for Pipeline {
    async fn debug(&self, request: DebugRequest) -> Result<DebugAnswer, DebugRefused> {
        let gateway = self.0.upgrade().ok_or_else(|| unavailable("it is ending"))?;
        let aim = aim(&gateway, &request)?;
        let sent = trial_request::build(&request)?;
        let trial = Trial {
            head: head(&sent, &request)?,
            body: request.body.clone(),
            from: request.source,
            scheme: match request.scheme {
                Scheme::Http => ClientScheme::Http,
                Scheme::Https => ClientScheme::Https,
            },
            aim: Some(aim),
        };
        let started = Instant::now();
        let explained = gateway.explain(trial).await.map_err(unavailable)?;
        let latency_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        Ok(answer(sent, explained, latency_ms))
    }
}

/// What is to answer.
fn aim(gateway: &Gateway, request: &DebugRequest) -> Result<Aim, DebugRefused> {
    let asks_nobody = request.caller == DebugCaller::Waived;
    let group = &request.group;
    match &request.target {
        DebugTarget::Stage(stage) => gateway.published(group.id, *stage, asks_nobody).ok_or_else(|| {
            DebugRefused::NotServed(format!("the group `{}` serves nothing in this stage", group.name))
        }),
        DebugTarget::Draft(definition) => {
            let stage =
                Stage::built_in(group.dialect).next().ok_or_else(|| unavailable("it knows no stage"))?;
            let draft = gateway.draft(group, &stage, request.api, definition, asks_nobody);
            draft.map_err(DebugRefused::Invalid)
        }
    }
}

fn head(sent: &SentRequest, request: &DebugRequest) -> Result<Head, DebugRefused> {
    let target = trial_request::target(request);
    let target = Target::parse(target.as_bytes()).map_err(|error| invalid("/path", &error.to_string()))?;
    let mut headers = Headers::with_capacity(sent.headers.len());
    for (name, value) in &sent.headers {
        let name =
            HeaderName::try_from(name).map_err(|_| invalid("/headers", "a name is not a header's name"))?;
        let value = HeaderValue::try_from(value);
        headers.append(name, value.map_err(|_| invalid("/headers", "a value cannot be a header's value"))?);
    }
    Ok(Head { headers, ..Head::new(request.method.clone(), target) })
}

fn answer(sent: SentRequest, explained: Explained, latency_ms: u64) -> DebugAnswer {
    let header = |(name, value): (&HeaderName, &HeaderValue)| {
        (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let decisions = explained.decisions.into_iter().map(|decision| DebugDecision {
        stage: decision.stage.to_owned(),
        what: decision.what.into_owned(),
        at_us: decision.at_us,
    });
    DebugAnswer {
        sent,
        status: explained.status.as_u16(),
        headers: explained.headers.iter().map(header).collect(),
        body: explained.body,
        truncated: explained.truncated,
        latency_ms,
        decisions: decisions.collect(),
    }
}

pub(super) fn invalid(pointer: &str, message: &str) -> DebugRefused {
    DebugRefused::Invalid(Violations::one(pointer, Rule::Format, message))
}

fn unavailable(reason: impl std::fmt::Display) -> DebugRefused {
    DebugRefused::Unavailable(reason.to_string())
}
