//! What differs between the dialects, and the form in which each stores a definition.

use std::fmt::Write as _;

use insta::assert_snapshot;
use paifang_model::Dialect;
use paifang_model::definition::{Backend, Definition};
use paifang_model::dialect::{Rules, SystemValue, Texts};

use crate::samples::definition;

#[test]
fn numbers_of_each_dialect() {
    let mut table = String::new();
    for dialect in Dialect::ALL {
        let Rules { texts, stages_at_most, versions_kept, app_codes_at_most, tags_at_most, .. } =
            dialect.rules();
        let Texts { group_description, stage_description, api_description, remark, .. } = texts;
        let Texts { sample, failure_sample, constant, .. } = texts;
        writeln!(
            table,
            "{dialect}: {stages_at_most} stages, {versions_kept} versions, {app_codes_at_most} app codes, {tags_at_most} tags\n  \
             characters: group {group_description}, stage {stage_description}, API {api_description}, remark {remark}, \
             constant {constant}\n  bytes: sample {sample}, failure sample {failure_sample}"
        )
        .unwrap();
    }
    assert_snapshot!(table, @r"
    alibaba: 20 stages, 10 versions, 5 app codes, 20 tags
      characters: group 180, stage 180, API 2000, remark 200, constant 32768
      bytes: sample 32768, failure sample 16384
    huawei: 10 stages, 10 versions, 5 app codes, 10 tags
      characters: group 1000, stage 255, API 2000, remark 255, constant 255
      bytes: sample 20480, failure sample 20480
    ");
}

#[test]
fn a_definition_is_stored_in_the_brackets_of_its_dialect() {
    let paths = |definition: &Definition| match &definition.backend {
        Backend::Http(backend) => format!("{} → {}", definition.request.path, backend.path),
        Backend::Mock(_) | Backend::Service(_) => definition.request.path.to_string(),
    };
    let square = definition().in_dialect(Dialect::Alibaba);
    assert_snapshot!(paths(&square), @"/pets/[id] → /animals/[animal]");
    assert!(square.check(Dialect::Alibaba).is_ok() && square.check(Dialect::Huawei).is_ok());
    assert_eq!(square.request.route(), definition().request.route(), "one route, however written");
    assert_eq!(square.in_dialect(Dialect::Huawei), definition());
}

#[test]
fn a_backend_path_that_is_not_one_stays_for_the_check_to_name() {
    let mut odd = definition();
    if let Backend::Http(backend) = &mut odd.backend {
        backend.path = "animals/{animal}".to_owned();
    }
    assert_eq!(odd.clone().in_dialect(Dialect::Alibaba).backend, odd.backend);
}

#[test]
fn system_values_go_by_the_names_of_the_dialect() {
    use SystemValue as Value;
    let alibaba = |name| SystemValue::parse(Dialect::Alibaba, name);
    let huawei = |name| SystemValue::parse(Dialect::Huawei, name);
    assert_eq!((alibaba("CaClientIp"), huawei("CaClientIp")), (Some(Value::ClientAddress), None));
    assert_eq!(
        (alibaba("$context.sourceIp"), huawei("$context.sourceIp")),
        (None, Some(Value::ClientAddress))
    );
    assert_eq!(huawei("$context.apId"), huawei("$context.apiId"), "the guide prints both");
    assert_eq!((alibaba("caclientip"), alibaba("")), (None, None), "names are matched exactly");
    for (dialect, names) in [
        (
            Dialect::Alibaba,
            "CaClientIp CaDomain CaRequestHandleTime CaAppId CaAppKey CaRequestId CaApiName CaApiId CaHttpSchema CaProxy \
             CaClientUa CaCloudMarketInstanceId CaStage",
        ),
        (
            Dialect::Huawei,
            "$context.sourceIp $context.stage $context.apiId $context.appId $context.requestId $context.serverAddr \
             $context.serverName $context.handleTime $context.providerAppId $context.apiName $context.appName",
        ),
    ] {
        for name in names.split_whitespace() {
            assert!(SystemValue::parse(dialect, name).is_some(), "{name}");
        }
    }
}
