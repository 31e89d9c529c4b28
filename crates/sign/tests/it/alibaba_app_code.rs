//! AppCode requests as captured, and what is none.

use paifang_sign::alibaba::app_code::{from_authorization, from_query};
use serde::Deserialize;

use crate::vectors::{Wire, each, read};

#[derive(Deserialize)]
struct Vector {
    name: String,
    wire: Wire,
}

#[test]
fn captured_requests() {
    for vector in each::<Vector>(&read("alibaba/appcode-npm.json")["vectors"]) {
        let headers = vector.wire.headers();
        let (_, value) = headers.iter().find(|(name, _)| name == "authorization").unwrap();
        assert_eq!(from_authorization(value.as_bytes()), Some("abcdef0123456789"), "{}", vector.name);
    }
}

#[test]
fn scheme_word_has_no_case_and_the_code_is_not_empty() {
    assert_eq!(from_authorization(b"appcode  abc"), Some("abc"));
    for other in ["APPCODE", "APPCODE ", "APPCODEabc", "Bearer abc", ""] {
        assert_eq!(from_authorization(other.as_bytes()), None, "{other}");
    }
    assert_eq!(from_authorization(b"APPCODE \xff"), None);
}

#[test]
fn query_parameter_is_decoded() {
    assert_eq!(from_query(b"a=1&AppCode=x%2By").as_deref(), Some("x+y"));
    assert_eq!(from_query(b"appcode=z").as_deref(), Some("z"));
    for none in ["", "AppCode=", "APPCODE=x", "a=AppCode", "AppCode=%ff"] {
        assert_eq!(from_query(none.as_bytes()), None, "{none}");
    }
}
