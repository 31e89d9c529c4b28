//! The backend and its parameters: an address that can be called, parameters whose origin exists.

use std::collections::HashSet;

use super::variables;
use crate::address::check_authority;
use crate::definition::{
    Backend, BackendParameter, ContentTypeRule, Definition, Destination, HttpBackend, Location, MockBackend,
    Origin, RequestMode, Retries,
};
use crate::dialect::{Dialect, SystemValue};
use crate::name::{check_length, shown};
use crate::path::PathPattern;
use crate::violation::{Complaint, Rule, Violations};

/// The longest timeout, in milliseconds; a profile may set less.
pub(crate) const TIMEOUT_AT_MOST_MS: u32 = 600_000;

const MOCK_BODY_AT_MOST: usize = 64 * 1024;

pub(super) fn check(definition: &Definition, dialect: Dialect, violations: &mut Violations) {
    match &definition.backend {
        Backend::Http(backend) => check_http(definition, backend, dialect, violations),
        Backend::Mock(mock) => violations.nest("/backend", mock.check()),
        Backend::Service(backend) if dialect.rules().backend_services => {
            check_http(definition, &backend.at_stand_in(), dialect, violations);
        }
        Backend::Service(_) => {
            let message = format!("APIs of {dialect} have no backend services");
            violations.add("/backend/kind", Rule::Conflict, message);
        }
    }
    let mut seen = HashSet::new();
    for (index, parameter) in definition.backend_parameters.iter().enumerate() {
        let mut inner = Violations::new();
        let name = match parameter.location {
            Location::Header => parameter.name.to_ascii_lowercase(),
            _ => parameter.name.clone(),
        };
        if !seen.insert((parameter.location, name)) {
            inner.add("/name", Rule::Duplicate, format!("`{}` is there twice", shown(&parameter.name)));
        }
        check_parameter(definition, parameter, dialect, &mut inner);
        violations.nest(&format!("/backend_parameters/{index}"), inner);
    }
}

fn check_http(definition: &Definition, backend: &HttpBackend, dialect: Dialect, violations: &mut Violations) {
    match &backend.to {
        Destination::Address { url } => {
            violations.at("/backend/to/url", variables::check_url(url, dialect));
        }
        Destination::NamedAccess { name, .. } => {
            violations.at("/backend/to/name", variables::check_access_name(name, dialect));
        }
        Destination::Access { .. } | Destination::Channel { .. } => {}
    }
    if !(1..=TIMEOUT_AT_MOST_MS).contains(&backend.timeout_ms) {
        let message =
            format!("{} ms is out of range: 1 to {TIMEOUT_AT_MOST_MS} are allowed", backend.timeout_ms);
        violations.add("/backend/timeout_ms", Rule::Range, message);
    }
    if let Some(host) = &backend.host {
        violations.at("/backend/host", check_authority(host));
    }
    if let ContentTypeRule::Fixed { value } = &backend.content_type {
        violations.at("/backend/content_type/value", check_header_value(value));
    }
    if let Retries::Fixed { times: 11.. } = backend.retries {
        violations.add("/backend/retries/times", Rule::Range, "at most 10 further attempts are allowed");
    }
    if let Some(pattern) = violations.at("/backend/path", variables::check_path(&backend.path, dialect)) {
        check_backend_path(definition, &pattern, violations);
    }
}

/// Every parameter of the backend path needs a backend parameter; in pass-through mode the request path's own will do.
fn check_backend_path(definition: &Definition, pattern: &PathPattern, violations: &mut Violations) {
    let mapped = |name: &str| {
        definition
            .backend_parameters
            .iter()
            .any(|there| there.location == Location::Path && there.name == name)
    };
    let passed = |name: &str| {
        definition.request.mode == RequestMode::Passthrough
            && definition.request.path.parameters().any(|there| there == name)
    };
    for name in pattern.parameters().filter(|name| !mapped(name) && !passed(name)) {
        let message =
            format!("the backend path names `{name}`, to which no path parameter of the backend belongs");
        violations.add("/backend/path", Rule::Unknown, message);
    }
}

impl MockBackend {
    /// All complaints, with pointers into the answer.
    pub(crate) fn check(&self) -> Violations {
        let mut violations = Violations::new();
        if !(200..=599).contains(&self.status) {
            let message =
                format!("{} is not a status that can be answered: 200 to 599 are allowed", self.status);
            violations.add("/status", Rule::Range, message);
        }
        if self.body.len() > MOCK_BODY_AT_MOST {
            let message = format!("{} bytes are too many: {MOCK_BODY_AT_MOST} are allowed", self.body.len());
            violations.add("/body", Rule::Range, message);
        }
        for (index, header) in self.headers.iter().enumerate() {
            let pointer = format!("/headers/{index}");
            violations.at(&format!("{pointer}/name"), crate::group::check_header_name(&header.name));
            violations.at(&format!("{pointer}/value"), check_header_value(&header.value));
        }
        violations
    }
}

fn check_header_value(value: &str) -> Result<(), Complaint> {
    if value.chars().any(|character| character.is_control() && character != '\t') {
        return Err(Complaint::format("a header value holds no control characters"));
    }
    Ok(())
}

fn check_parameter(
    definition: &Definition,
    parameter: &BackendParameter,
    dialect: Dialect,
    violations: &mut Violations,
) {
    if parameter.location == Location::Header {
        violations.at("/name", crate::group::check_header_name(&parameter.name));
    }
    violations.at("/name", (dialect.rules().backend_parameter_allowed)(parameter));
    match &parameter.origin {
        Origin::Parameter { name } => {
            if !definition.parameters.iter().any(|declared| declared.name == *name) {
                let message = format!("`{}` is not among the request parameters", shown(name));
                violations.add("/origin/name", Rule::Unknown, message);
            }
        }
        Origin::Constant { value } => {
            violations.at("/origin/value", check_length(value, 0, dialect.rules().texts.constant));
            if parameter.location == Location::Header {
                violations.at("/origin/value", check_header_value(value));
            }
        }
        Origin::System { name } => {
            if SystemValue::parse(dialect, name).is_none() {
                let message = format!("`{}` is not a system parameter", shown(name));
                violations.add("/origin/name", Rule::Unknown, message);
            }
        }
    }
}
