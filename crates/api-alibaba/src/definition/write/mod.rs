//! A definition as `DescribeApi` and its kin show it.

mod backend;
mod parameters;

pub(crate) use backend::mock as mock_members;

use paifang_model::definition::{Authentication, Protocol, RequestDefinition, SignatureMethod};
use paifang_model::{BackendAccess, BackendService, Definition};
use serde_json::{Map, Value, json};

use super::kept;
use super::words::{APP_CODE_MODES, BODY_FORMATS, METHODS, MODES, PROTOCOLS, VISIBILITIES, word};

/// What a definition names and an answer shows, as far as it is there.
#[derive(Default)]
pub(crate) struct Needs {
    pub(crate) access: Option<BackendAccess>,
    pub(crate) service: Option<BackendService>,
}

/// The members that a definition gives an answer.
pub(crate) fn write(definition: &Definition, needs: &Needs) -> Map<String, Value> {
    let Definition { name, description, visibility, request, response, extra, .. } = definition;
    let mut out = Map::new();
    let mut put = |name: &str, value: Value| {
        out.insert(name.to_owned(), value);
    };
    put("ApiName", json!(name));
    put("Description", json!(description));
    put("Visibility", json!(word(VISIBILITIES, visibility)));
    put("DisableInternet", json!(request.intranet_only));
    put("WebSocketApiType", json!("COMMON"));
    put("RequestConfig", Value::Object(config(request, extra)));
    put("ServiceConfig", Value::Object(backend::write(definition, needs.access.as_ref())));
    put("ResultType", json!(response.content_type));
    put("ResultSample", json!(response.sample));
    put("FailResultSample", json!(response.failure_sample));
    put("ResultBodyModel", extra.get("ResultBodyModel").cloned().unwrap_or_else(|| json!("")));
    let list = |name: &str| extra.get(name).cloned().unwrap_or_else(|| json!([]));
    put("ErrorCodeSamples", json!({ "ErrorCodeSample": list("ErrorCodeSamples") }));
    put("ResultDescriptions", json!({ "ResultDescription": list("ResultDescriptions") }));
    if let Some(config) = extra.get("OpenIdConnectConfig") {
        put("OpenIdConnectConfig", config.clone());
    }
    put("BackendEnable", json!(definition.service().is_some()));
    if let Some(service) = definition.service() {
        put("BackendConfig", backend::service(service, needs.service.as_ref()));
    }
    out.extend(auth(definition));
    out.extend(parameters::write(definition));
    out
}

fn config(request: &RequestDefinition, extra: &Map<String, Value>) -> Map<String, Value> {
    let protocols: Vec<&str> =
        request.protocols.iter().filter_map(|protocol: &Protocol| word(PROTOCOLS, protocol)).collect();
    let mut out = Map::from_iter([
        ("RequestProtocol".to_owned(), json!(protocols.join(","))),
        // Of what this interface has no word for, a multipart POST is one.
        ("RequestHttpMethod".to_owned(), json!(word(METHODS, &request.method).unwrap_or("POST"))),
        ("RequestPath".to_owned(), json!(request.path)),
        ("RequestMode".to_owned(), json!(word(MODES, &request.mode))),
    ]);
    if let Some(format) = &request.body_format {
        out.insert("BodyFormat".to_owned(), json!(word(BODY_FORMATS, format)));
    }
    kept::fill(&mut out, kept::members(extra, "RequestConfig"));
    out
}

fn auth(definition: &Definition) -> [(String, Value); 4] {
    let extra = |name: &str| definition.extra.get(name).cloned();
    let named = |name: &str, value| (name.to_owned(), value);
    match &definition.auth {
        Authentication::None => [
            named("AuthType", json!("ANONYMOUS")),
            named("AppCodeAuthType", extra("AppCodeAuthType").unwrap_or_else(|| json!("DEFAULT"))),
            named(
                "AllowSignatureMethod",
                extra("AllowSignatureMethod").unwrap_or_else(|| json!("HmacSHA256")),
            ),
            named("ForceNonceCheck", extra("ForceNonceCheck").unwrap_or_else(|| json!(false))),
        ],
        Authentication::App { app_code, signature_methods, nonce_required } => {
            let older = signature_methods.contains(&SignatureMethod::HmacSha1);
            [
                named("AuthType", json!("APP")),
                named("AppCodeAuthType", json!(word(APP_CODE_MODES, app_code))),
                named(
                    "AllowSignatureMethod",
                    json!(if older { "HmacSHA1,HmacSHA256" } else { "HmacSHA256" }),
                ),
                named("ForceNonceCheck", json!(nonce_required)),
            ]
        }
    }
}
