//! From a definition to the members that the interface shows of it.

use paifang_model::Definition;
use paifang_model::definition::{AppCodeMode, Authentication, Protocol, RequestDefinition};
use serde_json::{Map, Value, json};

use super::words::{AUTH_TYPES, AuthType, MATCH_MODES, METHODS, VISIBILITIES, word};
use super::{backend, keep, parameter, policy};
use crate::answer::members;

/// The members that the interface shows of a definition: what is typed, and what was kept as given.
pub(crate) fn write(definition: &Definition) -> Map<String, Value> {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let parameters: Vec<_> = definition.parameters.iter().filter_map(parameter::write_request).collect();
    let backend_parameters: Vec<_> =
        definition.backend_parameters.iter().filter_map(parameter::write_backend).collect();
    let mut all = members(json!({
        "name": definition.name,
        "type": word(VISIBILITIES, definition.visibility),
        "remark": text(&definition.description),
        "result_normal_sample": text(&definition.response.sample),
        "result_failure_sample": text(&definition.response.failure_sample),
        "tags": (!definition.tags.is_empty()).then_some(&definition.tags),
        "req_params": parameters,
        "backend_params": backend_parameters,
    }));
    all.extend(request(&definition.request));
    all.extend(auth(&definition.auth));
    all.extend(backend::write(&definition.backend));
    all.extend(policy::write(&definition.backend, &definition.backend_policies, &definition.parameters));
    keep::restore(&mut all, &definition.extra);
    all
}

fn request(request: &RequestDefinition) -> Map<String, Value> {
    let spoken = |protocol| request.protocols.contains(&protocol);
    let protocol = match (spoken(Protocol::Http), spoken(Protocol::Https)) {
        (true, true) => "BOTH",
        (true, false) => "HTTP",
        (false, _) => "HTTPS",
    };
    members(json!({
        "req_protocol": protocol,
        "req_method": word(METHODS, request.method).unwrap_or("ANY"),
        "req_uri": request.path.as_str(),
        "match_mode": word(MATCH_MODES, request.match_mode),
        "cors": request.cors,
    }))
}

fn auth(auth: &Authentication) -> Map<String, Value> {
    let (kind, app_code) = match auth {
        Authentication::None => (AuthType::Nobody, None),
        Authentication::App { app_code: AppCodeMode::Inherit | AppCodeMode::Disabled, .. } => {
            (AuthType::App, Some("DISABLE"))
        }
        Authentication::App { app_code: AppCodeMode::Header | AppCodeMode::HeaderOrQuery, .. } => {
            (AuthType::App, Some("HEADER"))
        }
    };
    let options = app_code.map(|app_code| json!({ "app_code_auth_type": app_code }));
    members(json!({ "auth_type": word(AUTH_TYPES, Some(kind)), "auth_opt": options }))
}
