//! The backend signature against the vendor's sample verifier.

use paifang_sign::alibaba::backend::{Call, Mismatch, body_md5, debug_text};
use paifang_sign::{Parts, SigningKey};
use serde::Deserialize;
use serde_json::Value;

use crate::vectors::{each, headers, read, urlencoded};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Vector {
    name: String,
    signature_secret: String,
    method: String,
    path: String,
    signature_headers: Option<String>,
    headers: Value,
    query_and_form: Value,
    body: String,
    content_md5: Option<String>,
    string_to_sign: String,
    signature: String,
}

#[test]
fn sample_verifier() {
    for vector in each::<Vector>(&read("alibaba/backend-signature.json")["vectors"]) {
        let name = &vector.name;
        let (headers, query) = (headers(&vector.headers), urlencoded(&vector.query_and_form));
        let md5 = body_md5(&vector.method, b"application/json", vector.body.as_bytes());
        assert_eq!(md5, vector.content_md5, "{name}");
        let target = format!("{}?{query}", vector.path);
        let call = Call {
            parts: Parts::new(&vector.method, &target, &headers),
            body_md5: md5.as_deref(),
            signed_headers: vector.signature_headers.as_deref().unwrap_or_default(),
        };
        let key = SigningKey::new(vector.signature_secret.as_bytes());
        let text = String::from_utf8(call.string_to_sign().unwrap()).unwrap();
        assert_eq!(text, vector.string_to_sign, "{name}");
        assert_eq!(debug_text(text.as_bytes()), text.replace('\n', "|"), "{name}");
        assert_eq!(call.sign(&key).unwrap(), vector.signature, "{name}");
        assert_eq!(call.verify(&vector.signature, &key), Ok(()), "{name}");
        let other = SigningKey::new(b"another");
        assert_eq!(call.verify(&vector.signature, &other), Err(Mismatch::Signature), "{name}");
    }
}

#[test]
fn listed_header_that_is_absent_has_no_line() {
    let headers = [("X-B", "2")];
    let call =
        Call { parts: Parts::new("GET", "/p", &headers), body_md5: None, signed_headers: "X-B, X-A,X-B" };
    assert_eq!(call.string_to_sign().unwrap(), b"GET\n\nx-b:2\n/p");
}

#[test]
fn forms_and_other_methods_have_no_md5() {
    assert_eq!(body_md5("POST", b"application/x-www-form-urlencoded; charset=utf-8", b"a=1"), None);
    assert_eq!(body_md5("PATCH", b"", b"x"), None);
    assert_eq!(body_md5("POST", b"", b""), None);
    assert!(body_md5("PUT", b"", b"x").is_some());
}

#[test]
fn many_signed_headers_are_refused() {
    let headers = [("a", "1")];
    let names = vec!["a"; 101].join(",");
    let call = Call { parts: Parts::new("GET", "/", &headers), body_md5: None, signed_headers: &names };
    assert_eq!(call.verify("", &SigningKey::new(b"s")), Err(Mismatch::TooManySignedHeaders));
}
