//! Host names in the form in which they are bound.

use insta::assert_snapshot;
use paifang_model::domain::{HostPattern, parse_host, parse_patterns};
use proptest::prelude::*;

use crate::samples::{said, told};

#[test]
fn hosts() {
    let cases = [
        "api.example.com",
        "API.Example.COM",
        "api.example.com.",
        "localhost",
        "127.0.0.1",
        "*.example.com",
        "*.a.b.example.com",
        "a_b.example.com",
        "xn--fiq228c.cn",
        "1.example.com",
        "",
        ".",
        "..",
        "*",
        "*.",
        "*.com",
        "*.*.example.com",
        "a.*.example.com",
        "a..b",
        ".a.b",
        "a.b..",
        "-a.b",
        "a-.b",
        "a b.c",
        "a.b:80",
        "a/b.c",
        "中文.com",
        "[::1]",
        "a.b\r\nx: y",
    ];
    let line = |case: &&str| match parse_host(case) {
        Ok(host) => format!("{case:?} → {host}"),
        refused => format!("{case:?} {}", said(refused)),
    };
    assert_snapshot!(cases.iter().map(line).collect::<Vec<_>>().join("\n"), @r#"
    "api.example.com" → api.example.com
    "API.Example.COM" → api.example.com
    "api.example.com." → api.example.com
    "localhost" → localhost
    "127.0.0.1" → 127.0.0.1
    "*.example.com" → *.example.com
    "*.a.b.example.com" → *.a.b.example.com
    "a_b.example.com" → a_b.example.com
    "xn--fiq228c.cn" → xn--fiq228c.cn
    "1.example.com" → 1.example.com
    "" format: `` is not a host name: 1 to 253 characters are allowed
    "." format: `.` is not a host name: 1 to 253 characters are allowed
    ".." format: `..` is not a host name: a label has 1 to 63 characters
    "*" format: `*` is not a host name: a label holds letters, digits, `-` and `_`
    "*." format: `*.` is not a host name: a label holds letters, digits, `-` and `_`
    "*.com" format: `*.com` is not a host name: a wildcard needs at least two labels below it
    "*.*.example.com" format: `*.*.example.com` is not a host name: a label holds letters, digits, `-` and `_`
    "a.*.example.com" format: `a.*.example.com` is not a host name: a label holds letters, digits, `-` and `_`
    "a..b" format: `a..b` is not a host name: a label has 1 to 63 characters
    ".a.b" format: `.a.b` is not a host name: a label has 1 to 63 characters
    "a.b.." format: `a.b..` is not a host name: a label has 1 to 63 characters
    "-a.b" format: `-a.b` is not a host name: a label neither starts nor ends with `-`
    "a-.b" format: `a-.b` is not a host name: a label neither starts nor ends with `-`
    "a b.c" format: `a b.c` is not a host name: a label holds letters, digits, `-` and `_`
    "a.b:80" format: `a.b:80` is not a host name: a label holds letters, digits, `-` and `_`
    "a/b.c" format: `a/b.c` is not a host name: a label holds letters, digits, `-` and `_`
    "中文.com" format: `中文.com` is not a host name: a label holds letters, digits, `-` and `_`
    "[::1]" format: `[::1]` is not a host name: a label holds letters, digits, `-` and `_`
    "a.b\r\nx: y" format: `a.b##x: y` is not a host name: a label holds letters, digits, `-` and `_`
    "#);
}

#[test]
fn lengths() {
    let label = "a".repeat(63);
    assert!(parse_host(&format!("{label}.com")).is_ok());
    assert_snapshot!(parse_host(&format!("{label}a.com")).unwrap_err(), @"`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…` is not a host name: a label has 1 to 63 characters");
    let name = format!("{label}.{label}.{label}.{}", "a".repeat(61));
    assert_eq!(name.len(), 253);
    assert!(parse_host(&name).is_ok() && parse_host(&format!("{name}.")).is_ok());
    assert_snapshot!(parse_host(&format!("{name}a")).unwrap_err(), @"`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.…` is not a host name: 1 to 253 characters are allowed");
}

fn patterns(host: &str, given: &[&str]) -> String {
    let given: Vec<String> = given.iter().map(|&text| text.to_owned()).collect();
    match parse_patterns(host, &given) {
        Ok(kept) => kept.join(" "),
        Err(violations) => told(Err(violations)),
    }
}

#[test]
fn patterns_are_the_domain_with_a_placeholder() {
    let all = ["{svc}.Prd.Example.COM", "V1-{Svc}.prd.example.com", "{_s1}_OLD.prd.example.com"];
    let kept = "{svc}.prd.example.com v1-{Svc}.prd.example.com {_s1}_old.prd.example.com";
    assert_eq!(patterns("*.prd.example.com", &all), kept);
    assert_eq!(patterns("*.prd.example.com", &kept.split(' ').collect::<Vec<_>>()), kept);
    let wrong = [
        "",
        "*.a.com",
        "svc.a.com",
        "{svc.a.com",
        "svc}.a.com",
        "{}.a.com",
        "{1}.a.com",
        "{a b}.a.com",
        "{a}{b}.a.com",
        "{a}-{b}.a.com",
        "{{a}}.a.com",
        "-{a}.a.com",
        "{a}-.a.com",
        "{a}/.a.com",
        "{a}",
        "{a}.b.com",
        "{a}.b.a.com",
        "b.{a}.a.com",
        "{a}.a.com.",
        "{a}\r\n.a.com",
    ];
    assert_snapshot!(wrong.map(|text| format!("{text:?} {}", said(HostPattern::parse("*.a.com", text)))).join("\n"), @r#"
    "" format: `` is not a pattern of `*.a.com`: after its first label it goes on as the domain does
    "*.a.com" format: `*.a.com` is not a pattern of `*.a.com`: its first label holds a placeholder, as `{svc}`
    "svc.a.com" format: `svc.a.com` is not a pattern of `*.a.com`: its first label holds a placeholder, as `{svc}`
    "{svc.a.com" format: `{svc.a.com` is not a pattern of `*.a.com`: its first label holds a placeholder, as `{svc}`
    "svc}.a.com" format: `svc}.a.com` is not a pattern of `*.a.com`: its first label holds a placeholder, as `{svc}`
    "{}.a.com" format: `{}.a.com` is not a pattern of `*.a.com`: `` has 0 characters, but 1 to 50 are allowed
    "{1}.a.com" format: `{1}.a.com` is not a pattern of `*.a.com`: `1` must start with one of: letters, `_`
    "{a b}.a.com" format: `{a b}.a.com` is not a pattern of `*.a.com`: `a b` contains ' ', but only these are allowed: letters, digits, `_`
    "{a}{b}.a.com" format: `{a}{b}.a.com` is not a pattern of `*.a.com`: its first label holds one placeholder, not several
    "{a}-{b}.a.com" format: `{a}-{b}.a.com` is not a pattern of `*.a.com`: its first label holds one placeholder, not several
    "{{a}}.a.com" format: `{{a}}.a.com` is not a pattern of `*.a.com`: its first label holds one placeholder, not several
    "-{a}.a.com" format: `-{a}.a.com` is not a pattern of `*.a.com`: a label neither starts nor ends with `-`
    "{a}-.a.com" format: `{a}-.a.com` is not a pattern of `*.a.com`: a label neither starts nor ends with `-`
    "{a}/.a.com" format: `{a}/.a.com` is not a pattern of `*.a.com`: a label holds letters, digits, `-` and `_`
    "{a}" format: `{a}` is not a pattern of `*.a.com`: after its first label it goes on as the domain does
    "{a}.b.com" format: `{a}.b.com` is not a pattern of `*.a.com`: after its first label it goes on as the domain does
    "{a}.b.a.com" format: `{a}.b.a.com` is not a pattern of `*.a.com`: after its first label it goes on as the domain does
    "b.{a}.a.com" format: `b.{a}.a.com` is not a pattern of `*.a.com`: after its first label it goes on as the domain does
    "{a}.a.com." format: `{a}.a.com.` is not a pattern of `*.a.com`: after its first label it goes on as the domain does
    "{a}\r\n.a.com" format: `{a}##.a.com` is not a pattern of `*.a.com`: a label holds letters, digits, `-` and `_`
    "#);
}

#[test]
fn lists_of_patterns_have_rules() {
    assert_eq!(patterns("a.example.com", &[]), "");
    assert_snapshot!(patterns("a.example.com", &["{svc}.example.com"]), @" (conflict): `a.example.com` is not a wildcard domain, and only these have patterns");
    assert_snapshot!(patterns("*.a.com", &["{a}.a.com", "x", "{a}.A.com"]), @r"
    /1 (format): `x` is not a pattern of `*.a.com`: after its first label it goes on as the domain does
    /2 (duplicate): `{a}.A.com` is there twice
    ");
    let many: Vec<String> = (0..17).map(|number| format!("{{a}}-{number}.a.com")).collect();
    assert!(parse_patterns("*.a.com", &many[..16]).is_ok());
    assert_snapshot!(told(parse_patterns("*.a.com", &many).map(drop)), @" (range): 17 patterns are too many: 16 are allowed");
}

#[test]
fn a_placeholder_stands_for_something() {
    let part =
        |text, label: &str| HostPattern::parse("*.a.com", text).unwrap().part(label).map(str::to_owned);
    assert_eq!(part("{svc}.a.com", "pay").as_deref(), Some("pay"));
    assert_eq!(part("V1-{svc}-x.a.com", "v1-pay-x").as_deref(), Some("pay"));
    for label in ["v1--x", "v1-x", "pay-x", "v1-pay", "v1-pay-xx", ""] {
        assert_eq!(part("v1-{svc}-x.a.com", label), None, "{label}");
    }
}

proptest! {
    #[test]
    fn a_bound_host_is_its_own_form(text in "\\PC{0,30}", host in "(\\*\\.)?[a-zA-Z0-9._-]{0,20}\\.?") {
        for text in [text, host] {
            if let Ok(parsed) = parse_host(&text) {
                prop_assert_eq!(parse_host(&parsed), Ok(parsed.clone()));
                prop_assert!(!parsed.ends_with('.') && !parsed.bytes().any(|byte| byte.is_ascii_uppercase()));
                prop_assert!(parsed.is_ascii() && parsed.len() <= 253 && !parsed.is_empty());
                prop_assert_eq!(parse_host(&text.to_ascii_uppercase()), Ok(parsed));
            }
        }
    }
}
