//! Alibaba Cloud's rules (spec: aliyun/console-and-quotas.md §3, aliyun/api-model.md).

use super::{Names, Rules, SystemValue, Texts};
use crate::definition::Protocol;
use crate::name::{Characters, NameRule, check_length};

const LETTER_OR_CHINESE: Characters = Characters::LETTERS.or_chinese();
const WORD: Characters = Characters::ALPHANUMERIC.or_chinese().or("_");
const UPPER_CASE: Characters =
    Characters { letters: false, digits: true, chinese: false, others: "ABCDEFGHIJKLMNOPQRSTUVWXYZ" };

/// Of variables' values: no rule is published; this is what the other cloud lets into addresses and paths.
const VALUE: Characters = Characters::ALPHANUMERIC.or("_-/.:");

pub(super) static RULES: Rules = Rules {
    names: Names {
        group: NameRule { min: 4, max: 50, first: LETTER_OR_CHINESE, rest: WORD },
        api: NameRule { min: 4, max: 50, first: LETTER_OR_CHINESE, rest: WORD },
        stage: NameRule { min: 2, max: 10, first: UPPER_CASE, rest: UPPER_CASE },
        // No rule is published; this keeps out what could not be a header, a query key or a form field.
        parameter: NameRule {
            min: 1,
            max: 128,
            first: Characters::ALPHANUMERIC.or("_$"),
            rest: Characters::ALPHANUMERIC.or("_.-$[]"),
        },
        variable: NameRule {
            min: 1,
            max: 50,
            first: Characters::LETTERS,
            rest: Characters::ALPHANUMERIC.or("_-"),
        },
        // Spec: aliyun/plugins.md §1.
        policy: NameRule { min: 4, max: 50, first: Characters::ALPHANUMERIC.or_chinese(), rest: WORD },
    },
    variable_value: NameRule { min: 1, max: 255, first: VALUE, rest: VALUE },
    texts: Texts {
        group_description: 180,
        stage_description: 180,
        api_description: 2_000,
        remark: 200,
        policy_remark: 200,
        // Spec: aliyun/plugins.md §1, PluginData.
        policy_settings: 50 * 1024,
        sample: 32 * 1024,
        failure_sample: 16 * 1024,
        // Nothing is published; a constant may become a header.
        constant: 32 * 1024,
    },
    built_in_stages: &["RELEASE", "PRE", "TEST"],
    stages_at_most: 20,
    stages_ignore_case: true,
    bindings_need_deployment: false,
    one_cors_per_path: false,
    group_bindings: true,
    backend_services: true,
    backend_policies: false,
    path_brackets: ('[', ']'),
    versions_kept: 10,
    app_codes_at_most: 5,
    tags_at_most: 20,
    protocols: &[Protocol::Http, Protocol::Https, Protocol::Websocket],
    parameter_allowed: |_| Ok(()),
    backend_parameter_allowed: |parameter| check_length(&parameter.name, 1, 128),
};

/// System parameters (spec: aliyun/api-model.md §5).
pub(super) const SYSTEM_VALUES: &[(&str, SystemValue)] = &[
    ("CaClientIp", SystemValue::ClientAddress),
    ("CaDomain", SystemValue::Domain),
    ("CaRequestHandleTime", SystemValue::HandleTime),
    ("CaAppId", SystemValue::AppNumber),
    ("CaAppKey", SystemValue::AppKey),
    ("CaRequestId", SystemValue::RequestId),
    ("CaApiName", SystemValue::ApiName),
    ("CaApiId", SystemValue::ApiId),
    ("CaHttpSchema", SystemValue::Scheme),
    ("CaProxy", SystemValue::GatewayName),
    ("CaClientUa", SystemValue::UserAgent),
    ("CaCloudMarketInstanceId", SystemValue::Absent),
    ("CaStage", SystemValue::Stage),
];
