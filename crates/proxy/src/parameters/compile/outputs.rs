//! Backend parameters: what each is made from, and under which names the gateway speaks.

use paifang_model::definition::{BackendParameter, Location, Origin, ParameterType, RequestMode};
use paifang_model::dialect::SystemValue;
use paifang_model::name::shown;
use paifang_model::violation::{Rule, Violations};
use paifang_wire::{HeaderName, HeaderValue};

use super::Compiler;
use crate::parameters::declared::{Declared, Place};
use crate::parameters::encode;
use crate::parameters::map::{FieldOutput, HeaderOutput, QueryOutput, Source};

/// Fields that belong to the connection; a parameter that set them could make one request look like two.
const OF_THE_CONNECTION: [&str; 10] = [
    "connection",
    "content-length",
    "expect",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "http2-settings",
];

pub(super) fn is_of_the_connection(name: &HeaderName) -> bool {
    OF_THE_CONNECTION.contains(&name.as_str())
}

/// What the gateway sends by itself.
#[derive(Debug, Default)]
pub(super) struct Outputs {
    pub(super) headers: Vec<HeaderOutput>,
    /// Headers whose values from the client are not believed.
    pub(super) owned_headers: Vec<HeaderName>,
    /// Other values, with their place and name.
    others: Vec<(Location, String, Source)>,
    /// By declared parameter: whether the client's own values go through because it is marked so and nothing maps it.
    pub(super) passing: Vec<bool>,
    set: Option<&'static percent_encoding::AsciiSet>,
}

impl Compiler<'_> {
    pub(super) fn outputs(&self, declared: &[Declared], violations: &mut Violations) -> Outputs {
        let mut outputs = Outputs { set: Some(self.conventions.query), ..Outputs::default() };
        let mut mapped = vec![false; declared.len()];
        for (index, parameter) in self.definition.backend_parameters.iter().enumerate() {
            let mut inner = Violations::new();
            if let Some(source) = self.source(parameter, declared, &mut inner) {
                if let Source::Declared(index) = source {
                    mapped[usize::from(index)] = true;
                }
                outputs.add(parameter, source, &mut inner);
            }
            violations.nest(&format!("/backend_parameters/{index}"), inner);
        }
        self.pass_marked(declared, &mapped, &mut outputs);
        outputs
    }

    /// None where the mode leaves the parameter's origin unread, or there is a complaint.
    fn source(
        &self,
        parameter: &BackendParameter,
        declared: &[Declared],
        violations: &mut Violations,
    ) -> Option<Source> {
        match &parameter.origin {
            Origin::Constant { value } => Some(Source::Constant(value.as_str().into())),
            Origin::System { name } => match SystemValue::parse(self.surroundings.dialect, name) {
                Some(fact) => Some(Source::System(fact)),
                None => {
                    let message = format!("`{}` is not a system parameter", shown(name));
                    violations.add("/origin/name", Rule::Unknown, message);
                    None
                }
            },
            Origin::Parameter { name } => {
                let Some(index) = declared.iter().position(|there| *there.name == **name) else {
                    let message = format!("`{}` is not among the request parameters", shown(name));
                    violations.add("/origin/name", Rule::Unknown, message);
                    return None;
                };
                let there = &declared[index];
                if there.kind == ParameterType::File && parameter.location != Location::Body {
                    violations.add("/location", Rule::Conflict, "a file goes to a body parameter only");
                }
                let is_read = !matches!(there.place, Place::Unread);
                u16::try_from(index).ok().filter(|_| is_read).map(Source::Declared)
            }
        }
    }

    /// Parameters that pass by themselves need the gateway only where a default stands in.
    fn pass_marked(&self, declared: &[Declared], mapped: &[bool], outputs: &mut Outputs) {
        let marked = self.definition.parameters.iter().map(|parameter| parameter.pass_through);
        let passes = |((marked, mapped), parameter): ((bool, &bool), &Declared)| {
            marked && !mapped && !self.speaks_for(parameter, outputs)
        };
        outputs.passing = marked.zip(mapped).zip(declared).map(passes).collect();
        if self.mode == RequestMode::Passthrough {
            return;
        }
        for (index, parameter) in (0_u16..).zip(declared) {
            if !outputs.passing[usize::from(index)] || parameter.default.is_none() {
                continue;
            }
            let source = Source::DefaultOf(index);
            match &parameter.place {
                Place::Header(name) => outputs.headers.push(HeaderOutput::Drawn(name.clone(), source)),
                Place::Query => outputs.others.push((Location::Query, parameter.name.to_string(), source)),
                Place::Body => outputs.others.push((Location::Body, parameter.name.to_string(), source)),
                Place::Path(_) | Place::Unread => {}
            }
        }
    }
}

impl Compiler<'_> {
    /// Whether the gateway sends something of its own under a parameter's name.
    fn speaks_for(&self, parameter: &Declared, outputs: &Outputs) -> bool {
        let owns =
            |location| outputs.owned(location).any(|name| self.conventions.names.same(name, &parameter.name));
        match &parameter.place {
            Place::Header(name) => outputs.owned_headers.contains(name),
            Place::Query => owns(Location::Query),
            Place::Body => owns(Location::Body),
            Place::Path(_) | Place::Unread => false,
        }
    }
}

impl Outputs {
    fn add(&mut self, parameter: &BackendParameter, source: Source, violations: &mut Violations) {
        if parameter.location != Location::Header {
            self.others.push((parameter.location, parameter.name.clone(), source));
            return;
        }
        let name = match HeaderName::from_bytes(parameter.name.as_bytes()) {
            Ok(name) if is_of_the_connection(&name) => {
                let message = format!("`{name}` belongs to the connection, not to the API");
                return violations.add("/name", Rule::Unsupported, message);
            }
            Ok(name) => name,
            Err(_) => {
                return violations.add("/name", Rule::Format, "it is not a header name (RFC 9110 §5.1)");
            }
        };
        if self.owned_headers.contains(&name) {
            return violations.add("/name", Rule::Duplicate, format!("the header `{name}` is there twice"));
        }
        self.owned_headers.push(name.clone());
        let output = match source {
            Source::Constant(text) => match HeaderValue::from_bytes(text.as_bytes()) {
                Ok(value) => HeaderOutput::Fixed(name, value),
                Err(_) => {
                    let message = "a header value holds no control characters";
                    return violations.add("/origin/value", Rule::Format, message);
                }
            },
            source => HeaderOutput::Drawn(name, source),
        };
        self.headers.push(output);
    }

    /// Names at a place for which the gateway speaks, and nobody else.
    pub(super) fn owned(&self, location: Location) -> impl Iterator<Item = &str> {
        self.at(location).filter(|(_, source)| !matches!(source, Source::DefaultOf(_))).map(|(name, _)| name)
    }

    pub(super) fn at(&self, location: Location) -> impl Iterator<Item = (&str, &Source)> {
        let here = self.others.iter().filter(move |(there, _, _)| *there == location);
        here.map(|(_, name, source)| (name.as_str(), source))
    }

    pub(super) fn queries(&self) -> Box<[QueryOutput]> {
        let output = |(name, source): (&str, &Source)| {
            let mut encoded = String::with_capacity(name.len() + 1);
            encode::push(&mut encoded, name, self.set.unwrap_or(encode::ALL_BUT_UNRESERVED));
            encoded.push('=');
            QueryOutput { name: encoded.into(), source: source.clone() }
        };
        self.at(Location::Query).map(output).collect()
    }

    pub(super) fn fields(&self) -> Box<[FieldOutput]> {
        let output =
            |(name, source): (&str, &Source)| FieldOutput { name: name.into(), source: source.clone() };
        self.at(Location::Body).map(output).collect()
    }
}
