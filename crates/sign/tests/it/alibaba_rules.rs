//! Rules of the client signature that no captured call shows.

use paifang_sign::alibaba::client::{self, Form, Mismatch};
use paifang_sign::alibaba::{Credential, CredentialError, SignedHeaders, TimestampError};
use paifang_sign::{Algorithm, MAX_PARAMETERS, Parts, SigningKey, TooManyParameters};

fn text_of(target: &str, form: &str, headers: &[(&str, &str)], list: Option<&str>) -> String {
    let parts = Parts::new("get", target, headers).with_form(form);
    let text = client::string_to_sign(&parts, &SignedHeaders::parse(list)).unwrap();
    String::from_utf8(text).unwrap()
}

#[test]
fn names_keep_their_spelling_and_are_sorted_by_it() {
    let headers = [("x-b", "2"), ("X-A", "1"), ("x-a", "other"), ("accept", "a/b")];
    let list = Some("x-b, X-a,X-Ca-Signature,accept,DATE,x-none,x-b");
    assert_eq!(text_of("/p", "", &headers, list), "GET\na/b\n\n\n\nX-a:1\nx-b:2\nx-none:\n/p");
}

#[test]
fn only_the_key_is_signed_without_a_list_and_nothing_with_an_empty_one() {
    let headers = [("x-ca-key", "k")];
    assert_eq!(text_of("/p", "", &headers, None), "GET\n\n\n\n\nX-Ca-Key:k\n/p");
    assert_eq!(text_of("/p", "", &headers, Some("")), "GET\n\n\n\n\n/p");
}

#[test]
fn parameters_are_merged_sorted_and_decoded() {
    let text = text_of("/%7e?b=1&B=%2b+&a=q&&c", "a=f&a=g&d=", &[], Some(""));
    assert_eq!(text, "GET\n\n\n\n\n/%7e?B=+ &a=f&b=1&c&d");
}

#[test]
fn joined_values_come_from_one_source_and_match_only_when_a_name_repeats() {
    let key = SigningKey::new(b"s");
    let headers = [("x-ca-key", "k")];
    let parts = Parts::new("GET", "/?a=1&a=&b=", &headers).with_form("b=2&b=3&c=");
    let signed = SignedHeaders::parse(Some(""));
    let joined = client::string_to_sign_joined(&parts, &signed).unwrap();
    assert_eq!(joined, b"GET\n\n\n\n\n/?a=1,&b=2,3&c");

    let literal = Parts::new("GET", "/?a=1,&b=2,3&c", &headers);
    let signature = client::sign(&literal, &signed, Algorithm::HmacSha256, &key).unwrap();
    let headers = [("x-ca-key", "k"), ("x-ca-signature", &signature), ("x-ca-signature-headers", "")];
    let credential = Credential::parse(&headers).unwrap();
    assert_eq!(client::verify(&parts, &credential, &key), Ok(Form::JoinedValues));
    assert_eq!(client::verify(&literal, &credential, &key), Ok(Form::Documented));
}

#[test]
fn credential_errors_name_the_header() {
    let parse = |headers: &[(&str, &str)]| Credential::parse(headers).map(|_| ());
    let (key, signature) = (("X-Ca-Key", "k"), ("X-Ca-Signature", "s"));
    assert_eq!(parse(&[]), Err(CredentialError::MissingKey));
    assert_eq!(parse(&[("X-Ca-Key", " "), signature]), Err(CredentialError::MissingKey));
    assert_eq!(parse(&[key]), Err(CredentialError::MissingSignature));
    let unknown = CredentialError::UnknownAlgorithm { value: "HmacMD5".to_owned() };
    assert_eq!(parse(&[key, signature, ("x-ca-signature-method", "HmacMD5")]), Err(unknown));
    let list = vec!["a"; 101].join(",");
    let many = CredentialError::TooManySignedHeaders { count: 101 };
    assert_eq!(parse(&[key, signature, ("x-ca-signature-headers", &list)]), Err(many));
    let bytes: [(&str, &[u8]); 1] = [("x-ca-key", b"\xff")];
    assert_eq!(Credential::parse(&bytes), Err(CredentialError::NotText { name: "X-Ca-Key" }));
}

#[test]
fn timestamps_are_milliseconds_within_fifteen_minutes() {
    let check = |timestamp: &str, now| {
        let headers = [("x-ca-key", "k"), ("x-ca-signature", "s"), ("x-ca-timestamp", timestamp)];
        Credential::parse(&headers).unwrap().check_timestamp(now)
    };
    assert_eq!(check("1000", 901_000), Ok(()));
    assert!(matches!(check("1000", 901_001), Err(TimestampError::Expired(_))));
    assert!(matches!(check("902001", 2000), Err(TimestampError::Expired(_))));
    assert_eq!(check("", 7), Ok(()), "an empty header is none");
    for value in ["12a", "1.5", "99999999999999999999"] {
        assert_eq!(check(value, 0), Err(TimestampError::Invalid { value: value.to_owned() }));
    }
}

#[test]
fn parameters_are_counted_before_they_are_sorted() {
    let query = vec!["a"; MAX_PARAMETERS + 1].join("&");
    let target = format!("/?{query}");
    let headers = [("x-ca-key", "k"), ("x-ca-signature", "s")];
    let credential = Credential::parse(&headers).unwrap();
    let refused = client::verify(&Parts::new("GET", &target, &headers), &credential, &SigningKey::new(b"s"));
    assert_eq!(refused, Err(Mismatch::TooManyParameters(TooManyParameters)));
}

#[test]
fn keys_print_nothing() {
    assert_eq!(format!("{:?}", SigningKey::new(b"hunter2")), "SigningKey");
}
