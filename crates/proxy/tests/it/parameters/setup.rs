//! Definitions in a few words, calls as text, and what the backend receives as text.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::borrow::Cow;
use std::fmt::Write;

use bytes::Bytes;
use paifang_model::definition::{
    Authentication, Backend, BackendParameter, Definition, HttpBackend, Location, MatchMode, MethodRule,
    Origin, Parameter, RequestDefinition, RequestMode,
};
use paifang_model::dialect::SystemValue;
use paifang_model::path::Segment;
use paifang_model::{Dialect, Violations};
use paifang_proxy::parameters::{BodyPlan, Input, Outgoing, ParameterError, Plan, Surroundings};
use paifang_wire::{Head, HeaderName, HeaderValue, Method, Target};

/// An API at `path` whose backend is at `/backend`.
pub(super) fn api(path: &str) -> Definition {
    let request = RequestDefinition {
        protocols: Vec::new(),
        method: MethodRule::Any,
        path: path.parse().unwrap(),
        match_mode: MatchMode::Exact,
        mode: RequestMode::Mapping,
        body_format: None,
        cors: false,
        intranet_only: false,
    };
    Definition {
        name: "api".to_owned(),
        description: String::new(),
        visibility: Default::default(),
        request,
        auth: Authentication::None,
        parameters: Vec::new(),
        backend: Backend::Http(HttpBackend { path: "/backend".to_owned(), ..HttpBackend::at("http://b") }),
        backend_parameters: Vec::new(),
        backend_policies: Vec::new(),
        response: Default::default(),
        tags: Vec::new(),
        extra: Default::default(),
    }
}

/// Changes to a definition that read from left to right.
pub(super) trait With: Sized {
    fn with(self, change: impl FnOnce(&mut Definition)) -> Self;

    fn mode(self, mode: RequestMode) -> Self {
        self.with(|api| api.request.mode = mode)
    }

    fn to(self, path: &str) -> Self {
        self.backend(|backend| backend.path = path.to_owned())
    }

    fn backend(self, change: impl FnOnce(&mut HttpBackend)) -> Self {
        self.with(|api| match &mut api.backend {
            Backend::Http(backend) => change(backend),
            Backend::Mock(_) | Backend::Service(_) => panic!("a mock"),
        })
    }

    fn takes(self, name: &str, location: Location) -> Self {
        self.takes_one(Parameter::new(name, location))
    }

    fn takes_one(self, parameter: Parameter) -> Self {
        self.with(|api| api.parameters.push(parameter))
    }

    /// Maps the parameter `from` to `name` at the backend.
    fn maps(self, from: &str, location: Location, name: &str) -> Self {
        self.sends(location, name, Origin::Parameter { name: from.to_owned() })
    }

    fn constant(self, location: Location, name: &str, value: &str) -> Self {
        self.sends(location, name, Origin::Constant { value: value.to_owned() })
    }

    fn system(self, location: Location, name: &str, fact: &str) -> Self {
        self.sends(location, name, Origin::System { name: fact.to_owned() })
    }

    fn sends(self, location: Location, name: &str, origin: Origin) -> Self {
        let name = name.to_owned();
        self.with(|api| {
            api.backend_parameters.push(BackendParameter {
                name,
                location,
                origin,
                description: String::new(),
            });
        })
    }

    fn plan(self, dialect: Dialect) -> Api;
}

impl With for Definition {
    fn with(mut self, change: impl FnOnce(&mut Definition)) -> Self {
        change(&mut self);
        self
    }

    fn plan(self, dialect: Dialect) -> Api {
        Api::new(&self, &Surroundings::of(dialect)).unwrap()
    }
}

/// A parameter with something more to it.
pub(super) fn parameter(name: &str, location: Location, change: impl FnOnce(&mut Parameter)) -> Parameter {
    let mut parameter = Parameter::new(name, location);
    change(&mut parameter);
    parameter
}

/// A compiled API that can be called.
pub(super) struct Api {
    path: paifang_model::path::PathPattern,
    prefix: bool,
    pub(super) plan: Plan,
}

impl Api {
    pub(super) fn new(definition: &Definition, surroundings: &Surroundings<'_>) -> Result<Self, Violations> {
        let plan = Plan::compile(definition, *surroundings)?;
        let prefix = definition.request.match_mode == MatchMode::Prefix;
        Ok(Self { path: definition.request.path.clone(), prefix, plan })
    }

    /// What the backend receives; a refusal as its sentence.
    pub(super) fn call(&self, request: &str) -> String {
        let (head, body) = parse(request);
        match self.send(&head, &body) {
            Ok(Some(outgoing)) => print(&outgoing, &head),
            Ok(None) => "(answered by the gateway)".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    pub(super) fn send(&self, head: &Head, body: &Bytes) -> Result<Option<Outgoing<'_>>, ParameterError> {
        let path = head.target.decoded_path().unwrap().into_owned();
        let (captures, suffix) = self.matched(&path).unwrap();
        let form = self.plan.body_need(&head.method, &head.headers)?.read(body.clone())?;
        let input = Input { head, captures: &captures, suffix, form: form.as_ref(), facts: &facts };
        self.plan.check_and_map(&input)
    }

    /// Captures and suffix as the router gives them.
    pub(super) fn matched<'p>(&self, path: &'p str) -> Option<(Vec<&'p str>, &'p str)> {
        let mut captures = Vec::new();
        let mut at = 0;
        let segments = self.path.segments();
        for segment in segments {
            let rest = path.get(at..)?.strip_prefix('/')?;
            let one = &rest[..rest.find('/').unwrap_or(rest.len())];
            at += 1;
            match segment {
                Segment::Literal(literal) if literal.is_empty() && self.prefix => {}
                Segment::Literal(literal) if literal != one => return None,
                Segment::Literal(_) => at += one.len(),
                Segment::Parameter(_) => {
                    captures.push(one);
                    at += one.len();
                }
                Segment::Rest(_) => {
                    captures.push(rest);
                    at = path.len();
                }
                Segment::Wildcard => return Some((captures, rest)),
            }
        }
        let suffix = &path[at..];
        let open = self.prefix && (suffix.is_empty() || suffix.starts_with('/') || path[..at].ends_with('/'));
        (suffix.is_empty() || open).then_some((captures, suffix))
    }
}

fn facts(value: SystemValue) -> Option<Cow<'static, str>> {
    Some(Cow::Borrowed(match value {
        SystemValue::ClientAddress => "192.0.2.7",
        SystemValue::Stage => "RELEASE",
        SystemValue::ApiName => "Straße 1",
        _ => return None,
    }))
}

/// Reads `METHOD target`, header lines, an empty line and the body; lines end with `\n`.
pub(super) fn parse(request: &str) -> (Head, Bytes) {
    let (head, body) = request.split_once("\n\n").unwrap_or((request, ""));
    let mut lines = head.lines();
    let (method, target) = lines.next().unwrap().split_once(' ').unwrap();
    let target: Target = target.parse().unwrap();
    let mut head = Head::new(method.parse::<Method>().unwrap(), target);
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        head.headers.append(name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value).unwrap());
    }
    (head, Bytes::copy_from_slice(body.as_bytes()))
}

/// What the backend receives, headers sorted, a boundary that was drawn as `BOUNDARY`.
pub(super) fn print(outgoing: &Outgoing<'_>, client: &Head) -> String {
    let mut text = format!("{} {}\n", outgoing.method, outgoing.target);
    let headers = outgoing.headers.apply(&client.headers);
    let mut lines: Vec<String> = headers
        .iter()
        .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))
        .collect();
    lines.sort();
    lines.iter().for_each(|line| writeln!(text, "{line}").unwrap());
    match &outgoing.body {
        BodyPlan::Keep => text.push_str("(the client's body)"),
        BodyPlan::Empty => text.push_str("(no body)"),
        BodyPlan::Replace(body) => {
            write!(text, "\n{}", String::from_utf8_lossy(body).replace('\r', "")).unwrap()
        }
    }
    match text.split_once("boundary=").and_then(|(_, rest)| rest.lines().next().map(str::to_owned)) {
        Some(boundary) if boundary.starts_with("paifang") => text.replace(&boundary, "BOUNDARY"),
        _ => text,
    }
}

/// A table of calls and what becomes of each.
pub(super) fn story(api: &Api, calls: &[&str]) -> String {
    calls.iter().map(|call| format!("=== {call}\n--- {}\n", api.call(call).trim_end())).collect()
}
