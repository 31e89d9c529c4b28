//! From `ApiCreate` to a definition. Everything is looked at; all complaints come at once.

use paifang_model::Definition;
use paifang_model::definition::Visibility;
use paifang_model::definition::{
    AppCodeMode, Authentication, Protocol, RequestDefinition, RequestMode, ResponseDefinition,
};
use paifang_model::path::PathPattern;
use serde_json::Map;

use super::words::{APP_CODES, AUTH_TYPES, AuthType, MATCH_MODES, METHODS, PROTOCOLS, VISIBILITIES};
use super::{backend, keep, parameter, policy, write};
use crate::ask::Fields;
use crate::fault::codes;

/// Members that would be promises this gateway cannot keep yet.
const NOT_OFFERED: &[(&str, &str)] = &[
    ("func_info", "functions are not offered as backends yet"),
    ("authorizer_id", "authorizers are not offered yet"),
    ("response_id", "gateway responses are not offered yet"),
];

/// Reads a definition.
pub(crate) fn read(body: &mut Fields<'_, '_>) -> Definition {
    for (name, why) in NOT_OFFERED {
        body.refuse(name, why);
    }
    let parameters = body.objects("req_params", parameter::read_request);
    let backend_parameters =
        body.objects("backend_params", |given| parameter::read_backend(given, &parameters));
    let mut definition = Definition {
        name: body.required("name").to_owned(),
        description: body.short_text("remark", 255).unwrap_or_default().to_owned(),
        visibility: visibility(body),
        request: request(body),
        auth: auth(body),
        parameters,
        backend: backend::read(body),
        backend_parameters,
        backend_policies: Vec::new(),
        response: response(body),
        tags: tags(body),
        extra: Map::new(),
    };
    definition.backend_policies = policy::read(body, &definition.backend, &definition.parameters);
    body.short_text("version", 16);
    keep::check(body);
    let extra = keep::rest(body.given(), &write(&definition));
    Definition { extra, ..definition }
}

fn visibility(body: &mut Fields<'_, '_>) -> Visibility {
    body.demand("type");
    let Some(number) = body.integer("type") else { return Visibility::Private };
    let found = VISIBILITIES.iter().find(|(known, _)| *known == number);
    if found.is_none() {
        body.complain(codes::INVALID_VALUE, "type", format!("it is {number}, but 1 and 2 are allowed"));
    }
    found.map_or(Visibility::Private, |(_, visibility)| *visibility)
}

fn request(body: &mut Fields<'_, '_>) -> RequestDefinition {
    let method = body.required_word("req_method", METHODS, METHODS[0].1);
    RequestDefinition {
        protocols: body.offered("req_protocol", PROTOCOLS).unwrap_or(&[Protocol::Https]).to_vec(),
        method,
        path: path(body),
        match_mode: body.word("match_mode", MATCH_MODES).unwrap_or_default(),
        mode: RequestMode::MappingPassthrough,
        body_format: None,
        cors: body.flag("cors").unwrap_or_default(),
        intranet_only: false,
    }
}

/// A path that is not one is complained about, and `/` stands in so that the rest can be looked at.
fn path(body: &mut Fields<'_, '_>) -> PathPattern {
    let text = body.required("req_uri");
    match text.parse::<PathPattern>() {
        Ok(path) if !text.contains(['[', ']']) => return path,
        Ok(_) => body.complain(codes::INVALID_VALUE, "req_uri", "parameters stand in braces: `{name}`"),
        Err(_) if text.is_empty() => {}
        Err(complaint) => body.complain(codes::INVALID_VALUE, "req_uri", complaint.message),
    }
    root()
}

/// `/`, which is always a path.
fn root() -> PathPattern {
    match "/".parse() {
        Ok(root) => root,
        Err(complaint) => unreachable!("`/` is a path: {complaint}"),
    }
}

fn auth(body: &mut Fields<'_, '_>) -> Authentication {
    let app_code = body.object("auth_opt", |auth| auth.word("app_code_auth_type", APP_CODES)).flatten();
    match body.offered("auth_type", AUTH_TYPES) {
        None | Some(AuthType::Nobody) => Authentication::None,
        Some(AuthType::App) => match Authentication::app() {
            Authentication::App { signature_methods, nonce_required, .. } => Authentication::App {
                app_code: app_code.unwrap_or(AppCodeMode::Disabled),
                signature_methods,
                nonce_required,
            },
            other @ Authentication::None => other,
        },
    }
}

fn response(body: &mut Fields<'_, '_>) -> ResponseDefinition {
    ResponseDefinition {
        sample: body.text("result_normal_sample").unwrap_or_default().to_owned(),
        failure_sample: body.text("result_failure_sample").unwrap_or_default().to_owned(),
        ..ResponseDefinition::default()
    }
}

fn tags(body: &mut Fields<'_, '_>) -> Vec<String> {
    let tags = body.texts("tags");
    if tags.len() > 10 {
        body.complain(codes::TOO_MANY_TAGS, "tags", format!("{} are too many: 10 are allowed", tags.len()));
    }
    tags
}
