//! Targets: raw as sent, decoded once, or refused with the rule and the value.

use std::borrow::Cow;

use paifang_wire::{Target, TargetRule, decode_path};
use proptest::prelude::*;

#[test]
fn the_parts_are_as_sent() {
    let target: Target = "http://a.test:81/p%41th//x?q=%2e&r".parse().unwrap();
    assert_eq!(target.raw_path(), "/p%41th//x");
    assert_eq!(target.query(), Some("q=%2e&r"));
    assert_eq!((target.host(), target.authority()), (Some("a.test"), Some("a.test:81")));
    assert_eq!(target.decoded_path().unwrap(), "/pAth//x");
    let plain: Target = "/p?".parse().unwrap();
    assert_eq!((plain.query(), plain.host(), plain.as_str()), (Some(""), None, "/p?"));
    assert_eq!("*".parse::<Target>().unwrap().raw_path(), "*");
}

#[test]
fn a_clean_path_is_borrowed() {
    for path in ["/", "/a/b.c/...d/.well-known", "/a..b/c."] {
        assert!(matches!(decode_path(path).unwrap(), Cow::Borrowed(same) if same == path));
    }
    assert_eq!(decode_path("/%E4%BD%A0%20").unwrap(), "/你 ");
}

#[test]
fn refused_paths_name_the_rule() {
    let cases = [
        ("/a/../b", TargetRule::DotSegment),
        ("/a/.", TargetRule::DotSegment),
        ("..", TargetRule::DotSegment),
        ("/%2e%2E/b", TargetRule::DotSegment),
        ("/a%2f..%2fb", TargetRule::DotSegment),
        ("/%252e%252e/", TargetRule::DoubleEncodedDot),
        ("/%25%32%65", TargetRule::DoubleEncodedDot),
        ("/a%00b", TargetRule::Nul),
        ("/a%5cb", TargetRule::Backslash),
        ("/a\\b", TargetRule::Backslash),
        ("/%ff", TargetRule::InvalidUtf8),
        ("/%c0%ae%c0%ae/", TargetRule::InvalidUtf8),
        ("/%", TargetRule::BadEscape),
        ("/%4", TargetRule::BadEscape),
        ("/%zz", TargetRule::BadEscape),
    ];
    for (path, rule) in cases {
        let error = decode_path(path).unwrap_err();
        assert_eq!(error.rule, rule, "{path}");
    }
    let error = decode_path("/a/../b").unwrap_err();
    assert_eq!(error.to_string(), "the path `/a/../b` has a `.` or `..` segment");
    assert_eq!(Target::parse(b"/a b").unwrap_err().rule, TargetRule::Malformed);
    assert_eq!(Target::parse(b"").unwrap_err().rule, TargetRule::Malformed);
    assert!(decode_path(&format!("/{}/..", "x".repeat(9999))).unwrap_err().value.len() <= 200);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(raw in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(target) = Target::parse(&raw) {
            let _ = (target.decoded_path(), target.query(), target.host());
        }
    }

    #[test]
    fn a_decoded_path_has_no_dot_segment_and_nothing_left_to_decode_into_one(
        raw in "(/|\\.|%2e|%2E|%2f|%25|%5c|2e|2f|\\\\|[a-c]){0,24}"
    ) {
        if let Ok(decoded) = decode_path(&raw) {
            prop_assert!(decoded.split('/').all(|segment| segment != "." && segment != ".."));
            prop_assert!(!decoded.contains(['\\', '\0']));
            prop_assert!(!decoded.to_ascii_lowercase().contains("%2e"));
        }
    }

    #[test]
    fn paths_without_anything_special_come_back(raw in "(/[a-z0-9_~-]{1,8}){1,6}") {
        let target: Target = raw.parse().unwrap();
        prop_assert_eq!(target.decoded_path().unwrap(), raw.as_str());
    }
}
