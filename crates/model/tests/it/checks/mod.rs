//! Every rule of a definition, and of the nouns beside it: where it complains, by which rule, in which words.

mod auth;
mod backend;
mod backend_service;
mod nouns;
mod parameters;
mod policies;
mod request;

use insta::assert_snapshot;
use paifang_model::Dialect;
use paifang_model::definition::{Backend, Location, Origin, Parameter};

use crate::samples::{complaints, definition, mapped};

#[test]
fn the_sample_is_fine_in_both_dialects() {
    for dialect in Dialect::ALL {
        assert_eq!(definition().check(dialect), Ok(()));
    }
}

#[test]
fn all_complaints_come_at_once() {
    let told = complaints(Dialect::Huawei, |api| {
        api.name = "_".to_owned();
        api.request.protocols.clear();
        api.parameters
            .push(Parameter { minimum: Some("1".to_owned()), ..Parameter::new("x-stage", Location::Query) });
        if let Backend::Http(backend) = &mut api.backend {
            backend.timeout_ms = 0;
            backend.path = "/{gone}".to_owned();
        }
        let mut system = mapped("id", Location::Query, "ip");
        system.origin = Origin::System { name: "CaClientIp".to_owned() };
        api.backend_parameters.push(system);
        api.tags = vec![String::new()];
    });
    assert_snapshot!(told, @r"
    /name (range): `_` has 1 characters, but 3 to 255 are allowed
    /request/protocols (required): name at least one protocol
    /parameters/1/name (format): the name `x-stage` is not allowed there: the gateway keeps `x-stage`, `x-apig-…` and `x-sdk-…` for itself
    /parameters/1/minimum (conflict): only a number has a smallest and a largest value
    /backend/timeout_ms (range): 0 ms is out of range: 1 to 600000 are allowed
    /backend/path (unknown): the backend path names `gone`, to which no path parameter of the backend belongs
    /backend_parameters/1/origin/name (unknown): `CaClientIp` is not a system parameter
    /tags/0 (range): `` has 0 characters, but 1 to 128 are allowed
    ");
}

#[test]
fn texts_have_a_longest() {
    let long = |api: &mut paifang_model::Definition| {
        api.description = "x".repeat(2_001);
        api.response.sample = "x".repeat(32 * 1024 + 1);
        api.response.failure_sample = "样".repeat(7_000);
    };
    assert_snapshot!(complaints(Dialect::Alibaba, long), @r"
    /description (range): `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 2001 characters, but 0 to 2000 are allowed
    /response/sample (range): 32769 bytes are too many: 32768 are allowed
    /response/failure_sample (range): 21000 bytes are too many: 16384 are allowed
    ");
    assert_snapshot!(complaints(Dialect::Huawei, long), @r"
    /description (range): `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 2001 characters, but 0 to 2000 are allowed
    /response/sample (range): 32769 bytes are too many: 20480 are allowed
    /response/failure_sample (range): 21000 bytes are too many: 20480 are allowed
    ");
    let fits = |api: &mut paifang_model::Definition| {
        api.description = "描".repeat(2_000);
        api.response.sample = "x".repeat(20_480);
        api.response.failure_sample = "x".repeat(16 * 1024);
    };
    assert_eq!(complaints(Dialect::Alibaba, fits), "fine");
    assert_eq!(complaints(Dialect::Huawei, fits), "fine");
}

#[test]
fn tags_are_few_and_differ() {
    let tags = |count: usize| {
        move |api: &mut paifang_model::Definition| {
            api.tags = (0..count).map(|number| format!("tag {number}")).collect();
        }
    };
    assert_eq!(complaints(Dialect::Alibaba, tags(20)), "fine");
    assert_eq!(complaints(Dialect::Huawei, tags(10)), "fine");
    assert_snapshot!(complaints(Dialect::Alibaba, tags(21)), @"/tags (range): 21 tags are too many: 20 are allowed");
    assert_snapshot!(complaints(Dialect::Huawei, tags(11)), @"/tags (range): 11 tags are too many: 10 are allowed");
    let told = complaints(Dialect::Alibaba, |api| api.tags = vec!["a".into(), "a".into(), "x".repeat(129)]);
    assert_snapshot!(told, @r"
    /tags/1 (duplicate): the tag `a` is there twice
    /tags/2 (range): `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 129 characters, but 1 to 128 are allowed
    ");
}
