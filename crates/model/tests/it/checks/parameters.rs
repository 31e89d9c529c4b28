//! Request parameters: names, places, types and their rules.

use insta::assert_snapshot;
use paifang_model::Dialect;
use paifang_model::definition::{Location, MethodRule, Parameter, ParameterType, RequestMode};

use crate::samples::complaints;

/// The complaints about one more parameter.
fn one_more(dialect: Dialect, parameter: Parameter) -> String {
    complaints(dialect, |api| api.parameters.push(parameter))
}

/// The complaints about a query parameter of a type, changed.
fn query(kind: ParameterType, change: impl FnOnce(&mut Parameter)) -> String {
    let mut parameter = Parameter { kind, ..Parameter::new("q", Location::Query) };
    change(&mut parameter);
    one_more(Dialect::Alibaba, parameter)
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn names_are_well_formed_and_differ_over_all_places() {
    assert_snapshot!(one_more(Dialect::Huawei, Parameter::new("1st", Location::Query)), @"/parameters/1/name (format): `1st` must start with one of: letters");
    assert_snapshot!(one_more(Dialect::Alibaba, Parameter::new("ID", Location::Header)), @"/parameters/1/name (duplicate): the name `ID` is there twice");
    assert_eq!(one_more(Dialect::Alibaba, Parameter::new("1st", Location::Query)), "fine");
}

#[test]
fn huawei_keeps_names_for_itself() {
    let told = |name: &str, location| one_more(Dialect::Huawei, Parameter::new(name, location));
    assert_snapshot!(told("X-Stage", Location::Query), @"/parameters/1/name (format): the name `X-Stage` is not allowed there: the gateway keeps `x-stage`, `x-apig-…` and `x-sdk-…` for itself");
    assert_snapshot!(told("x-apig-mode", Location::Header), @"/parameters/1/name (format): the name `x-apig-mode` is not allowed there: the gateway keeps `x-stage`, `x-apig-…` and `x-sdk-…` for itself");
    assert_snapshot!(told("X-Sdk-Date", Location::Header), @"/parameters/1/name (format): the name `X-Sdk-Date` is not allowed there: the gateway keeps `x-stage`, `x-apig-…` and `x-sdk-…` for itself");
    assert_snapshot!(told("authorization", Location::Header), @"/parameters/1/name (format): the name `authorization` is not allowed there: it is where a caller proves who it is");
    assert_snapshot!(told("X-Auth-Token", Location::Header), @"/parameters/1/name (format): the name `X-Auth-Token` is not allowed there: it is where a caller proves who it is");
    assert_snapshot!(told("user_id", Location::Header), @"/parameters/1/name (format): the name `user_id` is not allowed there: a header holds no `_`");
    assert_eq!(told("user_id", Location::Query), "fine");
    assert_eq!(told("authorization", Location::Query), "fine");
    assert_eq!(one_more(Dialect::Alibaba, Parameter::new("x-stage", Location::Header)), "fine");
}

#[test]
fn there_are_at_most_a_hundred() {
    let told = complaints(Dialect::Alibaba, |api| {
        api.parameters.extend((0..100).map(|number| Parameter::new(format!("p{number}"), Location::Query)));
    });
    assert_snapshot!(told, @"/parameters (range): 101 parameters are too many: 100 are allowed");
}

#[test]
fn the_path_and_its_parameters_belong_together() {
    assert_snapshot!(one_more(Dialect::Alibaba, Parameter::new("other", Location::Path)), @"/parameters/1/location (unknown): the path `/pets/{id}` does not name it");
    assert_snapshot!(complaints(Dialect::Huawei, |api| api.parameters[0].required = false), @"/parameters/0/required (conflict): a path parameter is always required");
    assert_snapshot!(complaints(Dialect::Huawei, |api| api.request.path = "/pets/{id}/{leg}".parse().unwrap()), @"/request/path (unknown): the path names `leg`, which is not among the path parameters");
    assert_snapshot!(complaints(Dialect::Alibaba, |api| api.parameters[0].location = Location::Query), @"/request/path (unknown): the path names `id`, which is not among the path parameters");
}

#[test]
fn bodies_and_files() {
    let body = Parameter::new("b", Location::Body);
    let file = Parameter { kind: ParameterType::File, ..body.clone() };
    let told = |method: MethodRule, mode: RequestMode, parameter: &Parameter| {
        complaints(Dialect::Alibaba, |api| {
            api.request.method = method;
            api.request.mode = mode;
            api.parameters.push(parameter.clone());
        })
    };
    assert_eq!(told(MethodRule::Post, RequestMode::Mapping, &body), "fine");
    assert_eq!(told(MethodRule::Multipart, RequestMode::Mapping, &file), "fine");
    assert_snapshot!(told(MethodRule::Post, RequestMode::Passthrough, &body), @"/parameters/1/location (conflict): in pass-through mode the body goes through unread");
    assert_snapshot!(told(MethodRule::Post, RequestMode::Mapping, &file), @"/parameters/1/type (conflict): a file is a body parameter of a MULTIPART API");
    assert_snapshot!(query(ParameterType::File, |_| {}), @"/parameters/1/type (conflict): a file is a body parameter of a MULTIPART API");
}

#[test]
fn items_are_those_of_an_array() {
    assert_eq!(query(ParameterType::Array, |p| p.item_type = Some(ParameterType::Int)), "fine");
    assert_snapshot!(query(ParameterType::Int, |p| p.item_type = Some(ParameterType::Int)), @"/parameters/1/item_type (conflict): only an array has items");
    assert_snapshot!(query(ParameterType::Array, |p| p.item_type = Some(ParameterType::Array)), @"/parameters/1/item_type (unsupported): items are plain values");
    assert_snapshot!(query(ParameterType::Array, |p| {
        p.item_type = Some(ParameterType::Int);
        p.enumeration = vec!["1".to_owned(), "two".to_owned()];
    }), @"/parameters/1/enumeration/1 (format): `two` is not a whole number of 32 bits");
}

#[test]
fn bounds_are_numbers_of_the_type_in_order() {
    let bounds =
        |kind, low: &str, high: &str| query(kind, |p| (p.minimum, p.maximum) = (some(low), some(high)));
    assert_eq!(bounds(ParameterType::Int, "-1", "1"), "fine");
    assert_eq!(bounds(ParameterType::Number, "1e999", "1e999"), "fine");
    assert_snapshot!(bounds(ParameterType::Double, "2.5", "1.5"), @"/parameters/1/minimum (range): `2.5` is larger than the largest value `1.5`");
    assert_snapshot!(bounds(ParameterType::Long, "9007199254740993", "9007199254740992"), @"/parameters/1/minimum (range): `9007199254740993` is larger than the largest value `9007199254740992`");
    assert_snapshot!(bounds(ParameterType::Int, "1.5", "9999999999"), @r"
    /parameters/1/minimum (format): `1.5` is not a whole number of 32 bits
    /parameters/1/maximum (format): `9999999999` is not a whole number of 32 bits
    ");
    assert_snapshot!(bounds(ParameterType::String, "1", "2"), @r"
    /parameters/1/minimum (conflict): only a number has a smallest and a largest value
    /parameters/1/maximum (conflict): only a number has a smallest and a largest value
    ");
}

#[test]
fn lengths_patterns_and_schemas_are_about_texts() {
    let all = |p: &mut Parameter| {
        (p.min_length, p.max_length) = (Some(1), Some(2));
        (p.pattern, p.json_schema) = (some("^a"), some("{}"));
    };
    for kind in [ParameterType::String, ParameterType::Json, ParameterType::Array] {
        assert_eq!(query(kind, all), "fine", "{kind:?}");
    }
    assert_snapshot!(query(ParameterType::Long, all), @r"
    /parameters/1/min_length (conflict): only a text has such a rule
    /parameters/1/max_length (conflict): only a text has such a rule
    /parameters/1/pattern (conflict): only a text has such a rule
    /parameters/1/json_schema (conflict): only a text has such a rule
    ");
    assert_snapshot!(query(ParameterType::Boolean, |p| p.pattern = some("t")), @"/parameters/1/pattern (conflict): only a text has such a rule");
    assert_snapshot!(query(ParameterType::String, |p| (p.min_length, p.max_length) = (Some(3), Some(2))), @"/parameters/1/min_length (range): 3 is larger than the largest length 2");
}

#[test]
fn patterns_run_in_linear_time_and_schemas_are_json() {
    let pattern = |text: &str| query(ParameterType::String, |p| p.pattern = some(text));
    assert_eq!(pattern("^[a-z]{1,40}$"), "fine");
    assert_snapshot!(pattern("(?=a)b"), @"/parameters/1/pattern (format): `(?=a)b` is not a regular expression that runs in linear time (look-around and back-references are not offered)");
    assert_snapshot!(pattern("(a)\\1"), @r#"/parameters/1/pattern (format): `(a)\1` is not a regular expression that runs in linear time (look-around and back-references are not offered)"#);
    assert_snapshot!(pattern("("), @"/parameters/1/pattern (format): `(` is not a regular expression that runs in linear time (look-around and back-references are not offered)");
    assert_snapshot!(pattern("(a{1000}){1000}"), @"/parameters/1/pattern (range): the expression `(a{1000}){1000}` is too large when compiled");
    assert_snapshot!(query(ParameterType::String, |p| p.json_schema = some("{")), @"/parameters/1/json_schema (format): it is not JSON: EOF while parsing an object at line 1 column 1");
}

#[test]
fn defaults_and_enumerations_are_values() {
    let told = |kind, default: &str, enumeration: &[&str]| {
        query(kind, |p| {
            p.default = some(default);
            p.enumeration = enumeration.iter().map(|value| (*value).to_owned()).collect();
        })
    };
    assert_eq!(told(ParameterType::Int, "2", &["1", "2"]), "fine");
    assert_snapshot!(told(ParameterType::Int, "two", &["1", "2.0"]), @r"
    /parameters/1/enumeration/1 (format): `2.0` is not a whole number of 32 bits
    /parameters/1/default (format): `two` is not a whole number of 32 bits
    /parameters/1/default (conflict): `two` is not among the values allowed
    ");
    assert_snapshot!(told(ParameterType::String, "b", &["a"]), @"/parameters/1/default (conflict): `b` is not among the values allowed");
}
