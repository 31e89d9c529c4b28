//! `ServiceConfig`.

use paifang_model::definition::{
    Backend, ContentTypeRule, Destination, HttpBackend, MockBackend, Scheme, ServiceBackend,
};
use paifang_model::id::BackendServiceId;
use paifang_model::{BackendAccess, BackendService, Definition};
use serde_json::{Map, Value, json};

use crate::backend::type_of;
use crate::definition::kept;
use crate::definition::words::{BACKEND_METHODS, word};
use crate::vpc_access;

const NAME: &str = "ServiceConfig";

pub(super) fn write(definition: &Definition, access: Option<&BackendAccess>) -> Map<String, Value> {
    let mut out = match &definition.backend {
        Backend::Http(backend) => http(definition, backend, access),
        Backend::Mock(backend) => {
            let mut out = mock(backend);
            out.insert("Mock".to_owned(), json!("TRUE"));
            out
        }
        Backend::Service(backend) => called(backend),
    };
    kept::fill(&mut out, kept::members(&definition.extra, NAME));
    out.entry("ServiceVpcEnable").or_insert_with(|| json!("FALSE"));
    // Lists are wrapped in answers.
    if let Some(headers @ Value::Array(_)) = out.get_mut("MockHeaders") {
        *headers = json!({ "MockHeader": headers.take() });
    }
    out
}

/// The members of a fixed answer.
pub(crate) fn mock(mock: &MockBackend) -> Map<String, Value> {
    let headers = mock.headers.iter();
    let headers: Vec<Value> =
        headers.map(|header| json!({ "HeaderName": header.name, "HeaderValue": header.value })).collect();
    object(json!({
        "MockResult": mock.body,
        "MockStatusCode": mock.status,
        "MockHeaders": headers,
    }))
}

fn http(definition: &Definition, http: &HttpBackend, access: Option<&BackendAccess>) -> Map<String, Value> {
    let given = definition.extra.get(NAME).and_then(|kept| kept.get("ServiceProtocol")).cloned();
    let mut out = object(json!({
        "ServiceProtocol": given.unwrap_or_else(|| json!(protocol(&http.to))),
        "ServicePath": http.path,
        "ServiceHttpMethod": word(BACKEND_METHODS, &http.method),
        "ServiceTimeout": http.timeout_ms,
        "Mock": "FALSE",
    }));
    match &http.to {
        Destination::Address { url } => {
            out.insert("ServiceAddress".to_owned(), json!(url));
        }
        Destination::Access { .. } | Destination::NamedAccess { .. } => {
            out.insert("ServiceVpcEnable".to_owned(), json!("TRUE"));
            out.insert("VpcConfig".to_owned(), json!(vpc_access::config(&http.to, access)));
        }
        Destination::Channel { .. } => {}
    }
    content_type(&http.content_type, &mut out);
    out
}

/// How a backend service is called; where it is, the service says.
fn called(service: &ServiceBackend) -> Map<String, Value> {
    let mut out = object(json!({
        "ServicePath": service.path,
        "ServiceHttpMethod": word(BACKEND_METHODS, &service.method),
        "ServiceTimeout": service.timeout_ms,
        "Mock": "FALSE",
    }));
    content_type(&service.content_type, &mut out);
    out
}

/// `BackendConfig`.
pub(super) fn service(id: BackendServiceId, service: Option<&BackendService>) -> Value {
    let mut config = json!({ "BackendId": id });
    if let Some(service) = service {
        config["BackendName"] = json!(service.name);
        config["BackendType"] = json!(type_of(service.kind));
    }
    config
}

fn content_type(rule: &ContentTypeRule, out: &mut Map<String, Value>) {
    let category = match rule {
        ContentTypeRule::Client => "CLIENT",
        ContentTypeRule::Gateway => "DEFAULT",
        ContentTypeRule::Fixed { value } => {
            out.insert("ContentTypeValue".to_owned(), json!(value));
            "CUSTOM"
        }
    };
    out.insert("ContentTypeCatagory".to_owned(), json!(category));
}

fn protocol(to: &Destination) -> &'static str {
    match to {
        Destination::Address { url } if url.starts_with("https:") => "HTTPS",
        Destination::Channel { scheme: Scheme::Https, .. } => "HTTPS",
        Destination::Address { .. }
        | Destination::Access { .. }
        | Destination::NamedAccess { .. }
        | Destination::Channel { .. } => "HTTP",
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
