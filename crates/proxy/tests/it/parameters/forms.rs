//! Form bodies: when one is read, what is refused, what the backend receives.

use super::setup::{With, api, parameter, story};
use paifang_model::Dialect;
use paifang_model::definition::{BackendMethod, BodyFormat, Definition, Location, RequestMode};

fn form_api(mode: RequestMode) -> Definition {
    let required = parameter("user", Location::Body, |p| p.required = true);
    api("/f")
        .mode(mode)
        .takes_one(required)
        .takes("note", Location::Body)
        .takes("q", Location::Query)
        .maps("user", Location::Body, "u[name]")
        .maps("q", Location::Body, "q")
        .constant(Location::Body, "source", "gateway & co")
}

const FORM: &str = "content-type: application/x-www-form-urlencoded";

fn calls() -> Vec<String> {
    let long = "content-type: application/x-www-form-urlencoded; charset=GBK";
    vec![
        format!(
            "POST /f?q=1\n{FORM}\ncontent-length: 40\ncontent-md5: x\n\nuser=J%C3%BCrgen+M&note=n&more=%7e&source=evil"
        ),
        format!("PUT /f\n{FORM}; charset=\"UTF-8\"\n\nuser=a&user=b"),
        format!("POST /f\n{FORM}\n\nnote=n"),
        format!("POST /f\n{long}\n\nuser=a"),
        format!("POST /f\n{FORM}\ncontent-encoding: gzip\n\nuser=a"),
        "POST /f\ncontent-type: application/json\ncontent-length: 2\n\n{}".to_owned(),
        "POST /f\ncontent-length: 2\n\n{}".to_owned(),
        "POST /f\ntransfer-encoding: chunked".to_owned(),
        "POST /f".to_owned(),
        format!("GET /f?q=1\n{FORM}"),
    ]
}

fn tell(api: &super::setup::Api) -> String {
    let calls = calls();
    story(api, &calls.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_mapped_form() {
    insta::assert_snapshot!(tell(&form_api(RequestMode::Mapping).plan(Dialect::Alibaba)));
}

#[test]
fn a_mapped_form_with_unknown_fields_going_through() {
    insta::assert_snapshot!(tell(&form_api(RequestMode::MappingPassthrough).plan(Dialect::Alibaba)));
}

#[test]
fn fields_are_dropped_where_the_backend_method_takes_none() {
    for method in [BackendMethod::Get, BackendMethod::Head, BackendMethod::Delete] {
        let api =
            form_api(RequestMode::Mapping).backend(|backend| backend.method = method).plan(Dialect::Alibaba);
        let sent = api.call(&format!("POST /f\n{FORM}\n\nuser=a"));
        assert_eq!(sent.lines().last(), Some("(no body)"), "{sent}");
    }
}

#[test]
fn a_form_that_nobody_declared_is_dropped_in_mapping_mode_alone() {
    let call = format!("POST /f\n{FORM}\n\na=1");
    let last =
        |mode| api("/f").mode(mode).plan(Dialect::Alibaba).call(&call).lines().last().map(str::to_owned);
    assert_eq!(last(RequestMode::Mapping).as_deref(), Some("(no body)"));
    assert_eq!(last(RequestMode::MappingPassthrough).as_deref(), Some("(the client's body)"));
    assert_eq!(last(RequestMode::Passthrough).as_deref(), Some("(the client's body)"));
}

#[test]
fn a_stream_is_not_read() {
    let api = form_api(RequestMode::Mapping)
        .with(|api| api.request.body_format = Some(BodyFormat::Stream))
        .plan(Dialect::Alibaba);
    insta::assert_snapshot!(api.call(&format!("POST /f\n{FORM}\ncontent-encoding: gzip\n\nuser=a")));
}

#[test]
fn a_query_becomes_a_form() {
    let api = api("/f")
        .takes("q", Location::Query)
        .maps("q", Location::Body, "q")
        .backend(|backend| backend.method = BackendMethod::Post)
        .plan(Dialect::Alibaba);
    insta::assert_snapshot!(story(&api, &["GET /f?q=a+b%26", "GET /f"]));
}

/// Where unknown values go through, an optional form does not cost the caller another body.
#[test]
fn a_body_that_is_no_form_streams_beside_an_optional_form() {
    let api = api("/f")
        .mode(RequestMode::MappingPassthrough)
        .takes("note", Location::Body)
        .maps("note", Location::Body, "note")
        .constant(Location::Body, "source", "gateway")
        .plan(Dialect::Alibaba);
    let calls = [
        "POST /f\ncontent-type: application/json\n\n{}",
        "POST /f\ncontent-length: 2\n\n{}",
        "POST /f",
        "GET /f\ncontent-type: application/json",
    ];
    insta::assert_snapshot!(story(&api, &calls));
}

#[test]
fn a_strange_byte_does_not_hide_a_form() {
    let api = api("/f").plan(Dialect::Alibaba);
    let sent = api.call(&format!("POST /f\n{FORM}; x=\u{e9}\n\na=1"));
    assert_eq!(sent.lines().last(), Some("(no body)"), "{sent}");
}

#[test]
fn a_form_has_at_most_a_thousand_fields() {
    let api = form_api(RequestMode::Mapping).plan(Dialect::Alibaba);
    let body = |fields: usize| format!("POST /f\n{FORM}\n\nuser=a{}", "&".repeat(fields - 1));
    assert!(api.call(&body(1_000)).starts_with("POST"));
    insta::assert_snapshot!(api.call(&body(1_001)), @"the body cannot be read: the form has 1001 fields, at most 1000 are read");
}
