//! Huawei Cloud's rules (spec: huawei/console-and-quotas.md, huawei/api-model.md).

use super::{Names, Rules, SystemValue, Texts};
use crate::definition::{BackendParameter, Location, Parameter, Protocol};
use crate::name::{Characters, NameRule, shown};
use crate::violation::Complaint;

/// Of groups and of APIs: the newer interface has one rule for both, its older one was narrower.
const TITLE: NameRule = NameRule {
    min: 3,
    max: 255,
    first: Characters::ALPHANUMERIC.or_chinese(),
    rest: Characters::ALPHANUMERIC.or_chinese().or("_-./:()（）：、"),
};

const PARAMETER: NameRule =
    NameRule { min: 1, max: 32, first: Characters::LETTERS, rest: Characters::ALPHANUMERIC.or("-_.") };

/// Spec: huawei/api-model.md §8.
const VALUE: Characters = Characters::ALPHANUMERIC.or("_-/.:");

pub(super) static RULES: Rules = Rules {
    names: Names {
        group: TITLE,
        api: TITLE,
        stage: NameRule {
            min: 3,
            max: 64,
            first: Characters::LETTERS,
            rest: Characters::ALPHANUMERIC.or("_"),
        },
        parameter: PARAMETER,
        variable: NameRule {
            min: 3,
            max: 32,
            first: Characters::LETTERS,
            rest: Characters::ALPHANUMERIC.or("_-"),
        },
        policy: NameRule {
            min: 3,
            max: 64,
            first: Characters::LETTERS.or_chinese(),
            rest: Characters::ALPHANUMERIC.or_chinese().or("_"),
        },
    },
    variable_value: NameRule { min: 1, max: 255, first: VALUE, rest: VALUE },
    texts: Texts {
        group_description: 1_000,
        stage_description: 255,
        api_description: 2_000,
        remark: 255,
        policy_remark: 255,
        // Spec: huawei/plugins.md, `plugin_content`.
        policy_settings: 65_535,
        sample: 20_480,
        failure_sample: 20_480,
        constant: 255,
    },
    built_in_stages: &["RELEASE"],
    stages_at_most: 10,
    stages_ignore_case: false,
    bindings_need_deployment: true,
    // Spec: huawei/plugins.md, cors.
    one_cors_per_path: true,
    group_bindings: false,
    backend_services: false,
    backend_policies: true,
    path_brackets: ('{', '}'),
    versions_kept: 10,
    app_codes_at_most: 5,
    tags_at_most: 10,
    // WebSocket comes with the first two (spec: huawei/calling.md §7) and is accepted where somebody names it.
    protocols: &[Protocol::Http, Protocol::Https, Protocol::Websocket, Protocol::Grpcs],
    parameter_allowed,
    backend_parameter_allowed,
};

/// Names that the gateway keeps for itself (spec: huawei/api-model.md §3).
fn parameter_allowed(parameter: &Parameter) -> Result<(), Complaint> {
    let taken = ["authorization", "x-auth-token"].contains(&parameter.name.to_ascii_lowercase().as_str());
    if parameter.location == Location::Header && taken {
        return Err(refused(&parameter.name, "it is where a caller proves who it is"));
    }
    check_reserved(&parameter.name, parameter.location)
}

/// A backend parameter has a name like a request parameter (spec: huawei/api-model.md §6); a header of the backend may
/// well be `Authorization`.
fn backend_parameter_allowed(parameter: &BackendParameter) -> Result<(), Complaint> {
    PARAMETER.check(&parameter.name)?;
    check_reserved(&parameter.name, parameter.location)
}

fn check_reserved(name: &str, location: Location) -> Result<(), Complaint> {
    let lower = name.to_ascii_lowercase();
    if lower == "x-stage" || lower.starts_with("x-apig-") || lower.starts_with("x-sdk-") {
        return Err(refused(name, "the gateway keeps `x-stage`, `x-apig-…` and `x-sdk-…` for itself"));
    }
    if location == Location::Header && lower.contains('_') {
        return Err(refused(name, "a header holds no `_`"));
    }
    Ok(())
}

fn refused(name: &str, why: &str) -> Complaint {
    Complaint::format(format!("the name `{}` is not allowed there: {why}", shown(name)))
}

/// System parameters (spec: huawei/api-model.md §6); `apId` is how the guide prints `apiId`.
pub(super) const SYSTEM_VALUES: &[(&str, SystemValue)] = &[
    ("$context.sourceIp", SystemValue::ClientAddress),
    ("$context.stage", SystemValue::Stage),
    ("$context.apiId", SystemValue::ApiId),
    ("$context.apId", SystemValue::ApiId),
    ("$context.appId", SystemValue::AppId),
    ("$context.requestId", SystemValue::RequestId),
    ("$context.serverAddr", SystemValue::ServerAddress),
    ("$context.serverName", SystemValue::ServerName),
    ("$context.handleTime", SystemValue::HandleTime),
    ("$context.providerAppId", SystemValue::Absent),
    ("$context.apiName", SystemValue::ApiName),
    ("$context.appName", SystemValue::AppName),
];
