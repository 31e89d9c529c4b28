//! Host names in the form in which they are bound.

use insta::assert_snapshot;
use paifang_model::domain::parse_host;
use proptest::prelude::*;

use crate::samples::said;

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
