//! Huawei Cloud's rules (spec: huawei/console-and-quotas.md, huawei/api-model.md).

use super::{Names, Rules, SystemValue, Texts};
use crate::definition::{Location, Parameter};
use crate::name::{Characters, NameRule, shown};
use crate::violation::Complaint;

const WORD: Characters = Characters::ALPHANUMERIC.or_chinese().or("_");

pub(super) static RULES: Rules = Rules {
    names: Names {
        group: NameRule {
            min: 3,
            max: 255,
            first: Characters::LETTERS.or_chinese(),
            rest: WORD.or("_-./:() "),
        },
        api: NameRule {
            min: 3,
            max: 255,
            first: Characters::ALPHANUMERIC.or_chinese(),
            rest: Characters::ALPHANUMERIC.or_chinese().or("_-./:()（）：、"),
        },
        stage: NameRule {
            min: 3,
            max: 64,
            first: Characters::LETTERS,
            rest: Characters::ALPHANUMERIC.or("_"),
        },
        parameter: NameRule {
            min: 1,
            max: 32,
            first: Characters::LETTERS,
            rest: Characters::ALPHANUMERIC.or("-_."),
        },
        variable: NameRule {
            min: 3,
            max: 32,
            first: Characters::LETTERS,
            rest: Characters::ALPHANUMERIC.or("_-"),
        },
    },
    texts: Texts { group_description: 255, api_description: 2_000, remark: 255 },
    built_in_stages: &["RELEASE"],
    stages_at_most: 10,
    stages_ignore_case: false,
    path_brackets: ('{', '}'),
    versions_kept: 10,
    app_codes_at_most: 5,
    parameter_allowed,
};

/// Names that the gateway keeps for itself (spec: huawei/api-model.md §3).
fn parameter_allowed(parameter: &Parameter) -> Result<(), Complaint> {
    let name = parameter.name.to_ascii_lowercase();
    let reserved = name == "x-stage" || name.starts_with("x-apig-") || name.starts_with("x-sdk-");
    let in_header = parameter.location == Location::Header
        && (name == "authorization" || name == "x-auth-token" || name.contains('_'));
    if reserved || in_header {
        return Err(Complaint::format(format!("the name `{}` is not allowed there", shown(&parameter.name))));
    }
    Ok(())
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
