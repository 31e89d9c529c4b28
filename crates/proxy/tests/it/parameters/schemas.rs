//! JSON Schemas: what they check, and which are not compiled.

use super::setup::{Api, With, api, parameter, story};
use paifang_model::Dialect;
use paifang_model::definition::{Definition, Location};
use paifang_proxy::parameters::Surroundings;

fn with_schema(schema: &str) -> Definition {
    let schema = schema.to_owned();
    api("/a").takes_one(parameter("j", Location::Header, |p| p.json_schema = Some(schema)))
}

#[test]
fn a_value_is_checked() {
    let schema = r##"{
        "type": "object", "required": ["name"], "additionalProperties": false,
        "properties": {"name": {"$ref": "#/$defs/name"}, "tags": {"items": {"$ref": "#/$defs/name"}}},
        "$defs": {"name": {"type": "string", "pattern": "^[a-z]+$"}}
    }"##;
    let api = with_schema(schema).plan(Dialect::Alibaba);
    let calls = [
        r#"GET /a"#,
        "GET /a\nj: {\"name\":\"rex\",\"tags\":[\"a\"]}",
        "GET /a\nj: {\"name\":\"Rex\"}",
        "GET /a\nj: {\"name\":\"rex\",\"tags\":[\"a\",7]}",
        "GET /a\nj: {}",
        "GET /a\nj: {\"name\":\"rex\",\"more\":1}",
        "GET /a\nj: not json",
    ];
    insta::assert_snapshot!(story(&api, &calls));
}

#[test]
fn schemas_that_cost_too_much_or_leave_the_document_are_refused() {
    let deep = format!("{}1{}", r#"{"items":"#.repeat(40), "}".repeat(40));
    let tenfold = |n: usize| {
        let reference = format!(r##"{{"$ref":"#/$defs/d{}"}}"##, n + 1);
        format!(r#""d{n}":{{"allOf":[{}]}},"#, vec![reference; 10].join(","))
    };
    let growing: String = (0..5).map(tenfold).collect();
    let growing = format!(r##"{{"$ref":"#/$defs/d0","$defs":{{{growing}"d5":{{}}}}}}"##);
    let large = format!(r#"{{"description":"{}"}}"#, "x".repeat(70_000));
    let schemas = [
        "{",
        r#"{"type":"nothing"}"#,
        r#"{"$ref":"https://example.com/schema.json"}"#,
        r#"{"$ref":"file:///etc/passwd"}"#,
        r##"{"$ref":"#name","$defs":{"n":{"$anchor":"name"}}}"##,
        r##"{"$ref":"#/$defs/gone"}"##,
        r##"{"$ref":"#"}"##,
        r##"{"properties":{"default":{"$ref":"#"}}}"##,
        r##"{"$defs":{"a":{"items":{"$ref":"#/$defs/b"}},"b":{"items":{"$ref":"#/$defs/a"}}}}"##,
        r##"{"$dynamicRef":"#x"}"##,
        r##"{"items":{"$id":"https://example.com/x"}}"##,
        r#"{"pattern":"(?=a)b"}"#,
        r#"{"patternProperties":{"(a)\\1":{}}}"#,
        &deep,
        &growing,
        &large,
    ];
    let verdict = |schema: &&str| {
        let shown: String = schema.chars().take(60).collect();
        match Api::new(&with_schema(schema), &Surroundings::of(Dialect::Alibaba)) {
            Ok(_) => format!("{shown}\n    COMPILED\n"),
            Err(violations) => format!("{shown}\n    {violations}\n"),
        }
    };
    insta::assert_snapshot!(schemas.iter().map(verdict).collect::<String>());
}
