//! Definitions in one line: `get("/pets/[id]").to(&backend).takes(...)`.

use paifang_model::Definition;
use paifang_model::definition::{
    AppCodeMode, Authentication, Backend, BackendMethod, BackendParameter, HttpBackend, Location, MethodRule,
    MockBackend, Origin, Parameter, Protocol, RequestDefinition, RequestMode, ResponseDefinition, Visibility,
};

use crate::backend::Backend as FakeBackend;

/// A definition in the making. Without a backend, the gateway answers `mock`.
#[derive(Debug, Clone)]
pub struct Api(pub Definition);

/// An API with the method GET.
pub fn get(path: &str) -> Api {
    api(MethodRule::Get, path)
}

/// An API with the method POST.
pub fn post(path: &str) -> Api {
    api(MethodRule::Post, path)
}

/// An API with any method.
pub fn any(path: &str) -> Api {
    api(MethodRule::Any, path)
}

/// An API that asks nobody who calls, in mapping mode.
pub fn api(method: MethodRule, path: &str) -> Api {
    Api(Definition {
        name: name(method, path),
        description: String::new(),
        visibility: Visibility::Private,
        request: RequestDefinition {
            protocols: vec![Protocol::Http, Protocol::Https],
            method,
            path: path.parse().unwrap(),
            match_mode: Default::default(),
            mode: RequestMode::Mapping,
            body_format: None,
            cors: false,
            intranet_only: false,
        },
        auth: Authentication::None,
        parameters: Vec::new(),
        backend: Backend::Mock(MockBackend { status: 200, headers: Vec::new(), body: "mock".to_owned() }),
        backend_parameters: Vec::new(),
        backend_policies: Vec::new(),
        response: ResponseDefinition::default(),
        tags: Vec::new(),
        extra: serde_json::Map::new(),
    })
}

/// A name made of method and path.
fn name(method: MethodRule, path: &str) -> String {
    let word = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    format!("{method:?}{}", path.chars().map(word).collect::<String>())
}

impl Api {
    /// With anything else changed.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Definition)) -> Self {
        change(&mut self.0);
        self
    }

    /// Answered by a fake backend at its root.
    #[must_use]
    pub fn to(self, backend: &FakeBackend) -> Self {
        self.to_url(&backend.url())
    }

    /// Answered by an HTTP service.
    #[must_use]
    pub fn to_url(self, url: &str) -> Self {
        let url = url.to_owned();
        self.with(|definition| definition.backend = Backend::Http(HttpBackend::at(url)))
    }

    /// At this path of the backend. Call it after [`Api::to`].
    #[must_use]
    pub fn at(self, path: &str) -> Self {
        let path = path.to_owned();
        self.http(|backend| backend.path = path)
    }

    /// With another method at the backend.
    #[must_use]
    pub fn calls_with(self, method: BackendMethod) -> Self {
        self.http(|backend| backend.method = method)
    }

    /// With the HTTP backend changed.
    #[must_use]
    pub fn http(self, change: impl FnOnce(&mut HttpBackend)) -> Self {
        self.with(|definition| match &mut definition.backend {
            Backend::Http(backend) => change(backend),
            Backend::Mock(_) | Backend::Service(_) => panic!("name the backend first"),
        })
    }

    /// Answered by the gateway.
    #[must_use]
    pub fn mock(self, status: u16, body: &str) -> Self {
        let body = body.to_owned();
        self.with(|definition| {
            definition.backend = Backend::Mock(MockBackend { status, headers: Vec::new(), body })
        })
    }

    /// In this request mode.
    #[must_use]
    pub fn mode(self, mode: RequestMode) -> Self {
        self.with(|definition| definition.request.mode = mode)
    }

    /// For apps that were granted it, by signature or by code in a header or the query.
    #[must_use]
    pub fn for_apps(self) -> Self {
        self.with(|definition| {
            definition.auth = Authentication::app();
            if let Authentication::App { app_code, .. } = &mut definition.auth {
                *app_code = AppCodeMode::HeaderOrQuery;
            }
        })
    }

    /// Takes a parameter.
    #[must_use]
    pub fn takes(self, parameter: Parameter) -> Self {
        self.with(|definition| definition.parameters.push(parameter))
    }

    /// Takes a parameter and hands it to the backend under another name or at another place.
    #[must_use]
    pub fn maps(self, parameter: Parameter, to: Location, name: &str) -> Self {
        let origin = Origin::Parameter { name: parameter.name.clone() };
        self.takes(parameter).gives(to, name, origin)
    }

    /// Hands a constant to the backend.
    #[must_use]
    pub fn constant(self, to: Location, name: &str, value: &str) -> Self {
        self.gives(to, name, Origin::Constant { value: value.to_owned() })
    }

    /// Hands a fact about the call to the backend.
    #[must_use]
    pub fn system(self, to: Location, name: &str, fact: &str) -> Self {
        self.gives(to, name, Origin::System { name: fact.to_owned() })
    }

    fn gives(self, location: Location, name: &str, origin: Origin) -> Self {
        let parameter =
            BackendParameter { name: name.to_owned(), location, origin, description: String::new() };
        self.with(|definition| definition.backend_parameters.push(parameter))
    }
}
