//! Settles, at release, all that an API's parameters need.

mod declared;
mod outputs;
mod path;

use paifang_model::definition::{
    Backend, BodyFormat, ContentTypeRule, Definition, HttpBackend, Location, MethodRule, Parameter,
    RequestMode,
};
use paifang_model::violation::{Rule, Violations};
use paifang_model::{Dialect, Group};
use paifang_wire::{HeaderName, HeaderValue, Method, header};

use super::conventions::Conventions;
use super::declared::{Declared, Place};
use super::map::{Body, Call, ContentType, HeaderPlan, Intake, Query};
use super::names::{Known, Names};
use super::plan::Plan;
use outputs::Outputs;

/// What a definition does not say about itself.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// How the group's outside looks.
    pub dialect: Dialect,
    /// The client's headers that go through although unknown ones are dropped. `host` and what belongs to the connection is left to
    /// whoever makes the connection.
    pub passthrough_headers: &'a [String],
    /// Headers beyond the dialect's own that are consumed by authentication; they go through in pass-through mode alone.
    pub credential_headers: &'a [HeaderName],
    /// Query keys that are consumed by authentication likewise.
    pub credential_queries: &'a [&'a str],
}

impl Surroundings<'static> {
    /// A group without settings of its own.
    #[must_use]
    pub fn of(dialect: Dialect) -> Self {
        Self { dialect, passthrough_headers: &[], credential_headers: &[], credential_queries: &[] }
    }
}

impl<'a> From<&'a Group> for Surroundings<'a> {
    fn from(group: &'a Group) -> Self {
        Self { passthrough_headers: &group.passthrough_headers, ..Surroundings::of(group.dialect) }
    }
}

/// What all parts of the compiler look at.
struct Compiler<'a> {
    definition: &'a Definition,
    surroundings: &'a Surroundings<'a>,
    conventions: &'static Conventions,
    mode: RequestMode,
    intake: Intake,
}

pub(super) fn compile(definition: &Definition, surroundings: &Surroundings<'_>) -> Result<Plan, Violations> {
    let conventions = Conventions::of(surroundings.dialect);
    let mode = conventions.mode.unwrap_or(definition.request.mode);
    let intake = intake(definition, mode);
    let compiler = Compiler { definition, surroundings, conventions, mode, intake };
    let mut violations = Violations::new();
    let declared = compiler.declared(&mut violations);
    let outputs = compiler.outputs(&declared, &mut violations);
    let call = match &definition.backend {
        Backend::Http(backend) => compiler.call(backend, &declared, &outputs, &mut violations),
        Backend::Mock(_) | Backend::Service(_) => None,
    };
    violations.or(())?;
    let query = compiler.names(&declared, &outputs, Location::Query);
    let fields = compiler.names(&declared, &outputs, Location::Body);
    Ok(Plan { declared, query, fields, intake, call })
}

/// How the body is read. A definition that does not say is understood by whether it has to do with fields at all.
fn intake(definition: &Definition, mode: RequestMode) -> Intake {
    let in_body = |location: &Location| *location == Location::Body;
    // A body is read before it is known which backend answers, so that any one of them counts.
    let policies = definition.backend_policies.iter();
    let outputs =
        policies.flat_map(|policy| &policy.backend_parameters).chain(&definition.backend_parameters);
    let has_fields = definition.parameters.iter().any(|parameter| in_body(&parameter.location))
        || outputs.map(|parameter| &parameter.location).any(in_body);
    match (mode, definition.request.body_format) {
        (RequestMode::Passthrough, _) => Intake::Stream,
        _ if definition.request.method == MethodRule::Multipart => Intake::Multipart,
        (_, Some(BodyFormat::Stream)) => Intake::Stream,
        (RequestMode::Mapping, Some(BodyFormat::Form)) => Intake::Form,
        (RequestMode::Mapping, None) if has_fields => Intake::Form,
        (RequestMode::Mapping, None) => Intake::StreamUnlessForm,
        (RequestMode::MappingPassthrough, _) if has_fields => Intake::FormIfForm,
        (RequestMode::MappingPassthrough, _) => Intake::Stream,
    }
}

impl Compiler<'_> {
    fn call(
        &self,
        backend: &HttpBackend,
        declared: &[Declared],
        outputs: &Outputs,
        violations: &mut Violations,
    ) -> Option<Call> {
        let path = self.path(backend, declared, outputs, violations)?;
        let passes_unknown = self.mode != RequestMode::Mapping;
        let query_outputs = outputs.queries();
        Some(Call {
            method: backend.method.as_str().and_then(|method| method.parse::<Method>().ok()),
            path,
            query: Query {
                passes_unknown,
                passes_some: passes_unknown || outputs.passing.iter().any(|passes| *passes),
                outputs: query_outputs,
                set: self.conventions.query,
            },
            headers: self.headers(declared, outputs),
            body: Body { passes_unknown, outputs: outputs.fields() },
            content_type: content_type(&backend.content_type, outputs, violations),
        })
    }

    fn headers(&self, declared: &[Declared], outputs: &Outputs) -> HeaderPlan {
        let passes_unknown = self.mode != RequestMode::Mapping;
        let names =
            if passes_unknown { self.withheld(declared, outputs) } else { self.kept(declared, outputs) };
        let consumes = self.mode == RequestMode::MappingPassthrough;
        HeaderPlan {
            passes_unknown,
            names: names.into_boxed_slice(),
            outputs: outputs.headers.clone().into_boxed_slice(),
            user_agent: self.conventions.user_agent.filter(|_| !passes_unknown),
            consumed_scheme: self.conventions.consumed_scheme.filter(|_| consumes),
        }
    }

    /// The client's headers that go through where unknown ones do not.
    fn kept(&self, declared: &[Declared], outputs: &Outputs) -> Vec<HeaderName> {
        let named = self.surroundings.passthrough_headers.iter();
        let named = named.filter_map(|name| HeaderName::from_bytes(name.as_bytes()).ok());
        let mut names: Vec<HeaderName> = named.filter(|name| !outputs::is_of_the_connection(name)).collect();
        names.extend(
            header_names(declared).filter(|(index, _)| outputs.passing[*index]).map(|(_, name)| name),
        );
        names.retain(|name| *name != header::HOST && !outputs.owned_headers.contains(name));
        tidy(names)
    }

    /// The client's headers that do not go through where unknown ones do: what the gateway says in their place, what was declared and
    /// is not marked as passing, what authentication consumes.
    fn withheld(&self, declared: &[Declared], outputs: &Outputs) -> Vec<HeaderName> {
        let mut names = outputs.owned_headers.clone();
        names.extend(
            header_names(declared).filter(|(index, _)| !outputs.passing[*index]).map(|(_, name)| name),
        );
        if self.mode == RequestMode::MappingPassthrough {
            names.extend(self.conventions.consumed.iter().map(|name| HeaderName::from_static(name)));
            names.extend_from_slice(self.surroundings.credential_headers);
        }
        tidy(names)
    }

    /// The table by which query keys or fields are found: declared ones, and those that the gateway speaks for.
    fn names(&self, declared: &[Declared], outputs: &Outputs, location: Location) -> Names {
        let mut entries: Vec<(String, Known)> = Vec::new();
        for (index, parameter) in declared.iter().enumerate() {
            let here = match parameter.place {
                Place::Query => location == Location::Query,
                Place::Body => location == Location::Body,
                Place::Path(_) | Place::Header(_) | Place::Unread => false,
            };
            if here {
                let known = Known { declared: u16::try_from(index).ok(), passes: outputs.passing[index] };
                entries.push((parameter.name.to_string(), known));
            }
        }
        let withheld = Known::default();
        entries.extend(outputs.owned(location).map(|name| (name.to_owned(), withheld)));
        if location == Location::Query && self.mode != RequestMode::Passthrough {
            let consumed = self.surroundings.credential_queries.iter();
            entries.extend(consumed.map(|name| ((*name).to_owned(), withheld)));
        }
        Names::new(self.conventions.names, entries)
    }
}

fn header_names(declared: &[Declared]) -> impl Iterator<Item = (usize, HeaderName)> {
    declared.iter().enumerate().filter_map(|(index, parameter)| match &parameter.place {
        Place::Header(name) => Some((index, name.clone())),
        _ => None,
    })
}

fn tidy(mut names: Vec<HeaderName>) -> Vec<HeaderName> {
    names.sort_by(|one, other| one.as_str().cmp(other.as_str()));
    names.dedup();
    names
}

fn content_type(rule: &ContentTypeRule, outputs: &Outputs, violations: &mut Violations) -> ContentType {
    if outputs.owned_headers.contains(&header::CONTENT_TYPE) {
        return ContentType::Mapped;
    }
    match rule {
        ContentTypeRule::Client => ContentType::Client,
        ContentTypeRule::Gateway => ContentType::Gateway,
        ContentTypeRule::Fixed { value } => match HeaderValue::from_str(value) {
            Ok(value) => ContentType::Fixed(value),
            Err(_) => {
                let message = "a content type holds visible ASCII characters only";
                violations.add("/backend/content_type/value", Rule::Format, message);
                ContentType::Client
            }
        },
    }
}

/// Whether a parameter is read in a mode.
fn is_read(parameter: &Parameter, mode: RequestMode, intake: Intake) -> bool {
    match parameter.location {
        Location::Path => true,
        Location::Query | Location::Header => mode != RequestMode::Passthrough,
        Location::Body => !matches!(intake, Intake::Stream | Intake::StreamUnlessForm),
    }
}
