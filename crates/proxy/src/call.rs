//! A permitted call on its way to the backend: its parameters are checked, and the backend's request can be made
//! as often as it takes.

use std::borrow::Cow;
use std::rc::Rc;

use bytes::Bytes;
use http::header::{CONNECTION, UPGRADE};
use paifang_model::dialect::SystemValue;
use paifang_model::policy::alibaba::Place;
use paifang_wire::{Body, Head, HeaderName, Headers, Upgrade, Version};
use smallvec::SmallVec;

use crate::authenticate::{self, Caller};
use crate::backend::{Choice, circle, policy};
use crate::channel::By;
use crate::dialect;
use crate::exchange::{Client, Exchange};
use crate::find::{self, Found};
use crate::forwarded;
use crate::parameters::{BodyNeed, BodyPlan, Facts, Form, Input, Outgoing, ParameterError, first};
use crate::policy::{Seen, Signer};
use crate::refusal::Refusal;
use crate::shared::Shared;
use crate::snapshot::{BackendPlan, Route, Snapshot};
use crate::trace;

/// What was read of a call's body.
enum BodyRead {
    /// Nothing, or none that holds fields.
    Nothing,
    /// Its fields, for parameters stand in it.
    ForParameters(Form),
    /// Its fields, only for limits that go by them; parameters must not see them.
    ForLimits(Form),
}

/// A permitted call on its way to the backend.
pub(crate) struct Call<'c> {
    pub(crate) shared: &'c Shared,
    snapshot: &'c Snapshot,
    pub(crate) route: &'c Route,
    pub(crate) found: &'c Found,
    pub(crate) caller: Option<&'c Caller>,
    exchange: &'c mut Exchange,
    body: BodyRead,
    /// What answers in place of the default backend, where a policy says so.
    choice: Option<Choice<'c>>,
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
        shared: &'c Shared,
        snapshot: &'c Snapshot,
        route: &'c Route,
        found: &'c Found,
        caller: Option<&'c Caller>,
        exchange: &'c mut Exchange,
    ) -> Result<Self, Refusal> {
        let body = BodyRead::of(shared, route, exchange).await?;
        let signs_body = route.signer.as_ref().is_some_and(Signer::needs_body);
        if signs_body && !exchange.body.is_empty() && exchange.body.bytes().is_none() {
            authenticate::collect(shared, route, exchange).await?;
        }
        let known = Known { shared, route, caller, exchange };
        let (choice, outgoing) = known
            .with_input(found, body.of_parameters(), |input| {
                policy::choose_and_map(route, exchange.client.address, input)
            })
            .map_err(refusal)?;
        if !route.alternatives.is_empty() {
            exchange.note("backend policy", || policy::tell(choice));
        }
        exchange.note("parameters", || match &outgoing {
            Some(outgoing) => format!("{} {}", outgoing.method, outgoing.target.raw_path()),
            None => "checked; nothing to map".to_owned(),
        });
        Ok(Self { shared, snapshot, route, found, caller, exchange, body, choice, outgoing })
    }

    /// The head as the client sent it.
    pub(crate) fn client_head(&self) -> &Head {
        &self.exchange.head
    }

    /// What answers.
    pub(crate) fn backend(&self) -> &'c BackendPlan {
        self.choice.map_or(&self.route.backend, |choice| &choice.alternative.backend)
    }

    /// What is on its way.
    pub(crate) fn exchange(&self) -> &Exchange {
        self.exchange
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

    /// The body that a plan stands for, where it is there as a whole; none: it streams.
    pub(crate) fn whole_body(&self, plan: &BodyPlan) -> Option<Bytes> {
        match plan {
            BodyPlan::Keep if self.exchange.body.is_empty() => Some(Bytes::new()),
            BodyPlan::Keep => self.exchange.body.bytes().cloned(),
            BodyPlan::Replace(bytes) => Some(bytes.clone()),
            BodyPlan::Empty => Some(Bytes::new()),
        }
    }

    /// A declared parameter's value, by the name that callers know.
    fn parameter(&self, name: &str) -> Option<String> {
        let Self { shared, route, found, caller, exchange, body, .. } = self;
        let known = Known { shared, route, caller: *caller, exchange };
        known.with_input(found, body.of_parameters(), |input| route.parameters.value(name, input))
    }

    /// The head for the backend; `Host` is the sender's business unless the API sets it.
    pub(crate) fn backend_head(&self, outgoing: &Outgoing<'_>) -> Head {
        let exchange = &self.exchange;
        let mut headers = outgoing.headers.apply(&self.client_fields());
        paifang_wire::strip_hop_by_hop(&mut headers);
        dialect::add_backend_headers(self.route.group.dialect, &mut headers, &exchange.client, exchange.id);
        tell_subject(&mut headers, &exchange.client);
        circle::pass(self.route.api, &exchange.head.headers, &mut headers);
        trace::pass(&exchange.head.headers, &mut headers, |name| outgoing.headers.sets(name));
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

/// What the gateway's policies see of it. Claims of tokens come with the authenticators that read them, and what an answer
/// says is not there yet.
impl Seen for Call<'_> {
    fn see(&self, place: &Place) -> Option<Cow<'_, str>> {
        let head = &self.exchange.head;
        match place {
            Place::Method => Some(head.method.as_str().into()),
            // As routing matched it: or else another spelling would get around a condition.
            Place::Path => head.target.decoded_path().ok(),
            Place::Header(name) => head.headers.text(name.as_str()).map(Cow::Borrowed),
            Place::Query(name) => first(head.target.query()?.as_bytes(), name).map(Cow::Owned),
            Place::Form(name) => self.body.fields()?.text(name).map(Cow::Owned),
            Place::Parameter(name) => self.parameter(name).map(Cow::Owned),
            Place::System(value) => {
                let Self { shared, route, caller, exchange, .. } = self;
                let known = Known { shared, route, caller: *caller, exchange };
                known.fact(*value).map(|text| Cow::Owned(text.into_owned()))
            }
            Place::ForwardedFor(index) => forwarded::element(&head.headers, *index).map(forwarded::text),
            Place::Host(name) => {
                self.snapshot.host_part(&find::host(head), name).map(|part| Cow::Owned(part.to_owned()))
            }
            Place::Token(_) | Place::StatusCode | Place::ErrorCode | Place::BodyField(_) => None,
        }
    }
}

/// What a client's certificate says that it is (spec: aliyun/management-api.md, SetDomainCertificate).
const CLIENT_SUBJECT: HeaderName = HeaderName::from_static("x-client-s-dn");

/// Who showed which certificate. What a client says of itself there is taken out on every domain: a backend that believes it
/// may be reached by others too.
fn tell_subject(headers: &mut Headers, client: &Client) {
    match client.tls.as_ref().and_then(|tls| tls.subject.as_ref()) {
        Some(subject) => drop(headers.insert(CLIENT_SUBJECT, subject.clone())),
        None => drop(headers.remove(CLIENT_SUBJECT)),
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

impl BodyRead {
    /// Reads the body as far as something of it is to be seen.
    async fn of(shared: &Shared, route: &Route, exchange: &mut Exchange) -> Result<Self, Refusal> {
        let Head { method, headers, .. } = &exchange.head;
        let (need, read): (_, fn(Form) -> Self) =
            match route.parameters.body_need(method, headers).map_err(refusal)? {
                BodyNeed::Nothing if !route.limits_see_form => return Ok(Self::Nothing),
                BodyNeed::Nothing => {
                    (BodyNeed::to_see_fields(method, headers).map_err(refusal)?, Self::ForLimits)
                }
                need => (need, Self::ForParameters),
            };
        if need == BodyNeed::Nothing {
            return Ok(Self::Nothing);
        }
        if exchange.body.bytes().is_none() {
            authenticate::collect(shared, route, exchange).await?;
        }
        let bytes = exchange.body.bytes().cloned().unwrap_or_default();
        Ok(need.read(bytes).map_err(refusal)?.map_or(Self::Nothing, read))
    }

    /// What parameters are read from.
    fn of_parameters(&self) -> Option<&Form> {
        match self {
            Self::ForParameters(form) => Some(form),
            Self::ForLimits(_) | Self::Nothing => None,
        }
    }

    /// What limits look at.
    fn fields(&self) -> Option<&Form> {
        match self {
            Self::ForParameters(form) | Self::ForLimits(form) => Some(form),
            Self::Nothing => None,
        }
    }
}

/// What the gateway knows about a call.
struct Known<'x> {
    shared: &'x Shared,
    route: &'x Route,
    caller: Option<&'x Caller>,
    exchange: &'x Exchange,
}

impl Known<'_> {
    /// Looks at the call as parameters see it.
    fn with_input<T>(&self, found: &Found, form: Option<&Form>, look: impl FnOnce(&Input<'_>) -> T) -> T {
        let captures: SmallVec<[&str; 8]> = found.captures.iter().map(String::as_str).collect();
        let (head, suffix) = (&self.exchange.head, found.suffix.as_str());
        look(&Input { head, captures: &captures, suffix, form, facts: self })
    }
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
