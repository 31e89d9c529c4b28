//! A permitted call on its way to the backend: its parameters are checked, and the backend's request can be made
//! as often as it takes.

use std::borrow::Cow;
use std::rc::Rc;

use http::header::{CONNECTION, UPGRADE};
use paifang_model::dialect::SystemValue;
use paifang_wire::{Body, Head, Headers, Upgrade, Version};
use smallvec::SmallVec;

use crate::authenticate::{self, Caller};
use crate::channel::By;
use crate::dialect;
use crate::exchange::Exchange;
use crate::find::Found;
use crate::parameters::{BodyNeed, BodyPlan, Facts, Form, Input, Outgoing, ParameterError};
use crate::refusal::Refusal;
use crate::shared::Shared;
use crate::snapshot::Route;

/// A permitted call on its way to the backend.
pub(crate) struct Call<'c> {
    pub(crate) route: &'c Route,
    exchange: &'c mut Exchange,
    /// None where the gateway answers itself.
    outgoing: Option<Outgoing<'c>>,
}

impl<'c> Call<'c> {
    /// Checks the parameters and makes of them what the backend receives. Reads the body only where parameters
    /// stand in it.
    ///
    /// # Errors
    /// The first parameter that breaks a rule; or the body cannot be read.
    pub(crate) async fn new(
        shared: &Shared,
        route: &'c Route,
        found: &Found,
        caller: Option<&Caller>,
        exchange: &'c mut Exchange,
    ) -> Result<Self, Refusal> {
        let need =
            route.parameters.body_need(&exchange.head.method, &exchange.head.headers).map_err(refusal)?;
        let form = match need {
            BodyNeed::Nothing => None,
            need => read_form(shared, route, exchange, need).await?,
        };
        let captures: SmallVec<[&str; 8]> = found.captures.iter().map(String::as_str).collect();
        let input = Input {
            head: &exchange.head,
            captures: &captures,
            suffix: &found.suffix,
            form: form.as_ref(),
            facts: &Known { shared, route, caller, exchange },
        };
        let outgoing = route.parameters.check_and_map(&input).map_err(refusal)?;
        exchange.note("parameters", || match &outgoing {
            Some(outgoing) => format!("{} {}", outgoing.method, outgoing.target.raw_path()),
            None => "checked; nothing to map".to_owned(),
        });
        Ok(Self { route, exchange, outgoing })
    }

    /// The head as the client sent it.
    pub(crate) fn client_head(&self) -> &Head {
        &self.exchange.head
    }

    /// What a channel's member is picked by.
    pub(crate) fn by(&self) -> By<'_> {
        By { client: self.exchange.client.address, path: self.exchange.head.target.raw_path() }
    }

    /// Notes a decision.
    pub(crate) fn note<S: Into<Cow<'static, str>>>(&mut self, stage: &'static str, what: impl FnOnce() -> S) {
        self.exchange.note(stage, what);
    }

    /// The client's connection, when it asked for another protocol.
    pub(crate) fn take_upgrade(&mut self) -> Option<Upgrade> {
        self.exchange.upgrade.take()
    }

    /// What the backend receives; none where the gateway answers itself.
    pub(crate) fn take_outgoing(&mut self) -> Option<Outgoing<'c>> {
        self.outgoing.take()
    }

    /// The body for the backend. A body that streams is held to the limit that its length did not announce.
    pub(crate) fn take_body(&mut self, plan: BodyPlan) -> Body {
        match plan {
            BodyPlan::Keep => {
                let body = std::mem::take(&mut self.exchange.body);
                match &self.exchange.bytes_in {
                    Some(bytes_in) if body.bytes().is_none() => {
                        body.limited(self.route.group.limits.request_body, Rc::clone(bytes_in))
                    }
                    _ => body,
                }
            }
            BodyPlan::Replace(bytes) => Body::full(bytes),
            BodyPlan::Empty => Body::empty(),
        }
    }

    /// The head for the backend; `Host` is the sender's business unless the API sets it.
    pub(crate) fn backend_head(&self, outgoing: &Outgoing<'_>) -> Head {
        let exchange = &self.exchange;
        let mut headers = outgoing.headers.apply(&self.client_fields());
        paifang_wire::strip_hop_by_hop(&mut headers);
        dialect::add_backend_headers(self.route.group.dialect, &mut headers, &exchange.client, exchange.id);
        if exchange.upgrade.is_some() {
            ask_to_switch(&mut headers, &exchange.head.headers);
        }
        let (method, target) = (outgoing.method.clone(), outgoing.target.clone());
        Head { method, target, version: Version::HTTP_11, headers }
    }

    /// The client's fields. Those that it names in `Connection` go before the API sets its own: or else a client could
    /// keep what the gateway says to the backend from it.
    fn client_fields(&self) -> Cow<'_, Headers> {
        let sent = &self.exchange.head.headers;
        if !paifang_wire::names_hop_by_hop(sent) {
            return Cow::Borrowed(sent);
        }
        let mut fields = sent.clone();
        paifang_wire::strip_hop_by_hop(&mut fields);
        Cow::Owned(fields)
    }
}

/// Asks the backend for the protocol that the client asks for. The handshake is no parameter: it goes on in every
/// request mode (RFC 6455 §4.1).
fn ask_to_switch(headers: &mut Headers, client: &Headers) {
    let Some(protocol) = client.get(UPGRADE) else { return };
    headers.insert(UPGRADE, protocol.clone());
    headers.insert(CONNECTION, http::HeaderValue::from_static("upgrade"));
    let handshake = client.iter().filter(|(name, _)| name.as_str().starts_with("sec-websocket-"));
    let missing: SmallVec<[_; 4]> = handshake.filter(|(name, _)| !headers.contains(*name)).collect();
    for (name, value) in missing {
        headers.append(name.clone(), value.clone());
    }
}

async fn read_form(
    shared: &Shared,
    route: &Route,
    exchange: &mut Exchange,
    need: BodyNeed,
) -> Result<Option<Form>, Refusal> {
    if exchange.body.bytes().is_none() {
        authenticate::collect(shared, route, exchange).await?;
    }
    let bytes = exchange.body.bytes().cloned().unwrap_or_default();
    need.read(bytes).map_err(refusal)
}

/// What the gateway knows about a call.
struct Known<'x> {
    shared: &'x Shared,
    route: &'x Route,
    caller: Option<&'x Caller>,
    exchange: &'x Exchange,
}

impl Facts for Known<'_> {
    fn fact(&self, value: SystemValue) -> Option<Cow<'_, str>> {
        let Self { shared, route, exchange, .. } = *self;
        let app = self.caller.map(|caller| &caller.app);
        Some(match value {
            SystemValue::ClientAddress => exchange.client.address.to_string().into(),
            SystemValue::Domain => paifang_wire::host_of(&exchange.head)?.into(),
            SystemValue::HandleTime => handle_time(exchange.started_ms)?.into(),
            SystemValue::AppNumber => app?.number.to_string().into(),
            SystemValue::AppId => app?.id.to_string().into(),
            SystemValue::AppName => app?.name.as_ref().into(),
            SystemValue::AppKey => self.caller?.key.as_deref()?.into(),
            SystemValue::ApiName => route.api_name.as_ref().into(),
            SystemValue::ApiId => route.api.to_string().into(),
            SystemValue::Scheme => exchange.client.scheme.upper().into(),
            SystemValue::UserAgent => exchange.head.headers.text(http::header::USER_AGENT)?.into(),
            SystemValue::Stage => route.stage.name.as_ref().into(),
            SystemValue::ServerName => shared.settings.node_name.as_ref().into(),
            SystemValue::ServerAddress => exchange.client.local.ip().to_string().into(),
            SystemValue::RequestId | SystemValue::GatewayName => {
                dialect::system_text(route.group.dialect, value, exchange.id)?.into()
            }
            SystemValue::Absent => return None,
        })
    }
}

/// `2026-01-31T12:00:00Z`.
fn handle_time(unix_ms: i64) -> Option<String> {
    let time = jiff::Timestamp::from_millisecond(unix_ms).ok()?;
    Some(time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

fn refusal(error: ParameterError) -> Refusal {
    match error {
        ParameterError::Missing { name } => Refusal::ParameterMissing { name },
        ParameterError::Invalid { name, reason } => Refusal::ParameterInvalid { name, reason },
        ParameterError::BadBody { reason } => Refusal::BadBody { reason },
        ParameterError::BadContentType { reason } => Refusal::BadContentType { reason },
        ParameterError::BadTarget { reason } => Refusal::BadTarget { reason },
    }
}
