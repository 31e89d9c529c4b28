//! Every rule for a value, as a table: value → verdict.

use super::setup::{With, api, parameter};
use paifang_model::Dialect;
use paifang_model::definition::{Location, Parameter, ParameterType};

fn verdicts(change: impl FnOnce(&mut Parameter), values: &[&str]) -> String {
    let parameter = parameter("q", Location::Header, change);
    let api = api("/a").takes_one(parameter).plan(Dialect::Huawei);
    let verdict = |value: &&str| match api.call(&format!("GET /a\nq: {value}")) {
        refused if refused.starts_with("the parameter") => refused,
        _ => "ok".to_owned(),
    };
    values.iter().map(|value| format!("{value:<24} {}\n", verdict(value))).collect()
}

fn of_type(kind: ParameterType, values: &[&str]) -> String {
    format!("{kind:?}\n{}\n", verdicts(|p| p.kind = kind, values))
}

#[test]
fn types() {
    let numbers = [
        "1",
        "-2147483648",
        "2147483648",
        "9223372036854775808",
        "1.5",
        "1e3",
        "1e999",
        "NaN",
        "inf",
        "0x1",
        "",
    ];
    let kinds = [
        ParameterType::Int,
        ParameterType::Long,
        ParameterType::Float,
        ParameterType::Double,
        ParameterType::Number,
    ];
    let mut table: String = kinds.map(|kind| of_type(kind, &numbers)).concat();
    table += &of_type(ParameterType::Boolean, &["true", "FALSE", "1", "yes"]);
    table += &of_type(ParameterType::Json, &["{}", "[1,", "\"text\"", "text"]);
    insta::assert_snapshot!(table);
}

#[test]
fn bounds_are_exact() {
    let table = verdicts(
        |p| {
            p.kind = ParameterType::Long;
            p.minimum = Some("-5".to_owned());
            // Its neighbours are the same number in 64-bit floating point.
            p.maximum = Some("9007199254740993".to_owned());
        },
        &["-6", "-5", "0", "9007199254740992", "9007199254740993", "9007199254740994"],
    );
    insta::assert_snapshot!(table);
    let table = verdicts(
        |p| {
            p.kind = ParameterType::Number;
            p.minimum = Some("0.1".to_owned());
            p.maximum = Some("1e2".to_owned());
        },
        &[
            "0.0999999999999999999999",
            "0.1",
            "0.10",
            "100.000",
            "100.0000000000000000000001",
            "-1e-400",
            "1e400",
        ],
    );
    insta::assert_snapshot!(table);
}

#[test]
fn lengths_count_characters() {
    let table = verdicts(
        |p| {
            p.min_length = Some(2);
            p.max_length = Some(3);
        },
        &["a", "ab", "abc", "abcd"],
    );
    insta::assert_snapshot!(table);
    let two = parameter("q", Location::Query, |p| p.max_length = Some(2));
    let api = api("/a").takes_one(two).plan(Dialect::Alibaba);
    assert!(api.call("GET /a?q=%E4%B8%AD%E6%96%87").starts_with("GET"));
}

#[test]
fn enumerations() {
    let texts = |p: &mut Parameter| p.enumeration = vec!["red".to_owned(), "green".to_owned()];
    let numbers = |p: &mut Parameter| {
        p.kind = ParameterType::Number;
        p.enumeration = vec!["1".to_owned(), "2.50".to_owned()];
    };
    let table = verdicts(texts, &["red", "Red", "blue"]) + &verdicts(numbers, &["1.0", "2.5", "25e-1", "3"]);
    insta::assert_snapshot!(table);
}

#[test]
fn patterns_match_anywhere_unless_anchored() {
    let pattern = |text: &'static str| move |p: &mut Parameter| p.pattern = Some(text.to_owned());
    let table = verdicts(pattern("[0-9]"), &["a1b", "ab"]) + &verdicts(pattern("^[0-9]$"), &["1", "a1b"]);
    insta::assert_snapshot!(table);
}

#[test]
fn without_validation_only_presence_counts() {
    let lax = |p: &mut Parameter| {
        p.kind = ParameterType::Int;
        p.required = true;
        p.validate = false;
        p.maximum = Some("3".to_owned());
    };
    let api = api("/a").takes_one(parameter("q", Location::Query, lax)).plan(Dialect::Huawei);
    let calls = ["GET /a?q=word", "GET /a?q=", "GET /a"];
    insta::assert_snapshot!(super::setup::story(&api, &calls));
}

#[test]
fn the_first_complaint_in_the_order_of_the_definition_is_told() {
    let number = parameter("n", Location::Query, |p| p.kind = ParameterType::Int);
    let required = parameter("r", Location::Query, |p| p.required = true);
    let one = api("/a").takes_one(number.clone()).takes_one(required.clone()).plan(Dialect::Alibaba);
    let other = api("/a").takes_one(required).takes_one(number).plan(Dialect::Alibaba);
    insta::assert_snapshot!(one.call("GET /a?n=x"), @"the parameter `n` is refused: `x` is not a whole number of 32 bits");
    insta::assert_snapshot!(other.call("GET /a?n=x"), @"the parameter `r` is required");
}

#[test]
fn a_reason_is_one_short_line() {
    let number = parameter("n", Location::Query, |p| p.kind = ParameterType::Int);
    let api = api("/a").takes_one(number).plan(Dialect::Alibaba);
    let refused = api.call(&format!("GET /a?n=%0d%0aX-Evil:%201{}", "x".repeat(5_000)));
    assert!(refused.chars().count() < 256 && !refused.contains(['\r', '\n']), "{refused}");
}
