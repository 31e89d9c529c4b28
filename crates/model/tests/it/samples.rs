//! One of each noun, with ids that are easy to tell apart.

use paifang_model::definition::{
    Authentication, Backend, BackendParameter, Definition, HttpBackend, Location, MatchMode, MethodRule,
    Origin, Parameter, Protocol, RequestDefinition, RequestMode, ResponseDefinition, Visibility,
};
use paifang_model::{Complaint, Dialect, Id, Rule, Violations};

/// The id of thirty-two equal digits, two by two.
pub(crate) const fn id(byte: u8) -> Id {
    Id::from_bytes([byte; 16])
}

/// An API that both dialects accept: a GET before an HTTP service.
pub(crate) fn definition() -> Definition {
    Definition {
        name: "get_pet".to_owned(),
        description: String::new(),
        visibility: Visibility::Private,
        request: RequestDefinition {
            protocols: vec![Protocol::Http, Protocol::Https],
            method: MethodRule::Get,
            path: "/pets/{id}".parse().unwrap(),
            match_mode: MatchMode::Exact,
            mode: RequestMode::Mapping,
            body_format: None,
            cors: false,
            intranet_only: false,
        },
        auth: Authentication::None,
        parameters: vec![Parameter::new("id", Location::Path)],
        backend: Backend::Http(HttpBackend {
            path: "/animals/{animal}".to_owned(),
            ..HttpBackend::at("http://backend.example.com:8080")
        }),
        backend_parameters: vec![mapped("id", Location::Path, "animal")],
        backend_policies: Vec::new(),
        response: ResponseDefinition::default(),
        tags: Vec::new(),
        extra: serde_json::Map::new(),
    }
}

/// A request parameter's way to the backend.
pub(crate) fn mapped(from: &str, location: Location, name: &str) -> BackendParameter {
    BackendParameter {
        name: name.to_owned(),
        location,
        origin: Origin::Parameter { name: from.to_owned() },
        description: String::new(),
    }
}

/// The complaints about the sample after a change, one a line.
pub(crate) fn complaints(dialect: Dialect, change: impl FnOnce(&mut Definition)) -> String {
    let mut definition = definition();
    change(&mut definition);
    told(definition.check(dialect))
}

/// Every complaint as `pointer (rule): message`, one a line.
pub(crate) fn told(checked: Result<(), Violations>) -> String {
    let violations = match checked {
        Ok(()) => return "fine".to_owned(),
        Err(violations) => violations.into_vec(),
    };
    let line = |violation: &paifang_model::Violation| {
        format!("{} ({}): {}", violation.pointer, named(violation.rule), violation.message)
    };
    violations.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What a single check says.
pub(crate) fn said<T>(checked: Result<T, Complaint>) -> String {
    match checked {
        Ok(_) => "fine".to_owned(),
        Err(complaint) => format!("{}: {}", named(complaint.rule), complaint.message),
    }
}

fn named(rule: Rule) -> String {
    serde_json::to_value(rule).unwrap().as_str().unwrap().to_owned()
}
