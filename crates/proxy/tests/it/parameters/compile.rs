//! What is refused at release, and what is needed of a body.

use super::setup::{Api, With, api, parameter};
use paifang_model::Dialect;
use paifang_model::definition::{Definition, Location, MethodRule, Origin, ParameterType};
use paifang_proxy::parameters::Surroundings;

fn complaints(definition: &Definition) -> String {
    match Api::new(definition, &Surroundings::of(Dialect::Alibaba)) {
        Ok(_) => "none".to_owned(),
        Err(violations) => {
            violations.iter().map(|v| format!("{} {:?}: {}\n", v.pointer, v.rule, v.message)).collect()
        }
    }
}

#[test]
fn all_complaints_come_at_once() {
    let file = parameter("file", Location::Body, |p| p.kind = ParameterType::File);
    let pattern = parameter("pattern", Location::Query, |p| p.pattern = Some("(?<!a)b".to_owned()));
    let definition = api("/a/{id}")
        .with(|api| api.request.method = MethodRule::Multipart)
        .to("/b/{nobody}")
        .takes("gone", Location::Path)
        .takes("not a header", Location::Header)
        .takes_one(file)
        .takes_one(pattern)
        .maps("file", Location::Query, "file")
        .maps("unknown", Location::Query, "x")
        .system(Location::Query, "y", "CaNothing")
        .constant(Location::Header, "Content-Length", "7")
        .constant(Location::Header, "X-Twice", "1")
        .constant(Location::Header, "x-twice", "2")
        .constant(Location::Header, "X-Line", "a\nb")
        .sends(Location::Header, "b c", Origin::Constant { value: String::new() });
    insta::assert_snapshot!(complaints(&definition));
}

#[test]
fn a_backend_path_must_be_one() {
    insta::assert_snapshot!(complaints(&api("/a").to("no slash")));
}
