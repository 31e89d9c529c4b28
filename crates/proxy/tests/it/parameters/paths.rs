//! Raw → matched → forwarded: one golden table per dialect.

use super::setup::{With, api, parse};
use paifang_model::Dialect;
use paifang_model::definition::{Definition, Location, MatchMode, RequestMode};

/// APIs by frontend and backend path; a parameter is mapped to the place of its name.
const APIS: [(&str, MatchMode, &str); 9] = [
    ("/a/[x]", MatchMode::Exact, "/v1/[x]"),
    ("/a/{x}/{y}", MatchMode::Exact, "/{y}/中文x/{x}"),
    ("/r/{p+}", MatchMode::Exact, "/v1/{p+}"),
    ("/s/{p+}", MatchMode::Exact, "/v1/{p}"),
    ("/w/*", MatchMode::Exact, "/v2/*"),
    ("/w/*", MatchMode::Exact, "/v2"),
    ("/test/", MatchMode::Prefix, "/test2/"),
    ("/test/AA", MatchMode::Prefix, "/test2"),
    ("/p", MatchMode::Prefix, "/v2/*"),
];

const RAW: [&str; 33] = [
    "/a/1",
    "/a/%5Bapig%5D",
    "/a/x+y",
    "/a/x%2By",
    "/a/x%20y",
    "/a/%E4%B8%AD",
    "/a/50%25",
    "/a/%253F",
    "/a/q%3Fq%23h",
    "/a/a:b@c;d=e,f!$&'()*~",
    "/a/%22%3C%3E%5E%60%7B%7C%7D",
    "/a/%00",
    "/a/%2e%2e",
    "/a/..%2Fb",
    "/a/a%2Fb",
    "/a/1/2",
    "/r/a/b/c",
    "/r/a%2Fb%20c",
    "/r/a//b/",
    "/s/a/b",
    "/w/",
    "/w/a/b?q=1",
    "/w/a//b/",
    "/w/%E4%B8%AD%2F%5B",
    "/test/",
    "/test/AA/CC",
    "/test/AA/CC/",
    "/test/AA",
    "/test/AA/",
    "/test/AACC",
    "/p",
    "/p/",
    "/p/x%20y/z",
];

fn definition((path, match_mode, backend): (&str, MatchMode, &str)) -> Definition {
    let names: Vec<String> = path
        .split(['/', '[', ']', '{', '}', '+'])
        .filter(|name| ["x", "y", "p"].contains(name) && !path.ends_with(&format!("/{name}")))
        .map(str::to_owned)
        .collect();
    let start = api(path).to(backend).with(|api| api.request.match_mode = match_mode);
    names.iter().fold(start, |api, name| api.takes(name, Location::Path).maps(name, Location::Path, name))
}

fn table(dialect: Dialect) -> String {
    let mut lines = format!("{:<32}{:<14}{:<22}{:<28}forwarded\n", "raw", "api", "backend", "matched");
    for raw in RAW {
        let (head, body) = parse(&format!("GET {raw}"));
        let decoded = match head.target.decoded_path() {
            Ok(decoded) => decoded.into_owned(),
            Err(error) => {
                lines += &format!("{raw:<32}refused: {error}\n");
                continue;
            }
        };
        let apis = APIS.map(|api| (api, definition(api).plan(dialect)));
        let fitting: Vec<_> = apis.iter().filter(|(_, api)| api.matched(&decoded).is_some()).collect();
        if fitting.is_empty() {
            lines += &format!("{raw:<32}no API matches {decoded:?}\n");
        }
        for ((path, _, backend), api) in fitting {
            let forwarded = match api.send(&head, &body) {
                Ok(outgoing) => outgoing.map(|outgoing| outgoing.target.to_string()).unwrap_or_default(),
                Err(error) => error.to_string(),
            };
            lines += &format!("{raw:<32}{path:<14}{backend:<22}{decoded:<28}{forwarded}\n");
        }
    }
    lines
}

#[test]
fn paths_in_the_first_dialect() {
    insta::assert_snapshot!(table(Dialect::Alibaba));
}

#[test]
fn paths_in_the_second_dialect() {
    insta::assert_snapshot!(table(Dialect::Huawei));
}

#[test]
fn a_value_cannot_climb_out_of_the_backend_path() {
    let api = api("/f")
        .to("/files/{x}")
        .takes("x", Location::Query)
        .maps("x", Location::Path, "x")
        .plan(Dialect::Huawei);
    let calls = [
        "GET /f?x=a..b",
        "GET /f?x=..",
        "GET /f?x=a%2F..%2Fb",
        "GET /f?x=..%5Cb",
        "GET /f?x=%252e%252e",
        "GET /f",
    ];
    insta::assert_snapshot!(super::setup::story(&api, &calls));
}

#[test]
fn an_empty_value_leaves_an_empty_segment() {
    let api = api("/f")
        .to("/{x}/b")
        .takes("x", Location::Query)
        .maps("x", Location::Path, "x")
        .plan(Dialect::Huawei);
    insta::assert_snapshot!(api.call("GET /f?x=").lines().next().unwrap_or_default(), @"GET //b");
}

#[test]
fn in_pass_through_mode_the_path_fills_itself() {
    let api = api("/a/[id]")
        .mode(RequestMode::Passthrough)
        .to("/b/[id]")
        .takes("id", Location::Path)
        .plan(Dialect::Alibaba);
    insta::assert_snapshot!(api.call("GET /a/x%20y?q"));
}
