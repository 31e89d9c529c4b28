//! Multipart bodies: what is read, what is refused, what the backend receives.
#![allow(clippy::unwrap_used, reason = "tests")]

use bytes::Bytes;
use paifang_model::Dialect;
use paifang_model::definition::{
    BackendMethod, Definition, Location, MethodRule, ParameterType, RequestMode,
};
use paifang_proxy::parameters::{Boundary, read_multipart};

use super::setup::{Api, With, api, parameter, parse, print};

fn upload(mode: RequestMode) -> Definition {
    let file = parameter("file", Location::Body, |p| {
        p.kind = ParameterType::File;
        p.required = true;
    });
    let number = parameter("n", Location::Body, |p| p.kind = ParameterType::Int);
    api("/u")
        .with(|api| api.request.method = MethodRule::Multipart)
        .mode(mode)
        .takes_one(file)
        .takes_one(number)
        .takes("q", Location::Query)
        .maps("file", Location::Body, "document")
        .maps("n", Location::Body, "number")
        .maps("q", Location::Body, "query")
        .constant(Location::Body, "source", "gateway")
}

const BODY: &str = "--XX\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a \\\"b\\\" c.txt\"\r\ncontent-type: text/plain; charset=gbk\r\n\r\nline 1\r\n--X\r\n\r\n\
    --XX  \r\nContent-Disposition: form-data; name=n\r\nX-Other: dropped\r\n\r\n5\r\n\
    --XX\r\nContent-Disposition: form-data; name=\"more\"; filename*=utf-8''%e4%b8%ad.bin\r\n\r\n\r\n\
    --XX\r\nContent-Disposition: form-data; name=\"source\"\r\n\r\nevil\r\n--XX--\r\nepilogue";

fn call(api: &Api, body: &str) -> String {
    let (head, _) = parse("POST /u?q=1\ncontent-type: multipart/form-data; boundary=XX\ncontent-length: 9");
    match api.send(&head, &Bytes::copy_from_slice(body.as_bytes())) {
        Ok(outgoing) => print(&outgoing.unwrap(), &head),
        Err(error) => error.to_string(),
    }
}

#[test]
fn parts_are_mapped() {
    insta::assert_snapshot!(call(&upload(RequestMode::Mapping).plan(Dialect::Alibaba), BODY));
}

#[test]
fn unknown_parts_go_through() {
    insta::assert_snapshot!(call(&upload(RequestMode::MappingPassthrough).plan(Dialect::Alibaba), BODY));
}

#[test]
fn parts_are_dropped_where_the_backend_method_takes_none() {
    let api = upload(RequestMode::Mapping).backend(|backend| backend.method = BackendMethod::Get);
    insta::assert_snapshot!(call(&api.plan(Dialect::Alibaba), BODY));
}

#[test]
fn a_part_is_checked_like_any_value() {
    let api = upload(RequestMode::Mapping).plan(Dialect::Alibaba);
    let part = |name: &str, value: &str| {
        format!("--XX\r\nContent-Disposition: form-data; name={name}\r\n\r\n{value}\r\n")
    };
    let n = |value: &str| format!("{}{}--XX--", part("file", ""), part("n", value));
    insta::assert_snapshot!(call(&api, &n("five")), @"the parameter `n` is refused: `five` is not a whole number of 32 bits");
    insta::assert_snapshot!(call(&api, "--XX--"), @"the parameter `file` is required");
}

/// Each broken body, and what is said about it.
#[test]
fn what_two_readers_could_read_in_two_ways_is_refused() {
    let head = "--XX\r\nContent-Disposition: form-data; name=a";
    let bodies = [
        String::new(),
        "preamble\r\n--XX--".to_owned(),
        "--X--".to_owned(),
        "--XXY\r\n\r\n".to_owned(),
        "--XX\n".to_owned(),
        format!("{head}\r\n\r\n1"),
        format!("{head}\r\n\r\n1\r\n--XX"),
        format!("{head}\r\n\r\n1\r\n--XXmore\r\n--XX--"),
        format!("{head}\r\n"),
        format!("{head}\n\n1\r\n--XX--"),
        format!("{head}\r\n folded: yes\r\n\r\n1\r\n--XX--"),
        format!("{head}\r\nno colon\r\n\r\n1\r\n--XX--"),
        format!("{head}\r\nContent-Disposition: form-data; name=b\r\n\r\n1\r\n--XX--"),
        format!("{head}; name=b\r\n\r\n1\r\n--XX--"),
        format!("{head}\r\nContent-Transfer-Encoding: base64\r\n\r\n1\r\n--XX--"),
        format!("{head}; filename*=latin1''x\r\n\r\n1\r\n--XX--"),
        format!("{head}; filename*=utf-8''%0d%0a\r\n\r\n1\r\n--XX--"),
        "--XX\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--XX--".to_owned(),
        "--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XX--".to_owned(),
        "--XX\r\nContent-Type: text/plain\r\n\r\n1\r\n--XX--".to_owned(),
        "--XX\r\n\r\n1\r\n--XX--".to_owned(),
        format!("{head}\r\nX: {}\r\n\r\n1\r\n--XX--", "x".repeat(8 * 1024)),
        format!("{}--XX--", format!("{head}\r\n\r\n1\r\n").repeat(101)),
    ];
    let boundary = Boundary::parse("XX").unwrap();
    let verdict = |body: &String| {
        let shown: String = format!("{body:?}").chars().take(70).collect();
        let verdict = read_multipart(&Bytes::copy_from_slice(body.as_bytes()), &boundary);
        format!("{shown}\n    {}\n", verdict.expect_err("it is broken"))
    };
    insta::assert_snapshot!(bodies.iter().map(verdict).collect::<String>());
}

#[test]
fn a_content_type_must_fit() {
    let api = upload(RequestMode::Mapping).plan(Dialect::Alibaba);
    let types = [
        "application/json",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"a;b\"",
        "multipart/form-data; boundary=a; charset=gbk",
        "multipart/form-data; x; Boundary=\"a b:c\"",
    ];
    let verdict = |text: &&str| {
        let (head, _) = parse(&format!("POST /u\ncontent-type: {text}"));
        match api.plan.body_need(&head.method, &head.headers) {
            Ok(need) => format!("{text}: {need:?}\n"),
            Err(error) => format!("{text}: {error}\n"),
        }
    };
    insta::assert_snapshot!(types.iter().map(verdict).collect::<String>());
}
