//! `ServiceConfig`. Which kind it is, is decided in this order: backend service,
//! mock, VPC, function, HTTP.

use paifang_model::Definition;
use paifang_model::definition::{
    Backend, BackendMethod, ContentTypeRule, Destination, HttpBackend, MockBackend, MockHeader,
    ServiceBackend,
};
use paifang_model::template;
use serde_json::{Map, Value};

use crate::call::Call;
use crate::definition::kept;
use crate::definition::words::{BACKEND_METHODS, meaning};
use crate::fault::Fault;
use crate::params::{Fields, document};
use crate::{backend, vpc_access};

const NAME: &str = "ServiceConfig";

pub(super) async fn read(
    call: &Call<'_>,
    before: Option<&Definition>,
    extra: &mut Map<String, Value>,
) -> Result<Backend, Fault> {
    let config = document(call.params, NAME)?.ok_or_else(|| Fault::missing(NAME))?;
    let mut config = Fields::of(NAME, config)?;
    let before = before.map(|before| &before.backend);
    let own = before.and_then(|before| match before {
        Backend::Http(http) => Some(http),
        Backend::Mock(_) | Backend::Service(_) => None,
    });
    let backend = if call.params.flag("BackendEnable")?.unwrap_or_default() {
        Backend::Service(service(call, before, &mut config).await?)
    } else if config.is_on("Mock") {
        Backend::Mock(mock(&mut config)?)
    } else if config.is_on("ServiceVpcEnable") {
        let to = access(call, &mut config).await?;
        Backend::Http(http(to, own, &mut config)?)
    } else {
        check_protocol(&config)?;
        let url = config.required("ServiceAddress")?;
        Backend::Http(http(Destination::Address { url }, own, &mut config)?)
    };
    kept::keep(extra, NAME, config.rest(kept::SERVICE));
    Ok(backend)
}

pub(crate) fn mock(config: &mut Fields) -> Result<MockBackend, Fault> {
    let mut headers = Vec::new();
    for mut header in Fields::each("MockHeaders", config.value("MockHeaders"))? {
        let value = header.given("HeaderValue")?.unwrap_or_default();
        headers.push(MockHeader { name: header.required("HeaderName")?, value });
    }
    Ok(MockBackend {
        status: config.number("MockStatusCode")?.unwrap_or(200),
        headers,
        body: config.given("MockResult")?.unwrap_or_default(),
    })
}

/// Kinds of backends that this gateway does not have.
fn check_protocol(config: &Fields) -> Result<(), Fault> {
    match config.peek("ServiceProtocol").unwrap_or_default() {
        "" | "HTTP" | "HTTPS" | "http" | "https" => Ok(()),
        kind @ ("FunctionCompute" | "OSS" | "EVENTBRIDGE") => {
            Err(Fault::unsupported("ServiceProtocol", kind, "such backends are not there yet"))
        }
        other => Err(Fault::invalid("ServiceProtocol", other, "HTTP and HTTPS are allowed")),
    }
}

async fn access(call: &Call<'_>, config: &mut Fields) -> Result<Destination, Fault> {
    let vpc = config.value("VpcConfig").ok_or_else(|| Fault::missing("VpcConfig"))?;
    let mut vpc = Fields::of("VpcConfig", vpc)?;
    if vpc.peek("Name").is_some_and(template::has_places) {
        return vpc_access::of_variable(&mut vpc);
    }
    let to = vpc_access::of_config(call, &mut vpc).await?;
    vpc.nothing_else("VpcConfig", "it is no member")?;
    Ok(to)
}

/// The service that `BackendId` names, called as the configuration says; where it is, the service says.
async fn service(
    call: &Call<'_>,
    before: Option<&Backend>,
    config: &mut Fields,
) -> Result<ServiceBackend, Fault> {
    let service = backend::named(call).await?.value.id;
    let to = Destination::Address { url: String::new() };
    let HttpBackend { path, method, timeout_ms, content_type, .. } = http(to, None, config)?;
    let kept = match before {
        Some(Backend::Service(before)) => before.clone(),
        _ => ServiceBackend::of(service),
    };
    Ok(ServiceBackend { service, path, method, timeout_ms, content_type, ..kept })
}

fn http(to: Destination, before: Option<&HttpBackend>, config: &mut Fields) -> Result<HttpBackend, Fault> {
    let mut http = before.cloned().unwrap_or_else(|| HttpBackend::at(""));
    forget_protocol(&to, config);
    config.value("ServiceVpcEnable");
    http.to = to;
    http.path = config.text("ServicePath")?.unwrap_or_else(|| "/".to_owned());
    http.method = match config.text("ServiceHttpMethod")? {
        Some(method) => meaning(BACKEND_METHODS, "ServiceHttpMethod", &method)?,
        None => BackendMethod::Any,
    };
    http.timeout_ms = config.number("ServiceTimeout")?.unwrap_or(10_000);
    http.content_type = content_type(config)?;
    Ok(http)
}

/// The protocol is that of the address; only one that differs is kept, to come back as it was given.
fn forget_protocol(to: &Destination, config: &mut Fields) {
    let plain = match to {
        Destination::Address { url } => url.starts_with("http:"),
        Destination::Access { .. } | Destination::NamedAccess { .. } | Destination::Channel { .. } => true,
    };
    let follows = if plain { "HTTP" } else { "HTTPS" };
    if config.peek("ServiceProtocol") == Some(follows) {
        config.value("ServiceProtocol");
    }
}

fn content_type(config: &mut Fields) -> Result<ContentTypeRule, Fault> {
    match config.text("ContentTypeCatagory")?.as_deref() {
        None | Some("CLIENT") => Ok(ContentTypeRule::Client),
        Some("DEFAULT") => Ok(ContentTypeRule::Gateway),
        Some("CUSTOM") => Ok(ContentTypeRule::Fixed { value: config.required("ContentTypeValue")? }),
        Some(other) => {
            Err(Fault::invalid("ContentTypeCatagory", other, "DEFAULT, CUSTOM and CLIENT are allowed"))
        }
    }
}
