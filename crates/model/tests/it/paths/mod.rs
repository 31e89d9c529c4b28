//! Path patterns: what is accepted, what is kept of it, what it matches.

mod properties;

use insta::assert_snapshot;
use paifang_model::path::{PATTERN_AT_MOST, PathPattern, Segment};

use crate::samples::said;

fn segments(text: &str) -> String {
    match text.parse::<PathPattern>() {
        Ok(pattern) => format!("{:?}", pattern.segments()),
        complaint => said(complaint),
    }
}

fn table(paths: &[&str]) -> String {
    paths
        .iter()
        .map(|path| format!("{:<16} {}", path.escape_debug().to_string(), segments(path)))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn segments_are_literals_parameters_and_the_rest() {
    let paths = [
        "/",
        "/pets",
        "/pets/",
        "//pets",
        "/pets/[id]",
        "/pets/{id}",
        "/{a}/x/[b]",
        "/files/{path+}",
        "/files/[path+]",
        "/files/*",
        "/*",
        "/a*b",
        "/*/b",
        "/a/**",
        "/{a.b-c_d}",
        "/宠物/~a;b,c@d:e",
    ];
    assert_snapshot!(table(&paths), @r#"
    /                [Literal("")]
    /pets            [Literal("pets")]
    /pets/           [Literal("pets"), Literal("")]
    //pets           [Literal(""), Literal("pets")]
    /pets/[id]       [Literal("pets"), Parameter("id")]
    /pets/{id}       [Literal("pets"), Parameter("id")]
    /{a}/x/[b]       [Parameter("a"), Literal("x"), Parameter("b")]
    /files/{path+}   [Literal("files"), Rest("path")]
    /files/[path+]   [Literal("files"), Rest("path")]
    /files/*         [Literal("files"), Wildcard]
    /*               [Wildcard]
    /a*b             [Literal("a*b")]
    /*/b             [Literal("*"), Literal("b")]
    /a/**            [Literal("a"), Literal("**")]
    /{a.b-c_d}       [Parameter("a.b-c_d")]
    /宠物/~a;b,c@d:e   [Literal("宠物"), Literal("~a;b,c@d:e")]
    "#);
}

#[test]
fn what_is_not_a_pattern_is_refused_with_the_reason() {
    let paths = [
        "",
        "pets",
        "http://a/b",
        "/abc{x}",
        "/{x}abc",
        "/{x}{y}",
        "/[x}",
        "/{x",
        "/x]",
        "/{}",
        "/[+]",
        "/{a b}",
        "/{名}",
        "/{x+}/y",
        "/{x}/[x]",
        "/{x}/{x+}",
        "/a/../b",
        "/.",
        "/a b",
        "/a?b",
        "/a#b",
        "/a%20b",
        "/a\\b",
        "/a\nb",
    ];
    assert_snapshot!(table(&paths), @r#"
                     format: the path `` must start with `/`
    pets             format: the path `pets` must start with `/`
    http://a/b       format: the path `http://a/b` must start with `/`
    /abc{x}          format: in the path segment `abc{x}` a parameter must be the whole segment
    /{x}abc          format: in the path segment `{x}abc` a parameter must be the whole segment
    /{x}{y}          format: in the path segment `{x}{y}` a parameter must be the whole segment
    /[x}             format: in the path segment `[x}` a parameter must be the whole segment
    /{x              format: in the path segment `{x` a parameter must be the whole segment
    /x]              format: in the path segment `x]` a parameter must be the whole segment
    /{}              format: `{}` is not a parameter name in brackets
    /[+]             format: `[+]` is not a parameter name in brackets
    /{a b}           format: `{a b}` is not a parameter name in brackets
    /{名}             format: `{名}` is not a parameter name in brackets
    /{x+}/y          format: `{x+}` takes the rest of the path and must come last
    /{x}/[x]         format: the path names the parameter `x` twice
    /{x}/{x+}        format: the path names the parameter `x` twice
    /a/../b          format: the path segment `..` is a dot segment
    /.               format: the path segment `.` is a dot segment
    /a b             format: the path segment `a b` contains a space, a control character or one of `?#\%`: write it decoded
    /a?b             format: the path segment `a?b` contains a space, a control character or one of `?#\%`: write it decoded
    /a#b             format: the path segment `a#b` contains a space, a control character or one of `?#\%`: write it decoded
    /a%20b           format: the path segment `a%20b` contains a space, a control character or one of `?#\%`: write it decoded
    /a\\b            format: the path segment `a\b` contains a space, a control character or one of `?#\%`: write it decoded
    /a\nb            format: the path segment `a#b` contains a space, a control character or one of `?#\%`: write it decoded
    "#);
}

#[test]
fn a_pattern_has_at_most_so_many_characters() {
    let longest = format!("/{}", "宠".repeat(PATTERN_AT_MOST - 1));
    assert!(longest.parse::<PathPattern>().is_ok());
    let complaint = format!("{longest}x").parse::<PathPattern>().unwrap_err();
    assert_snapshot!(complaint, @"a path has at most 512 characters");
}

#[test]
fn brackets_are_a_matter_of_writing() {
    let square: PathPattern = "/a/[b]/{c+}".parse().unwrap();
    assert_eq!(square.in_brackets(('[', ']')).as_str(), "/a/[b]/[c+]");
    assert_eq!(square.in_brackets(('{', '}')).as_str(), "/a/{b}/{c+}");
    assert_eq!(square.in_brackets(('{', '}')).segments(), square.segments());
    assert_eq!(square.as_str(), "/a/[b]/{c+}", "the text is remembered");
}

#[test]
fn the_shape_leaves_the_names_out() {
    let shape = |text: &str| text.parse::<PathPattern>().unwrap().shape();
    assert_snapshot!(shape("/a/[b]/{c+}"), @"/a/{}/{+}");
    assert_snapshot!(shape("/a//[b]/*"), @"/a//{}/*");
    assert_eq!(shape("/a/[b]"), shape("/a/{c}"));
    assert_ne!(shape("/a"), shape("/a/"));
}

#[test]
fn parameters_are_named_in_order() {
    let pattern: PathPattern = "/{z}/b/[a]/{m+}".parse().unwrap();
    assert_eq!(pattern.parameters().collect::<Vec<_>>(), ["z", "a", "m"]);
    assert!(matches!(pattern.segments().last(), Some(Segment::Rest(_))));
}
