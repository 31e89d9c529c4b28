//! Every rule of routing, and then: the tree finds what a sorted list finds.

mod properties;

use std::sync::Arc;

use http::Method;
use paifang_model::definition::MatchMode::{self, Exact, Prefix};
use paifang_model::definition::MethodRule::{self, Any, Get, Multipart, Post};
use paifang_proxy::routing::{NoMatch, Request, Table};

/// A table whose values are the patterns' own texts, with `…` after those of prefix mode.
fn table(entries: &[(&str, MethodRule, MatchMode)]) -> Table<String> {
    let mut table = Table::builder();
    for (pattern, method, mode) in entries {
        let open = if *mode == Prefix { "…" } else { "" };
        let value = format!("{method:?} {pattern}{open}");
        table.add(&Arc::new(pattern.parse().unwrap()), *method, *mode, value).unwrap();
    }
    table.build()
}

fn gets(patterns: &[&str]) -> Table<String> {
    let entries: Vec<_> = patterns.iter().map(|pattern| (*pattern, Get, Exact)).collect();
    table(&entries)
}

fn prefixes(patterns: &[&str]) -> Table<String> {
    let entries: Vec<_> = patterns.iter().map(|pattern| (*pattern, Get, Prefix)).collect();
    table(&entries)
}

/// The value, the captures and the suffix in one line.
fn find_as(table: &Table<String>, method: &Method, path: &str, multipart: bool) -> String {
    match table.find(&Request { path, method, multipart }) {
        Ok(found) => {
            let captures: Vec<&str> = found.captures.iter(path).collect();
            let captures = if captures.is_empty() { String::new() } else { format!(" {captures:?}") };
            let suffix = if found.suffix.is_empty() { String::new() } else { format!(" + {}", found.suffix) };
            format!("{}{captures}{suffix}", found.value)
        }
        Err(NoMatch::Path) => "no path".to_owned(),
        Err(NoMatch::Method) => "no method".to_owned(),
    }
}

fn find(table: &Table<String>, path: &str) -> String {
    find_as(table, &Method::GET, path, false)
}

#[test]
fn literals_match_exactly() {
    let table = gets(&["/test", "/test/", "/a//b", "/"]);
    assert_eq!(find(&table, "/test"), "Get /test");
    assert_eq!(find(&table, "/test/"), "Get /test/");
    assert_eq!(find(&table, "/a//b"), "Get /a//b");
    assert_eq!(find(&table, "/"), "Get /");
    for other in ["/Test", "/test//", "/a/b", "//", "/tes", "/testing", "test", "", "*"] {
        assert_eq!(find(&table, other), "no path", "{other}");
    }
}

#[test]
fn a_parameter_takes_one_segment_that_is_not_empty() {
    let table = gets(&["/pets/{id}", "/pets/{id}/toys/[toy]"]);
    assert_eq!(find(&table, "/pets/7"), r#"Get /pets/{id} ["7"]"#);
    assert_eq!(find(&table, "/pets/猫/toys/x y"), r#"Get /pets/{id}/toys/[toy] ["猫", "x y"]"#);
    for other in ["/pets", "/pets/", "/pets/7/", "/pets//toys/b"] {
        assert_eq!(find(&table, other), "no path", "{other}");
    }
}

#[test]
fn a_rest_takes_one_or_more_segments() {
    let table = gets(&["/files/{path+}"]);
    assert_eq!(find(&table, "/files/a"), r#"Get /files/{path+} ["a"]"#);
    assert_eq!(find(&table, "/files/a/b/"), r#"Get /files/{path+} ["a/b/"]"#);
    assert_eq!(find(&table, "/files//"), r#"Get /files/{path+} ["/"]"#);
    assert_eq!(find(&table, "/files/"), "no path");
    assert_eq!(find(&table, "/files"), "no path");
}

#[test]
fn a_wildcard_takes_whatever_follows_its_slash() {
    let table = gets(&["/files/*"]);
    assert_eq!(find(&table, "/files/a/b"), "Get /files/* + a/b");
    assert_eq!(find(&table, "/files/"), "Get /files/*");
    assert_eq!(find(&table, "/files"), "no path");
}

#[test]
fn a_prefix_goes_on_after_a_slash() {
    let table = prefixes(&["/test/AA", "/open/", "/pets/{id}"]);
    assert_eq!(find(&table, "/test/AA"), "Get /test/AA…");
    assert_eq!(find(&table, "/test/AA/CC"), "Get /test/AA… + /CC");
    assert_eq!(find(&table, "/test/AA/"), "Get /test/AA… + /");
    assert_eq!(find(&table, "/test/AACC"), "no path");
    assert_eq!(find(&table, "/open/"), "Get /open/…");
    assert_eq!(find(&table, "/open/AA/CC"), "Get /open/… + AA/CC");
    assert_eq!(find(&table, "/open//x"), "Get /open/… + /x");
    assert_eq!(find(&table, "/open"), "no path");
    assert_eq!(find(&table, "/pets/7/toys"), r#"Get /pets/{id}… ["7"] + /toys"#);
}

#[test]
fn the_root_as_a_prefix_matches_everything() {
    let table = prefixes(&["/"]);
    assert_eq!(find(&table, "/"), "Get /…");
    assert_eq!(find(&table, "/a/b"), "Get /… + a/b");
}

#[test]
fn the_more_specific_segment_wins_from_the_left() {
    let table = gets(&["/a/b", "/a/{x}", "/a/{x+}", "/a/*", "/{x}/b", "/{x+}", "/*"]);
    assert_eq!(find(&table, "/a/b"), "Get /a/b");
    assert_eq!(find(&table, "/a/c"), r#"Get /a/{x} ["c"]"#);
    assert_eq!(find(&table, "/a/c/d"), r#"Get /a/{x+} ["c/d"]"#);
    assert_eq!(find(&table, "/a/"), "Get /a/*");
    assert_eq!(find(&table, "/c/b"), r#"Get /{x}/b ["c"]"#);
    assert_eq!(find(&table, "/c/d"), r#"Get /{x+} ["c/d"]"#);
    assert_eq!(find(&table, "/"), "Get /*");
}

#[test]
fn exact_comes_before_prefix_and_the_longest_prefix_first() {
    let table = table(&[
        ("/a", Get, Prefix),
        ("/a", Get, Exact),
        ("/a/", Get, Prefix),
        ("/a/b", Get, Prefix),
        ("/a/b/{x}", Get, Exact),
        ("/a/b/*", Get, Exact),
        ("/a/b/", Get, Prefix),
    ]);
    assert_eq!(find(&table, "/a"), "Get /a");
    assert_eq!(find(&table, "/a/c"), "Get /a/… + c");
    assert_eq!(find(&table, "/a/b"), "Get /a/b…");
    assert_eq!(find(&table, "/a/b/c"), r#"Get /a/b/{x} ["c"]"#);
    assert_eq!(find(&table, "/a/b/c/d"), "Get /a/b/* + c/d");
}

#[test]
fn prefix_mode_adds_nothing_to_a_rest_or_a_wildcard() {
    let open = prefixes(&["/r/{x+}", "/w/*"]);
    assert_eq!(find(&open, "/r/a/b"), r#"Get /r/{x+}… ["a/b"]"#);
    assert_eq!(find(&open, "/w/a/b"), "Get /w/*… + a/b");
    let both = table(&[("/r/{x+}", Get, Prefix), ("/r/{y+}", Any, Exact)]);
    assert_eq!(find(&both, "/r/a"), r#"Any /r/{y+} ["a"]"#);
}

#[test]
fn a_way_that_ends_nowhere_is_walked_back() {
    let table = gets(&["/a/b/c", "/a/{x}/d", "/{x}/b/{y}/e", "/{r+}"]);
    assert_eq!(find(&table, "/a/b/d"), r#"Get /a/{x}/d ["b"]"#);
    assert_eq!(find(&table, "/a/b/c/e"), r#"Get /{x}/b/{y}/e ["a", "c"]"#);
    assert_eq!(find(&table, "/a/b/c/f"), r#"Get /{r+} ["a/b/c/f"]"#);
}

#[test]
fn the_method_takes_part_in_precedence() {
    let table = table(&[
        ("/a/b", Post, Exact),
        ("/a/{x}", Get, Exact),
        ("/a/{x}", Any, Exact),
        ("/c", Any, Exact),
        ("/c", Get, Prefix),
    ]);
    assert_eq!(find(&table, "/a/b"), r#"Get /a/{x} ["b"]"#);
    assert_eq!(find_as(&table, &Method::POST, "/a/b", false), "Post /a/b");
    assert_eq!(find_as(&table, &Method::DELETE, "/a/b", false), r#"Any /a/{x} ["b"]"#);
    // The pattern comes before the method: the mode is part of it.
    assert_eq!(find(&table, "/c"), "Any /c");
    assert_eq!(find_as(&table, &Method::PUT, "/c/d", false), "no method");
}

#[test]
fn methods_have_to_fit() {
    let table = table(&[("/a", Get, Exact), ("/any", Any, Exact)]);
    assert_eq!(find_as(&table, &Method::HEAD, "/a", false), "no method");
    assert_eq!(find_as(&table, &Method::from_bytes(b"get").unwrap(), "/a", false), "no method");
    assert_eq!(find_as(&table, &Method::from_bytes(b"PURGE").unwrap(), "/any", false), "Any /any");
    assert_eq!(find_as(&table, &Method::CONNECT, "/any", false), "Any /any");
    assert_eq!(find_as(&table, &Method::HEAD, "/b", false), "no path");
}

#[test]
fn multipart_comes_before_post_and_matches_nothing_else() {
    let entries =
        [("/a", Any, Exact), ("/a", Post, Exact), ("/a", Multipart, Exact), ("/m", Multipart, Exact)];
    let table = table(&entries);
    assert_eq!(find_as(&table, &Method::POST, "/a", true), "Multipart /a");
    assert_eq!(find_as(&table, &Method::POST, "/a", false), "Post /a");
    assert_eq!(find_as(&table, &Method::PUT, "/a", true), "Any /a");
    assert_eq!(find_as(&table, &Method::POST, "/m", false), "no method");
    assert_eq!(find_as(&table, &Method::PUT, "/m", true), "no method");
}

#[test]
fn two_of_one_shape_method_and_mode_conflict() {
    let mut table = Table::builder();
    let mut add = |pattern: &str, method, mode| {
        let added = table.add(&Arc::new(pattern.parse().unwrap()), method, mode, pattern.to_owned());
        added.map_err(|conflict| conflict.to_string())
    };
    add("/a/[x]", Get, Exact).unwrap();
    add("/a/{x}", Get, Prefix).unwrap();
    add("/a/{x}", Any, Exact).unwrap();
    add("/a/", Get, Prefix).unwrap();
    add("/a/*", Get, Prefix).unwrap();
    insta::assert_snapshot!(
        add("/a/{y}", Get, Exact).unwrap_err(),
        @"cannot route GET `/a/{y}` (exact match): it answers the same requests as `/a/[x]`, which was there before"
    );
    insta::assert_snapshot!(
        add("/a/", Get, Prefix).unwrap_err(),
        @"cannot route GET `/a/` (prefix match): it answers the same requests as `/a/`, which was there before"
    );
    assert_eq!(table.len(), 5);
    assert_eq!(find(&table.build(), "/a/1"), r#"/a/[x] ["1"]"#);
}

#[test]
fn many_siblings_and_many_captures() {
    let siblings: Vec<String> = (0..100).map(|number| format!("/s{number}/{{x}}")).collect();
    let table = gets(&siblings.iter().map(String::as_str).collect::<Vec<_>>());
    for number in 0..100 {
        assert_eq!(find(&table, &format!("/s{number}/v")), format!("Get /s{number}/{{x}} [\"v\"]"));
    }
    assert_eq!(find(&table, "/s100/v"), "no path");

    let pattern: String = (0..20).map(|number| format!("/{{p{number}}}")).collect();
    let path: String = (0..20).map(|number| format!("/v{number}")).collect();
    let table = gets(&[&pattern]);
    let found = table.find(&Request { path: &path, method: &Method::GET, multipart: false }).unwrap();
    let values: Vec<&str> = found.captures.iter(&path).collect();
    assert_eq!(values.join("/"), path[1..]);
    assert_eq!(found.captures.len(), 20);
}
