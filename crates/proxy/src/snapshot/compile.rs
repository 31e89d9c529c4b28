//! Turns documents into what calls need: a definition into a route, what a group serves in a stage into a table.

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue, StatusCode};
use paifang_model::definition::{
    AppCodeMode, Authentication, Backend, Definition, Destination, HttpBackend, MethodRule, MockBackend,
    RequestDefinition, Scheme, SignatureMethod,
};
use paifang_model::dialect::Dialect;
use paifang_model::id::{AccountId, ApiId, GroupId};
use paifang_model::limits::Limits;
use paifang_model::path::PathPattern;
use paifang_model::{Group, Id, Rule, Stage, Violations};
use paifang_wire::Headers;

use super::route::{
    Address, Auth, BackendPlan, GroupFacts, HttpPlan, MockPlan, Protocols, Route, StageFacts, To,
    UnresolvedPlan,
};
use crate::backend::Alternative;
use crate::parameters::{Plan, Surroundings};
use crate::policy::{self, LimitRule, LivePolicy};
use crate::routing::Table;

pub(crate) fn group_facts(group: &Group, mut limits: Limits) -> GroupFacts {
    if let Some(rate) = group.calls_per_second {
        limits.group_calls_per_second = Some(rate);
    }
    GroupFacts {
        id: group.id,
        account: group.account,
        name: group.name.as_str().into(),
        dialect: group.dialect,
        limits,
        subdomain: group.subdomain.to_ascii_lowercase().into(),
    }
}

pub(crate) fn stage_facts(stage: &Stage) -> StageFacts {
    StageFacts { id: stage.id, name: stage.name.as_str().into() }
}

/// What a definition is compiled for.
pub(crate) struct Context<'c> {
    pub(crate) group: &'c Group,
    pub(crate) facts: Arc<GroupFacts>,
    pub(crate) stage: Arc<StageFacts>,
}

/// A version with the values of its variables, and what is bound to its API. Where the values make no backend that could
/// be called, its route is there all the same and says so, and the complaints tell the operator why.
pub(super) fn version<'v>(
    context: &Context<'_>,
    api: ApiId,
    number: u64,
    definition: &Definition,
    policies: &[Arc<LivePolicy>],
    value: impl Fn(&str) -> Option<&'v str>,
) -> Result<(Route, Option<Violations>), Violations> {
    let limits = policy::limits(&context.facts, api, context.stage.id, policies);
    let limits_see_form = limits.iter().flatten().any(LimitRule::looks_at_form);
    let (lists, pages) = (policy::Lists::of(policies), policy::Pages::of(policies));
    let signer = policy::Signer::of(policies);
    match definition.resolve(value) {
        Ok(resolved) => {
            let route = route(context, api, number, &resolved)?;
            Ok((Route { limits, limits_see_form, lists, pages, signer, ..route }, None))
        }
        Err(unresolved) => {
            let route = route(context, api, number, &definition.with_stand_ins())?;
            let backend = BackendPlan::Unresolved(self::unresolved(&unresolved));
            let alternatives = Box::default();
            let route =
                Route { limits, limits_see_form, lists, pages, signer, backend, alternatives, ..route };
            Ok((route, Some(unresolved)))
        }
    }
}

fn unresolved(complaints: &Violations) -> UnresolvedPlan {
    let missing = complaints.iter().find(|complaint| complaint.rule == Rule::Required);
    let reason = missing.map_or("the value of a variable does not fit", |missing| &missing.message);
    UnresolvedPlan { reason: reason.into() }
}

/// Compiles a definition, without any policies.
///
/// # Errors
/// What the data plane cannot do with it, with pointers into the definition.
pub(crate) fn route(
    context: &Context<'_>,
    api: ApiId,
    number: u64,
    definition: &Definition,
) -> Result<Route, Violations> {
    let request = &definition.request;
    let auth = auth(&definition.auth, context.group);
    let surroundings =
        Surroundings { credential_queries: auth.credential_queries(), ..Surroundings::from(context.group) };
    let parameters = Plan::compile(definition, surroundings)?;
    let alternatives = Alternative::of(definition, surroundings, context.group)?;
    Ok(Route {
        group: Arc::clone(&context.facts),
        stage: Arc::clone(&context.stage),
        api,
        api_name: definition.name.as_str().into(),
        version: number,
        protocols: Protocols::of(&request.protocols),
        intranet_only: request.intranet_only,
        cors: request.cors,
        pages: None,
        answers_options: request.method == MethodRule::Options,
        auth,
        lists: policy::Lists::default(),
        signer: None,
        limits: policy::limits(&context.facts, api, context.stage.id, &[]),
        limits_see_form: false,
        parameters,
        path_names: request.path.parameters().map(Into::into).collect(),
        backend: backend(&definition.backend, context.group)?,
        service: None,
        alternatives,
    })
}

fn auth(auth: &Authentication, group: &Group) -> Auth {
    match auth {
        Authentication::None => Auth::None,
        Authentication::App { app_code, signature_methods, nonce_required } => Auth::App {
            app_code: match app_code {
                AppCodeMode::Inherit => group.app_code,
                own => *own,
            },
            sha1: signature_methods.contains(&SignatureMethod::HmacSha1),
            nonce_required: *nonce_required,
        },
    }
}

/// Compiles a backend; complaints have pointers as if it were the default one.
pub(crate) fn backend(backend: &Backend, group: &Group) -> Result<BackendPlan, Violations> {
    match backend {
        Backend::Http(backend) => http(backend, group).map(BackendPlan::Http),
        Backend::Mock(mock) => self::mock(mock).map(BackendPlan::Mock),
        // What is deployed comes with the place of its service already in it.
        Backend::Service(backend) => {
            let message = format!("the backend service `{}` is nowhere in this stage", backend.service);
            Err(unusable("/backend/service", message))
        }
    }
}

fn http(backend: &HttpBackend, group: &Group) -> Result<HttpPlan, Violations> {
    let to = match &backend.to {
        Destination::Address { url } => To::Address(
            address(url)
                .ok_or_else(|| unusable("/backend/to/url", format!("`{url}` is not a backend address")))?,
        ),
        Destination::Access { access, scheme } => To::Access(*access, *scheme),
        Destination::NamedAccess { name, scheme } => To::NamedAccess(name.as_str().into(), *scheme),
        Destination::Channel { channel, scheme } => To::Channel(*channel, *scheme),
    };
    let host = backend.host.as_deref().map(HeaderValue::try_from).transpose();
    Ok(HttpPlan {
        to,
        timeout: Duration::from_millis(u64::from(backend.timeout_ms)),
        retries: backend.retries,
        protocol: backend.protocol,
        host: host.map_err(|error| unusable("/backend/host", error.to_string()))?,
        keep_client_host: group.passthrough_headers.iter().any(|name| name.eq_ignore_ascii_case("host")),
        verify_certificate: backend.verify_certificate,
    })
}

/// Reads `scheme://host[:port]`; the definition's own check has complained about anything else.
pub(crate) fn address(url: &str) -> Option<Address> {
    let (scheme, authority) = match url.split_once("://")? {
        ("http", authority) => (Scheme::Http, authority),
        ("https", authority) => (Scheme::Https, authority),
        _ => return None,
    };
    let authority = authority.strip_suffix('/').unwrap_or(authority);
    let default_port = default_port(scheme);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port.parse().ok()?),
        _ => (authority, default_port),
    };
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    Address::new(bare, port, scheme)
}

impl Address {
    /// A host name or an IP address without brackets, and a port. None: it cannot stand in a `Host` header.
    pub(crate) fn new(host: &str, port: u16, scheme: Scheme) -> Option<Self> {
        if host.is_empty() {
            return None;
        }
        let authority = authority_value(host, port, scheme)?;
        Some(Self { scheme, host: host.into(), literal: host.parse().ok(), port, authority })
    }
}

/// The port of a scheme.
const fn default_port(scheme: Scheme) -> u16 {
    match scheme {
        Scheme::Http => 80,
        Scheme::Https => 443,
    }
}

/// Host and port as the `Host` header says them.
fn authority_value(host: &str, port: u16, scheme: Scheme) -> Option<HeaderValue> {
    let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
    let text = if port == default_port(scheme) { host } else { format!("{host}:{port}") };
    HeaderValue::try_from(text).ok()
}

fn mock(mock: &MockBackend) -> Result<MockPlan, Violations> {
    let mut headers = Headers::new();
    for header in &mock.headers {
        let name = HeaderName::try_from(header.name.as_str());
        let value = HeaderValue::try_from(header.value.as_str());
        let (Ok(name), Ok(value)) = (name, value) else {
            return Err(unusable("/backend/headers", format!("`{}` is not a header", header.name)));
        };
        headers.append(name, value);
    }
    Ok(MockPlan {
        status: StatusCode::from_u16(mock.status)
            .map_err(|_| unusable("/backend/status", format!("{} is not a status", mock.status)))?,
        headers,
        body: mock.body.clone().into(),
    })
}

fn unusable(pointer: &str, message: String) -> Violations {
    Violations::one(pointer, Rule::Format, message)
}

/// The path of an API below the base path of its group.
pub(crate) fn full_path(base: &str, path: &PathPattern) -> Result<PathPattern, Violations> {
    let base = base.trim_end_matches('/');
    let text = format!("{base}{path}");
    text.parse().map_err(|complaint: paifang_model::violation::Complaint| {
        Violations::one("/request/path", complaint.rule, complaint.message)
    })
}

/// A table of one API.
pub(crate) fn single(path: PathPattern, request: &RequestDefinition, route: Arc<Route>) -> Table<Arc<Route>> {
    let path = Arc::new(path);
    let mut table = Table::builder();
    if table.add(&path, request.method, request.match_mode, route).is_err() {
        tracing::error!(%path, "an empty table refused a pattern");
    }
    table.build()
}

/// A group without settings of its own, for checks that no group's settings change.
pub(crate) fn nameless_group(dialect: Dialect) -> Group {
    Group {
        id: GroupId(Id::ROOT),
        account: AccountId(Id::ROOT),
        dialect,
        name: String::new(),
        description: String::new(),
        base_path: "/".to_owned(),
        subdomain: String::new(),
        subdomain_enabled: false,
        app_code: AppCodeMode::Disabled,
        passthrough_headers: Vec::new(),
        calls_per_second: None,
        tls: paifang_model::domain::GroupTls::default(),
        extra: serde_json::Map::new(),
    }
}
