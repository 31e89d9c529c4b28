//! Which content type the backend is told: rule × body.

use super::setup::{With, api};
use paifang_model::Dialect;
use paifang_model::definition::{ContentTypeRule, Definition, Location, RequestMode};

fn fixed(value: &str) -> ContentTypeRule {
    ContentTypeRule::Fixed { value: value.to_owned() }
}

fn stream() -> Definition {
    api("/a")
}

fn form() -> Definition {
    api("/a").takes("x", Location::Body).maps("x", Location::Body, "x")
}

#[test]
fn rules_and_bodies() {
    let rules = [
        ContentTypeRule::Client,
        ContentTypeRule::Gateway,
        fixed("text/plain"),
        fixed("multipart/form-data"),
    ];
    let calls = [
        ("json", stream(), "POST /a\ncontent-type: application/json\n\n{}"),
        ("none", stream(), "POST /a"),
        ("get", stream(), "GET /a"),
        ("multipart", stream(), "POST /a\ncontent-type: multipart/form-data; boundary=b\n\n--b--"),
        ("form", form(), "POST /a\ncontent-type: application/x-www-form-urlencoded\n\nx=1"),
        ("dropped form", stream(), "POST /a\ncontent-type: application/x-www-form-urlencoded\n\nx=1"),
    ];
    let mut table = String::new();
    for rule in rules {
        for (name, definition, call) in &calls {
            for mode in [RequestMode::Mapping, RequestMode::MappingPassthrough] {
                let definition =
                    definition.clone().mode(mode).backend(|backend| backend.content_type = rule.clone());
                let sent = definition.plan(Dialect::Alibaba).call(call);
                let told = sent.lines().find(|line| line.starts_with("content-type")).unwrap_or("-");
                table +=
                    &format!("{:<40} {name:<13} {:<20} {told}\n", format!("{rule:?}"), format!("{mode:?}"));
            }
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn a_backend_parameter_says_it_before_the_rule() {
    let api = stream()
        .constant(Location::Header, "Content-Type", "application/xml")
        .backend(|backend| backend.content_type = fixed("text/plain"))
        .plan(Dialect::Huawei);
    insta::assert_snapshot!(api.call("POST /a\ncontent-type: application/json\n\n{}"));
}
