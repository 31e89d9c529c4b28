//! Complaints about definitions: what the interface calls the place, and which codes are its own.

use paifang_model::{Definition, Rule, Violation};

use super::policy::{LISTS, list_of};
use crate::fault::{Code, Tongue, codes};

pub(crate) static TONGUE: Tongue = Tongue { parameter, code };

/// For APIs that the gateway answers itself.
static MOCKS: Tongue = Tongue { parameter: |pointer| place_of(LISTS[1], pointer), code };

/// How complaints about a definition are told: what its policies stand in depends on its backend.
pub(crate) fn tongue(definition: &Definition) -> &'static Tongue {
    if list_of(&definition.backend) == LISTS[1] { &MOCKS } else { &TONGUE }
}

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
    ("/backend/kind", "backend_type"),
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

/// What lies in a condition of a policy.
const CONDITION: &[(&str, &str)] = &[
    ("name", "req_param_name"),
    ("addresses", "condition_value"),
    ("is/kind", "condition_type"),
    ("is", "condition_value"),
];

fn parameter(pointer: &str) -> String {
    place_of(LISTS[0], pointer)
}

fn place_of(policies: &str, pointer: &str) -> String {
    if let Some((index, rest)) = in_policy(pointer) {
        let place = match rest.strip_prefix("/conditions/").and_then(|rest| rest.split_once('/')) {
            Some((index, member)) => format!("conditions[{index}].{}", named(CONDITION, member)),
            None => place_of(policies, rest),
        };
        let place = place.trim_start_matches("backend_api.").trim_start_matches("mock_info.");
        return format!("{policies}[{index}].{place}");
    }
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
    if pointer == POLICIES {
        return policies.to_owned();
    }
    let place = PLACES.iter().find(|(ours, _)| pointer.starts_with(ours));
    place
        .map_or_else(|| pointer.trim_start_matches('/').replace('/', "."), |(_, theirs)| (*theirs).to_owned())
}

fn named<'n>(names: &[(&str, &'n str)], member: &'n str) -> &'n str {
    names.iter().find(|(ours, _)| member.starts_with(ours)).map_or(member, |(_, theirs)| *theirs)
}

const POLICIES: &str = "/backend_policies";

/// The place of a policy, and what lies in it.
fn in_policy(pointer: &str) -> Option<(&str, &str)> {
    let rest = pointer.strip_prefix(POLICIES)?.strip_prefix('/')?;
    Some(rest.split_at(rest.find('/').unwrap_or(rest.len())))
}

fn code(violation: &Violation) -> Option<Code> {
    let Violation { pointer, rule, .. } = violation;
    let policy = in_policy(pointer);
    let place = policy.map_or(pointer.as_str(), |(_, rest)| rest);
    Some(match (place, rule) {
        ("/name", Rule::Duplicate) if policy.is_some() => codes::POLICY_NAME_TAKEN,
        ("/name", Rule::Duplicate) => codes::API_NAME_TAKEN,
        (POLICIES, Rule::Range) => codes::TOO_MANY_POLICIES,
        ("/conditions", Rule::Range) => codes::TOO_MANY_CONDITIONS,
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
