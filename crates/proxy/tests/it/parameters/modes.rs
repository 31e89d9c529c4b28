//! What the backend receives, per mode and dialect: golden tables.

use super::setup::{Api, With, api, parameter, story};
use paifang_model::Dialect;
use paifang_model::definition::{Definition, Location, RequestMode};
use paifang_proxy::parameters::Surroundings;

/// One of everything: mapped, renamed, moved, unmapped, passing, defaulted, constant, known by the gateway.
fn everything() -> Definition {
    api("/pets/{id}")
        .to("/v1/animals/{pet}")
        .takes("id", Location::Path)
        .takes("kind", Location::Query)
        .takes("unmapped", Location::Query)
        .takes_one(parameter("passing", Location::Query, |p| p.pass_through = true))
        .takes_one(parameter("page", Location::Query, |p| p.default = Some("1".to_owned())))
        .takes_one(parameter("size", Location::Query, |p| {
            p.pass_through = true;
            p.default = Some("20".to_owned());
        }))
        .takes("X-Trace", Location::Header)
        .takes("X-Unmapped", Location::Header)
        .maps("id", Location::Path, "pet")
        .maps("kind", Location::Header, "X-Kind")
        .maps("page", Location::Query, "p")
        .maps("X-Trace", Location::Query, "trace")
        .constant(Location::Query, "tenant", "a&b [c]")
        .constant(Location::Header, "X-Constant", "fixed")
}

fn facts(api: Definition, address: &str, stage: &str, absent: &str) -> Definition {
    api.system(Location::Header, "X-Address", address).system(Location::Query, "stage", stage).system(
        Location::Header,
        "X-Absent",
        absent,
    )
}

fn first(mode: RequestMode) -> Api {
    let definition = facts(everything(), "CaClientIp", "CaStage", "CaAppKey").mode(mode);
    let kept = ["x-kept".to_owned(), "host".to_owned(), "connection".to_owned()];
    let surroundings = Surroundings { passthrough_headers: &kept, ..Surroundings::of(Dialect::Alibaba) };
    Api::new(&definition, &surroundings).map_err(|violations| violations.to_string()).expect("it compiles")
}

const CALLS: [&str; 4] = [
    "GET /pets/7\nhost: pets.example",
    "GET /pets/%5B7%5D?kind=cat+%26+dog&kind=second&unknown=%7e+x&page=3&passing=1&passing=2&unmapped=u\n\
     host: pets.example\nuser-agent: curl/8\nx-trace: t 1\nx-unmapped: u\nx-kept: k1\nx-kept: k2\nx-other: o\n\
     x-ca-key: 1\nx-ca-signature: s\nx-ca-nonce: n\nx-ca-timestamp: 1\nauthorization: APPCODE secret\n\
     x-auth-token: t\nx-apig-appcode: c\naccept: */*",
    // What the gateway says cannot be said by a caller, encoded or not.
    "GET /pets/7?tenant=evil&t%65nant=evil&stage=evil&TENANT=other\nx-constant: evil\nx-address: evil\nx-absent: evil\nauthorization: Bearer mine",
    "POST /pets/7?a=1&&b\ncontent-type: application/json\ncontent-length: 2\n\n{}",
];

#[test]
fn mapping() {
    insta::assert_snapshot!(story(&first(RequestMode::Mapping), &CALLS));
}

#[test]
fn mapping_and_passing_through() {
    insta::assert_snapshot!(story(&first(RequestMode::MappingPassthrough), &CALLS));
}

#[test]
fn passing_through() {
    // In pass-through mode only the path's own parameters can fill the backend path.
    let definition = facts(everything().mode(RequestMode::Passthrough), "CaClientIp", "CaStage", "CaAppKey");
    insta::assert_snapshot!(story(&definition.plan(Dialect::Alibaba), &CALLS));
}

#[test]
fn the_second_dialect() {
    let api =
        facts(everything(), "$context.sourceIp", "$context.stage", "$context.appName").plan(Dialect::Huawei);
    insta::assert_snapshot!(story(&api, &CALLS));
}

/// The worked example (spec: huawei/api-model.md §6).
#[test]
fn the_worked_example() {
    let api = api("/v1.0/{test01}")
        .to("/v1.0/{test05}")
        .takes("test01", Location::Path)
        .takes("test02", Location::Header)
        .takes("test03", Location::Query)
        .maps("test01", Location::Header, "test01")
        .maps("test03", Location::Header, "test03")
        .maps("test02", Location::Path, "test05")
        .plan(Dialect::Huawei);
    insta::assert_snapshot!(api.call("GET /v1.0/abc?test03=xyz\ntest02: def"), @r"
    GET /v1.0/def
    test01: abc
    test03: xyz
    (the client's body)
    ");
}

#[test]
fn what_authentication_consumed_beyond_the_dialect_is_withheld() {
    let definition = api("/a").mode(RequestMode::MappingPassthrough);
    let headers = [paifang_wire::HeaderName::from_static("x-my-key")];
    let surroundings = Surroundings {
        credential_headers: &headers,
        credential_queries: &["AppCode"],
        ..Surroundings::of(Dialect::Alibaba)
    };
    let api = Api::new(&definition, &surroundings)
        .map_err(|violations| violations.to_string())
        .expect("it compiles");
    insta::assert_snapshot!(api.call("GET /a?AppCode=s&x=1\nx-my-key: s\nx-other: 1"));
}

#[test]
fn a_mock_only_checks() {
    let mock = serde_json::from_str(r#"{"kind":"mock"}"#).expect("a mock");
    let required = parameter("q", Location::Query, |p| p.required = true);
    let api = api("/m").takes_one(required).with(|api| api.backend = mock).plan(Dialect::Huawei);
    insta::assert_snapshot!(story(&api, &["GET /m?q=1", "GET /m"]));
}

#[test]
fn a_backend_method_replaces_the_clients() {
    use paifang_model::definition::BackendMethod;
    let api = api("/a").backend(|backend| backend.method = BackendMethod::Put).plan(Dialect::Huawei);
    insta::assert_snapshot!(api.call("POST /a\ncontent-type: text/plain\n\nx"));
}
