//! Complaints about definitions: what the interface calls the place, and which codes are its own.

use paifang_model::{Rule, Violation};

use crate::fault::{Code, Tongue, codes};

pub(crate) static TONGUE: Tongue = Tongue { parameter, code };

/// Our places, and the interface's; longer ones first where one begins with another.
const PLACES: &[(&str, &str)] = &[
    ("/name", "name"),
    ("/description", "remark"),
    ("/request/path", "req_uri"),
    ("/request/method", "req_method"),
    ("/request/match_mode", "match_mode"),
    ("/request/protocols", "req_protocol"),
    ("/auth", "auth_type"),
    ("/backend/to/url", "backend_api.url_domain"),
    ("/backend/to/channel", "backend_api.vpc_channel_info.vpc_channel_id"),
    ("/backend/path", "backend_api.req_uri"),
    ("/backend/timeout_ms", "backend_api.timeout"),
    ("/backend/retries", "backend_api.retry_count"),
    ("/backend/host", "backend_api.vpc_channel_info.vpc_channel_proxy_host"),
    ("/backend/content_type", "content_type"),
    ("/backend/status", "mock_info.status_code"),
    ("/backend/headers", "mock_info.header"),
    ("/backend/body", "mock_info.result_content"),
    ("/response/sample", "result_normal_sample"),
    ("/response/failure_sample", "result_failure_sample"),
    ("/tags", "tags"),
    ("/remark", "remark"),
    ("/stage", "env_id"),
];

/// Members of request parameters and of backend parameters.
const MEMBERS: &[(&str, &str)] = &[
    ("default", "default_value"),
    ("minimum", "min_num"),
    ("maximum", "max_num"),
    ("min_length", "min_size"),
    ("max_length", "max_size"),
    ("enumeration", "enumerations"),
    ("description", "remark"),
    ("example", "sample_value"),
    ("origin", "value"),
];

fn parameter(pointer: &str) -> String {
    let lists = [("/parameters/", "req_params"), ("/backend_parameters/", "backend_params")];
    for (ours, theirs) in lists {
        if let Some(rest) = pointer.strip_prefix(ours) {
            let mut pieces = rest.split('/');
            let index = pieces.next().unwrap_or_default();
            let member = pieces.next().unwrap_or_default();
            let member = MEMBERS.iter().find(|(known, _)| *known == member).map_or(member, |(_, name)| *name);
            return format!("{theirs}[{index}].{member}");
        }
    }
    let place = PLACES.iter().find(|(ours, _)| pointer.starts_with(ours));
    place
        .map_or_else(|| pointer.trim_start_matches('/').replace('/', "."), |(_, theirs)| (*theirs).to_owned())
}

fn code(violation: &Violation) -> Option<Code> {
    let Violation { pointer, rule, .. } = violation;
    Some(match (pointer.as_str(), rule) {
        ("/name", Rule::Duplicate) => codes::API_NAME_TAKEN,
        ("/request/path", Rule::Duplicate) => codes::API_THERE,
        ("/request/path", Rule::Unknown) => codes::PATH_PARAMETER_UNDEFINED,
        ("/backend/path", Rule::Unknown) => codes::BACKEND_PATH_PARAMETER_UNDEFINED,
        ("/backend/to/url" | "/backend/path", Rule::Required) => codes::NO_VARIABLE,
        ("/backend/to/channel", Rule::Unknown) => codes::NO_CHANNEL,
        ("/stage", Rule::Unknown | Rule::Conflict) => codes::NO_ENVIRONMENT,
        ("/tags", Rule::Range) => codes::TOO_MANY_TAGS,
        ("/parameters", Rule::Range) => codes::TOO_MANY_PARAMETERS,
        (place, Rule::Duplicate) if place.starts_with("/parameters/") => codes::PARAMETER_TWICE,
        _ => return None,
    })
}
