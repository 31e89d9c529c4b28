//! Readings that signers disagree on, and what is refused.

use paifang_sign::huawei::{self, BodyHash, DateError, Mismatch, UNSIGNED_PAYLOAD};
use paifang_sign::{AuthorizationError, EMPTY_SHA256, MAX_PARAMETERS, Parts, SigningKey, sha256};

const DATE: (&str, &str) = ("X-Sdk-Date", "20191111T093443Z");

/// The `Authorization` of a client that signed this canonical request, by its own means.
fn authorization_of(canonical: &str, names: &str) -> String {
    let text = huawei::string_to_sign(DATE.1, canonical.as_bytes());
    format!("SDK-HMAC-SHA256 Access=k, SignedHeaders={names}, Signature={}", hmac_hex(b"s", text.as_bytes()))
}

fn hmac_hex(key: &[u8], text: &[u8]) -> String {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key).unwrap();
    mac.update(text);
    hex::encode(mac.finalize().into_bytes())
}

fn verify(target: &str, headers: &[(&str, &str)], value: &str, body: BodyHash<'_>) -> Result<(), Mismatch> {
    let authorization = huawei::parse_authorization(Some(value.as_bytes())).unwrap();
    huawei::verify(&Parts::new("GET", target, headers), &authorization, body, &SigningKey::new(b"s"))
}

fn canonical(query: &str, body_line: &str) -> String {
    format!("GET\n/p/\n{query}\nx-sdk-date:20191111T093443Z\n\nx-sdk-date\n{body_line}")
}

#[test]
fn literal_plus_is_a_plus_or_a_space() {
    for query in ["a=1%2B2", "a=1%202"] {
        let value = authorization_of(&canonical(query, EMPTY_SHA256), "x-sdk-date");
        assert_eq!(verify("/p?a=1+2", &[DATE], &value, BodyHash::Empty), Ok(()), "{query}");
    }
    let value = authorization_of(&canonical("a=1%202", EMPTY_SHA256), "x-sdk-date");
    assert_eq!(verify("/p?a=1%2B2", &[DATE], &value, BodyHash::Empty), Err(Mismatch::Signature));
}

#[test]
fn parameters_sort_decoded_or_encoded() {
    for query in ["a0=1&a%7B=2", "a%7B=2&a0=1"] {
        let value = authorization_of(&canonical(query, EMPTY_SHA256), "x-sdk-date");
        assert_eq!(verify("/p?a0=1&a%7B=2", &[DATE], &value, BodyHash::Empty), Ok(()), "{query}");
    }
}

#[test]
fn both_readings_combine() {
    let value = authorization_of(&canonical("a%20%7B=2&a%200=1", EMPTY_SHA256), "x-sdk-date");
    assert_eq!(verify("/p?a+0=1&a+{=2", &[DATE], &value, BodyHash::Empty), Ok(()));
}

#[test]
fn parameters_without_a_name_are_not_signed() {
    let value = authorization_of(&canonical("a=1", EMPTY_SHA256), "x-sdk-date");
    assert_eq!(verify("/p?=x&a=1&", &[DATE], &value, BodyHash::Empty), Ok(()));
}

#[test]
fn empty_body_signs_what_is_declared_or_the_hash_of_nothing() {
    let headers = [DATE, ("X-Sdk-Content-Sha256", UNSIGNED_PAYLOAD)];
    for line in [UNSIGNED_PAYLOAD, EMPTY_SHA256] {
        let value = authorization_of(&canonical("", line), "x-sdk-date");
        assert_eq!(verify("/p", &headers, &value, BodyHash::Empty), Ok(()), "{line}");
    }
    let other = hex::encode(sha256(b"a body that was cut off"));
    let headers = [DATE, ("X-Sdk-Content-Sha256", other.as_str())];
    let value = authorization_of(&canonical("", &other), "x-sdk-date");
    assert_eq!(verify("/p", &headers, &value, BodyHash::Empty), Err(Mismatch::Signature));
}

#[test]
fn declared_hash_must_be_that_of_the_body() {
    let hash = sha256(b"body");
    let spelled = hex::encode_upper(hash);
    let headers = [DATE, ("X-Sdk-Content-Sha256", spelled.as_str())];
    let value = authorization_of(&canonical("", &spelled), "x-sdk-date");
    assert_eq!(verify("/p", &headers, &value, BodyHash::Computed(hash)), Ok(()));
    let changed = verify("/p", &headers, &value, BodyHash::Computed(sha256(b"other")));
    assert_eq!(changed, Err(Mismatch::Body));
}

#[test]
fn values_of_one_header_have_a_line_each_sorted() {
    let text = format!("GET\n/p/\n\nx-a:1\nx-a:2\nx-sdk-date:{}\n\nx-a;x-sdk-date\n{EMPTY_SHA256}", DATE.1);
    let value = authorization_of(&text, "x-a;x-sdk-date");
    let headers = [("X-A", " 2"), DATE, ("x-a", "1\t")];
    assert_eq!(verify("/p", &headers, &value, BodyHash::Empty), Ok(()));
}

#[test]
fn date_must_be_there_signed_and_a_date() {
    let time = |headers: &[(&str, &str)], names: &str| {
        let value = format!("SDK-HMAC-SHA256 Access=k, SignedHeaders={names}, Signature=s");
        let authorization = huawei::parse_authorization(Some(value.as_bytes())).unwrap();
        huawei::signing_time(&Parts::new("GET", "/", headers), &authorization)
    };
    assert_eq!(time(&[DATE], "X-Sdk-Date"), Ok(1_573_464_883));
    assert_eq!(time(&[], "x-sdk-date"), Err(DateError::Missing));
    assert_eq!(time(&[DATE], "host"), Err(DateError::Unsigned));
    let invalid = DateError::Invalid { value: "today".to_owned() };
    assert_eq!(time(&[("x-sdk-date", "today")], "x-sdk-date"), Err(invalid));
}

#[test]
fn authorization_grammar() {
    let parse =
        |value: &str| huawei::parse_authorization(Some(value.as_bytes())).map(|a| a.access.to_owned());
    for good in [
        "SDK-HMAC-SHA256 Access=k, SignedHeaders=a;b, Signature=0f",
        "SDK-HMAC-SHA256\t Access=k,SignedHeaders=a;b,Signature=0f",
        " SDK-HMAC-SHA256 Access=k , SignedHeaders=a;b , Signature=0f ",
    ] {
        assert_eq!(parse(good).as_deref(), Ok("k"), "{good}");
    }
    assert_eq!(huawei::parse_authorization(None), Err(AuthorizationError::Missing));
    assert_eq!(
        parse("SDK-HMAC-SHA256 Access=, SignedHeaders=a, Signature=0f"),
        Err(AuthorizationError::EmptyAccess)
    );
    for other in ["", "Bearer x", "SDK-HMAC-SHA256Access=k", "sdk-hmac-sha256 Access=k"] {
        assert!(matches!(parse(other), Err(AuthorizationError::OtherScheme { .. })), "{other}");
    }
    for malformed in [
        "SDK-HMAC-SHA256",
        "SDK-HMAC-SHA256 Access=k",
        "SDK-HMAC-SHA256 Credential=k, SignedHeaders=a, Signature=0f",
        "SDK-HMAC-SHA256 Access=k, SignedHeaders=;, Signature=0f",
        "SDK-HMAC-SHA256 Access=k, SignedHeaders=a, Signature=",
        "SDK-HMAC-SHA256 Access=k, SignedHeaders=a, Signature=0f, More=1",
        "SDK-HMAC-SHA256 SignedHeaders=a, Access=k, Signature=0f",
    ] {
        assert!(matches!(parse(malformed), Err(AuthorizationError::Malformed { .. })), "{malformed}");
    }
    let many = format!("SDK-HMAC-SHA256 Access=k, SignedHeaders={}, Signature=0f", vec!["a"; 101].join(";"));
    assert_eq!(parse(&many), Err(AuthorizationError::TooManySignedHeaders { count: 101 }));
    let twice = "SDK-HMAC-SHA256 Access=k, SignedHeaders=a;b;A, Signature=0f";
    assert_eq!(parse(twice), Err(AuthorizationError::RepeatedHeader { name: "A".to_owned() }));
}

#[test]
fn parameters_are_counted_before_they_are_sorted() {
    let target = format!("/p?{}", vec!["a"; MAX_PARAMETERS + 1].join("&"));
    let value = authorization_of("", "x-sdk-date");
    let refused = verify(&target, &[DATE], &value, BodyHash::Empty);
    assert!(matches!(refused, Err(Mismatch::TooManyParameters(_))));
}
