//! From a request to the API that it is for: host, sizes, target, stage, path and method.

use std::borrow::Cow;
use std::sync::Arc;

use http::Method;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST};
use paifang_model::dialect::Dialect;
use paifang_model::domain::PlainCalls;
use paifang_model::id::StageId;
use paifang_model::limits::Limits;
use paifang_wire::Head;

use crate::dialect;
use crate::exchange::{Exchange, Source};
use crate::preflight;
use crate::refusal::Refusal;
use crate::routing::{Match, NoMatch, Request};
use crate::shared::Settings;
use crate::snapshot::{GroupEntry, HostEntry, Route, Snapshot, USUAL_TLS};

/// The API that a request is for.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) route: Arc<Route>,
    /// The values of the path's parameters, decoded, in the order of [`Route::path_names`].
    pub(crate) captures: Vec<String>,
    /// What follows the matched prefix, decoded.
    pub(crate) suffix: String,
    /// Whether the group was called by the host that it has from the start.
    pub(crate) through_subdomain: bool,
}

/// A refusal with the dialect that it is to be said in.
pub(crate) type Refused = (Dialect, Refusal);

/// Finds the API.
///
/// # Errors
/// The first check that fails.
pub(crate) fn find(
    snapshot: &Snapshot,
    exchange: &mut Exchange,
    settings: &Settings,
) -> Result<Found, Refused> {
    let called = called(snapshot, exchange, settings)?;
    let dialect = called.group.facts.dialect;
    let in_dialect = |refusal| (dialect, refusal);
    check_sizes(&exchange.head, &called.group.facts.limits).map_err(in_dialect)?;
    let path = decoded_path(&exchange.head).map_err(in_dialect)?;
    let stage = stage(snapshot, &called, dialect, &exchange.head).map_err(in_dialect)?;
    let found = route(&called, stage, &path, &exchange.head).map_err(in_dialect)?;
    exchange.note("find", || {
        let route = &found.route;
        format!("API `{}` version {} in stage {}", route.api_name, route.version, route.stage.name)
    });
    Ok(found)
}

/// The dialect of the group whose host a call names, or the one that its headers give away.
pub(crate) fn dialect(snapshot: &Snapshot, exchange: &Exchange, settings: &Settings) -> Dialect {
    called(snapshot, exchange, settings)
        .map_or_else(|(dialect, _)| dialect, |called| called.group.facts.dialect)
}

/// The group that is called, and how.
struct Called<'c> {
    group: &'c GroupEntry,
    stage: Option<StageId>,
    through_subdomain: bool,
}

/// Whether the connection is secured as the host wants it: by a name with other rules, one would get past them (RFC 9110
/// §15.5.20).
fn check_tls(entry: &HostEntry, exchange: &Exchange, https_port: u16) -> Result<(), Refusal> {
    // The debugger has no connection.
    if !matches!(exchange.source, Source::Network) {
        return Ok(());
    }
    let wanted = entry.tls.as_ref();
    match &exchange.client.tls {
        Some(tls) if tls.policy == wanted.map_or(USUAL_TLS, |wanted| wanted.policy) => Ok(()),
        Some(_) => Err(Refusal::Misdirected),
        None if wanted.is_some_and(|wanted| wanted.plain == PlainCalls::Redirected) => {
            Err(over_tls(exchange, https_port))
        }
        None if wanted.is_some_and(|wanted| wanted.clients.asked()) => Err(Refusal::ProtocolNotOffered {
            used: exchange.client.scheme.upper(),
            offered: "HTTPS".to_owned(),
        }),
        None => Ok(()),
    }
}

/// The same address over TLS. Where the client named no port, something in front of the gateway has the usual ones.
fn over_tls(exchange: &Exchange, https_port: u16) -> Refusal {
    let head = &exchange.head;
    let authority = head.headers.text(HOST).or_else(|| head.target.authority()).unwrap_or_default();
    let host = paifang_wire::host_of(head).unwrap_or_default();
    let port = if authority.len() == host.len() || https_port == 443 {
        String::new()
    } else {
        format!(":{https_port}")
    };
    let method = &head.method;
    let status = if *method == Method::GET || *method == Method::HEAD { 301 } else { 308 };
    Refusal::OverTls { location: format!("https://{host}{port}{}", path_and_query(head)), status }
}

fn path_and_query(head: &Head) -> String {
    let query = head.target.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("{}{query}", head.target.raw_path())
}

fn called<'c>(
    snapshot: &'c Snapshot,
    exchange: &'c Exchange,
    settings: &Settings,
) -> Result<Called<'c>, Refused> {
    if let Source::Debugger(Some(aim)) = &exchange.source {
        return Ok(Called { group: &aim.group, stage: Some(aim.stage), through_subdomain: false });
    }
    let host = host(&exchange.head);
    let entry = snapshot.host(&host);
    let group = entry.and_then(|entry| Some((entry, snapshot.group(entry.group)?)));
    let Some((entry, group)) = group else {
        let refusal = Refusal::UnknownHost { host: paifang_model::name::shown(&host) };
        return Err((dialect::guess(&exchange.head.headers, settings.default_dialect), refusal));
    };
    check_tls(entry, exchange, settings.https_port).map_err(|refusal| (group.facts.dialect, refusal))?;
    Ok(Called { group, stage: entry.stage, through_subdomain: entry.subdomain })
}

/// The host that is called, in the form in which hosts are bound.
pub(crate) fn host(head: &Head) -> Cow<'_, str> {
    let host = paifang_wire::host_of(head).unwrap_or_default();
    lower_case(host.strip_suffix('.').unwrap_or(host))
}

fn lower_case(host: &str) -> Cow<'_, str> {
    if host.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(host.to_ascii_lowercase())
    } else {
        Cow::Borrowed(host)
    }
}

fn check_sizes(head: &Head, limits: &Limits) -> Result<(), Refusal> {
    let target = head.target.as_str().len();
    if target > limits.target {
        return Err(Refusal::TargetTooLong);
    }
    let total = head.headers.total_bytes() + if limits.target_counts_as_header { target } else { 0 };
    let largest = || head.headers.iter().map(|(name, value)| name.as_str().len() + value.len()).max();
    // A single header can be too large only when all together are.
    if total > limits.headers || (total > limits.header && largest() > Some(limits.header)) {
        return Err(Refusal::HeadersTooLarge);
    }
    match declared_length(head) {
        Some(length) if length > limits.request_body => Err(Refusal::BodyTooLarge),
        _ => Ok(()),
    }
}

fn declared_length(head: &Head) -> Option<u64> {
    head.headers.text(CONTENT_LENGTH)?.parse().ok()
}

fn decoded_path(head: &Head) -> Result<Cow<'_, str>, Refusal> {
    head.target.decoded_path().map_err(|error| Refusal::BadTarget { reason: error.to_string() })
}

fn stage(
    snapshot: &Snapshot,
    called: &Called<'_>,
    dialect: Dialect,
    head: &Head,
) -> Result<StageId, Refusal> {
    if let Some(fixed) = called.stage {
        return Ok(fixed);
    }
    let named =
        head.headers.text(dialect::stage_header(dialect)).map(str::trim).filter(|name| !name.is_empty());
    snapshot
        .stage(dialect, named)
        .ok_or_else(|| Refusal::UnknownStage { name: paifang_model::name::shown(named.unwrap_or_default()) })
}

fn route(called: &Called<'_>, stage: StageId, path: &str, head: &Head) -> Result<Found, Refusal> {
    let dialect = called.group.facts.dialect;
    let refused = |none| refusal(dialect, none, path, head);
    let table = called.group.stages.get(&stage).ok_or_else(|| refused(NoMatch::Path))?;
    match head.method {
        // It asks for a tunnel to anywhere, which is no API's (RFC 9110 §9.3.6), not even one's with any method.
        Method::CONNECT => return Err(refused(NoMatch::Method)),
        Method::OPTIONS if preflight::is(head) => {
            let (path, matched) = preflight::find(dialect, table, path, head).map_err(refused)?;
            return Ok(called.found(path, &matched));
        }
        _ => {}
    }
    let request = Request { path, method: &head.method, multipart: is_multipart(head) };
    Ok(called.found(path, &table.find(&request).map_err(refused)?))
}

fn refusal(dialect: Dialect, none: NoMatch, path: &str, head: &Head) -> Refusal {
    let path = paifang_model::name::shown(path);
    if dialect::answers_preflights(dialect) && preflight::is(head) {
        return Refusal::NoApiForPages { method: preflight::announced(head), path };
    }
    let reason = format!("{} {path}", head.method);
    match none {
        NoMatch::Path => Refusal::NoApi { reason },
        NoMatch::Method => Refusal::NoMethod { reason },
    }
}

impl Called<'_> {
    fn found(&self, path: &str, matched: &Match<'_, Arc<Route>>) -> Found {
        Found {
            route: Arc::clone(matched.value),
            captures: matched.captures.iter(path).map(str::to_owned).collect(),
            suffix: matched.suffix.to_owned(),
            through_subdomain: self.through_subdomain,
        }
    }
}

fn is_multipart(head: &Head) -> bool {
    const MULTIPART: &[u8] = b"multipart/form-data";
    head.method == Method::POST
        && head.headers.get(CONTENT_TYPE).is_some_and(|value| {
            value.as_bytes().get(..MULTIPART.len()).is_some_and(|start| start.eq_ignore_ascii_case(MULTIPART))
        })
}
