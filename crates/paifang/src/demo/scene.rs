//! What the demo publishes: in each dialect a group with three APIs before the same service.

use paifang_model::definition::{
    AppCodeMode, Authentication, Backend, BackendParameter, Destination, HttpBackend, Location, MethodRule,
    Origin, Parameter, ParameterType, RequestDefinition, RequestMode, ResponseDefinition, Visibility,
};
use paifang_model::definition::{MatchMode, Protocol};
use paifang_model::id::BackendAccessId;
use paifang_model::path::PathPattern;
use paifang_model::{Definition, Dialect};

/// The name of the demo's group in a dialect.
pub(super) fn group_name(dialect: Dialect) -> String {
    format!("demo_{dialect}")
}

/// The host that is bound to it: a host leads to one group, and these two reach the same machine.
pub(super) const fn host(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Alibaba => "localhost",
        Dialect::Huawei => "127.0.0.1",
    }
}

/// What an app code is good for: one dialect takes it over TLS only.
pub(super) const fn app_code(dialect: Dialect) -> AppCodeMode {
    match dialect {
        Dialect::Alibaba => AppCodeMode::Header,
        Dialect::Huawei => AppCodeMode::Disabled,
    }
}

/// The APIs of a group.
pub(super) fn apis(dialect: Dialect, access: BackendAccessId) -> [Definition; 3] {
    let backend = |path: &str| HttpBackend { path: path.to_owned(), ..at(access) };
    let list = definition("list_pets", MethodRule::Get, "/pets", backend("/pets"));
    let (open, close) = dialect.rules().path_brackets;
    let path = format!("/pets/{open}id{close}");
    let read = Definition {
        auth: app(dialect),
        parameters: vec![Parameter { kind: ParameterType::Int, ..Parameter::new("id", Location::Path) }],
        backend_parameters: vec![BackendParameter {
            name: "id".to_owned(),
            location: Location::Path,
            origin: Origin::Parameter { name: "id".to_owned() },
            description: String::new(),
        }],
        ..definition("read_pet", MethodRule::Get, &path, backend(&path))
    };
    let mut echo = definition("echo_request", MethodRule::Any, "/echo", backend("/echo"));
    echo.auth = app(dialect);
    echo.request.mode = passed_on(dialect);
    [list, read, echo]
}

fn app(dialect: Dialect) -> Authentication {
    match Authentication::app() {
        Authentication::App { signature_methods, nonce_required, .. } => {
            Authentication::App { app_code: app_code(dialect), signature_methods, nonce_required }
        }
        Authentication::None => Authentication::None,
    }
}

/// One dialect knows a single mode.
const fn passed_on(dialect: Dialect) -> RequestMode {
    match dialect {
        Dialect::Alibaba => RequestMode::Passthrough,
        Dialect::Huawei => RequestMode::MappingPassthrough,
    }
}

fn at(access: BackendAccessId) -> HttpBackend {
    HttpBackend { to: Destination::Access { access, scheme: None }, ..HttpBackend::at("http://127.0.0.1") }
}

/// An API that asks nobody who calls.
fn definition(name: &str, method: MethodRule, path: &str, backend: HttpBackend) -> Definition {
    Definition {
        name: name.to_owned(),
        description: "Made by `paifang serve --demo`.".to_owned(),
        visibility: Visibility::Private,
        request: RequestDefinition {
            protocols: vec![Protocol::Http, Protocol::Https],
            method,
            path: pattern(path),
            match_mode: MatchMode::Exact,
            mode: RequestMode::Mapping,
            body_format: None,
            cors: false,
            intranet_only: false,
        },
        auth: Authentication::None,
        parameters: Vec::new(),
        backend: Backend::Http(backend),
        backend_parameters: Vec::new(),
        backend_policies: Vec::new(),
        response: ResponseDefinition::default(),
        tags: Vec::new(),
        extra: serde_json::Map::new(),
    }
}

#[expect(clippy::expect_used, reason = "the demo's paths are written above")]
fn pattern(path: &str) -> PathPattern {
    path.parse().expect("the demo's paths are well formed")
}
