//! Several values, defaults, arrays, encodings: how values are read and written.

use super::setup::{With, api, parameter, story};
use paifang_model::Dialect;
use paifang_model::definition::{Location, Parameter, ParameterType, RequestMode};

#[test]
fn defaults_stand_in_for_what_is_absent_and_optional() {
    let defaulted = parameter("page", Location::Query, |p| p.default = Some("1".to_owned()));
    let required = parameter("key", Location::Query, |p| {
        p.required = true;
        p.default = Some("never".to_owned());
    });
    let api = api("/a")
        .takes_one(defaulted)
        .takes_one(required)
        .maps("page", Location::Query, "page")
        .maps("key", Location::Header, "x-key")
        .plan(Dialect::Alibaba);
    insta::assert_snapshot!(story(&api, &["GET /a?key=k", "GET /a?key=k&page=", "GET /a?page=2"]));
}

/// A parameter that would pass by itself gives way to what the gateway says under its name.
#[test]
fn the_gateways_word_stands_before_a_default() {
    let passing = |name, location| {
        parameter(name, location, |p| {
            p.pass_through = true;
            p.default = Some("default".to_owned());
        })
    };
    let api = api("/a")
        .takes_one(passing("q", Location::Query))
        .takes_one(passing("h", Location::Header))
        .constant(Location::Query, "Q", "gateway")
        .constant(Location::Header, "H", "gateway")
        .plan(Dialect::Huawei);
    insta::assert_snapshot!(story(&api, &["GET /a", "GET /a?q=client\nh: client"]));
}

fn numbers(location: Location) -> Parameter {
    parameter("n", location, |p| {
        p.kind = ParameterType::Array;
        p.item_type = Some(ParameterType::Int);
        p.json_schema = Some(r#"{"type":"array","maxItems":3,"items":{"minimum":0}}"#.to_owned());
    })
}

#[test]
fn an_array_is_json_or_repeated() {
    let api =
        api("/a").takes_one(numbers(Location::Query)).maps("n", Location::Query, "m").plan(Dialect::Alibaba);
    let calls = [
        "GET /a?n=1&n=2",
        "GET /a?n=%5B1,%222%22%5D",
        "GET /a?n=7",
        "GET /a?n=1,2",
        "GET /a?n=1&n=x",
        "GET /a?n=%5B1,true%5D",
        "GET /a?n=%5B1",
        "GET /a?n=1&n=2&n=3&n=4",
        "GET /a?n=-1",
    ];
    insta::assert_snapshot!(story(&api, &calls));
}

#[test]
fn an_array_of_texts_holds_texts() {
    let texts = parameter("t", Location::Header, |p| {
        p.kind = ParameterType::Array;
        p.enumeration = vec!["a".to_owned(), "b".to_owned()];
    });
    let api = api("/a").takes_one(texts).maps("t", Location::Header, "u").plan(Dialect::Alibaba);
    let calls = ["GET /a\nt: a\nt: b", "GET /a\nt: [\"a\",\"b\"]", "GET /a\nt: [1]", "GET /a\nt: a\nt: c"];
    insta::assert_snapshot!(story(&api, &calls));
}

#[test]
fn the_first_of_several_values_is_mapped() {
    let api = api("/a")
        .takes("q", Location::Query)
        .takes("h", Location::Header)
        .maps("q", Location::Header, "q")
        .maps("h", Location::Query, "h")
        .plan(Dialect::Huawei);
    insta::assert_snapshot!(api.call("GET /a?q=1&q=2&z=1&z=2\nh: 1\nh: 2"));
}

#[test]
fn names_are_compared_as_the_dialect_says() {
    let definition = || {
        api("/a").mode(RequestMode::MappingPassthrough).takes("Page", Location::Query).maps(
            "Page",
            Location::Query,
            "p",
        )
    };
    let call = "GET /a?page=1&Page=2";
    insta::assert_snapshot!(definition().plan(Dialect::Alibaba).call(call).lines().next().unwrap_or_default(), @"GET /backend?page=1&p=2");
    insta::assert_snapshot!(definition().plan(Dialect::Huawei).call(call).lines().next().unwrap_or_default(), @"GET /backend?p=1");
}

#[test]
fn each_dialect_encodes_query_values_in_its_own_way() {
    let definition = || api("/a").takes("h", Location::Header).maps("h", Location::Query, "a[b]");
    let call = "GET /a\nh: !\"#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~ ";
    insta::assert_snapshot!(definition().plan(Dialect::Alibaba).call(call));
    insta::assert_snapshot!(definition().plan(Dialect::Huawei).call(call));
}

#[test]
fn a_query_is_read_as_a_form() {
    let api = api("/a").takes("q", Location::Query).maps("q", Location::Header, "q").plan(Dialect::Alibaba);
    let calls = [
        "GET /a?q=a+b%2Bc",
        "GET /a?q=%zz%4",
        "GET /a?%71=x",
        "GET /a?q",
        "GET /a?q=%ff",
        "GET /a?q=%0d%0aX-Evil:1",
    ];
    insta::assert_snapshot!(story(&api, &calls));
}

#[test]
fn what_passes_keeps_its_bytes_and_order() {
    let api = api("/a")
        .mode(RequestMode::MappingPassthrough)
        .constant(Location::Query, "k", "v")
        .plan(Dialect::Alibaba);
    let call = "GET /a?z=%7e+%zz&&=&a=1&z=%41&b&k=client";
    insta::assert_snapshot!(api.call(call).lines().next().unwrap_or_default(), @"GET /backend?z=%7e+%zz&=&a=1&z=%41&b&k=v");
    let untouched = super::setup::api("/a").plan(Dialect::Huawei);
    insta::assert_snapshot!(untouched.call("GET /a?z=%7e+%zz&&=&a=1").lines().next().unwrap_or_default(), @"GET /backend?z=%7e+%zz&&=&a=1");
}

#[test]
fn a_target_that_grows_too_long_is_refused() {
    let api = api("/a").takes("h", Location::Header).maps("h", Location::Query, "h").plan(Dialect::Alibaba);
    let refused = api.call(&format!("GET /a\nh: {}", "[".repeat(30_000)));
    insta::assert_snapshot!(refused, @"the backend cannot be asked: path and query of 90011 bytes are no request target");
}
