//! Secrets: shown by nothing but `expose` and documents at rest.

use insta::assert_snapshot;
use paifang_model::{AccessKey, AppCode, AppKey, Secret};
use proptest::prelude::*;
use serde::Serialize;

use crate::samples::{id, told};

const TEXT: &str = "correct-horse-battery";

fn app_key(key: &str, secret: &str) -> AppKey {
    AppKey { id: AppKey::id_of(key), app: id(1).into(), key: key.to_owned(), secret: Secret::new(secret) }
}

fn app_code(code: &str) -> AppCode {
    AppCode { id: id(2).into(), app: id(1).into(), code: Secret::new(code) }
}

#[test]
fn printing_shows_nothing() {
    #[derive(Debug, Serialize)]
    struct Holder {
        secret: Secret,
        more: Option<Secret>,
    }
    let holder = Holder { secret: Secret::new(TEXT), more: Some(Secret::new("")) };
    assert_snapshot!(format!("{holder:?}"), @"Holder { secret: …, more: Some(…) }");
    assert_snapshot!(serde_json::to_string(&holder).unwrap(), @r#"{"secret":"…","more":"…"}"#);
    for shown in [
        format!("{:?}", app_key("12345678", TEXT)),
        format!("{:?}", app_code(TEXT)),
        format!(
            "{:?}",
            AccessKey {
                id: AccessKey::id_of("k"),
                user: id(1).into(),
                key: "k".to_owned(),
                secret: Secret::new(TEXT),
                enabled: true
            }
        ),
    ] {
        assert!(!shown.contains(TEXT), "{shown}");
    }
}

#[test]
fn documents_at_rest_keep_the_text() {
    let key = app_key("12345678", TEXT);
    let document = serde_json::to_value(&key).unwrap();
    assert_eq!(document["secret"], TEXT);
    assert_eq!(serde_json::from_value::<AppKey>(document).unwrap(), key);
    let code = app_code(TEXT);
    assert_eq!(serde_json::from_value::<AppCode>(serde_json::to_value(&code).unwrap()).unwrap(), code);
}

#[test]
fn drawn_secrets_are_long_and_differ() {
    let (one, other) = (Secret::random(), Secret::random());
    assert_ne!(one, other);
    assert_eq!(one.expose().len(), 32);
}

#[test]
fn keys_and_codes_have_bounds_and_no_complaint_repeats_a_secret() {
    assert_snapshot!(told(app_key("12345678", TEXT).check()), @"fine");
    assert_snapshot!(told(app_key("1234567", "1234567").check()), @r"
    /key (range): `1234567` has 7 characters, but 8 to 200 are allowed
    /secret (range): it has 7 characters, but 8 to 128 are allowed
    ");
    assert_snapshot!(told(app_key("a,b c d e", "top secret").check()), @r"
    /key (format): `a,b c d e` may hold visible ASCII characters without commas only
    /secret (format): it may hold visible ASCII characters only
    ");
    assert_snapshot!(told(app_key(&"k".repeat(201), &"s".repeat(129)).check()), @r"
    /key (range): `kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk…` has 201 characters, but 8 to 200 are allowed
    /secret (range): it has 129 characters, but 8 to 128 are allowed
    ");
    assert_snapshot!(told(app_key(&"k".repeat(200), &"s".repeat(128)).check()), @"fine");
    assert_snapshot!(told(app_code("1234567").check()), @"/code (range): it has 7 characters, but 8 to 180 are allowed");
    assert_snapshot!(told(app_code("密码密码密码").check()), @"/code (format): it may hold visible ASCII characters only");
    assert_snapshot!(told(app_code(&"c".repeat(181)).check()), @"/code (range): it has 181 characters, but 8 to 180 are allowed");
    assert_snapshot!(told(app_code(&"c".repeat(180)).check()), @"fine");
}

proptest! {
    #[test]
    fn a_secret_matches_itself_alone(text in "\\PC{0,40}", other in proptest::collection::vec(any::<u8>(), 0..40)) {
        let secret = Secret::new(text.clone());
        prop_assert!(secret.matches(text.as_bytes()));
        prop_assert_eq!(secret.matches(&other), text.as_bytes() == other);
        prop_assert_eq!(secret.expose(), text.as_str());
        prop_assert_eq!(secret.clone(), secret);
    }
}
