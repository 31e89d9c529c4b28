//! Management requests captured from the vendor's SDKs, both dialects.

use paifang_sign::alibaba::acs3;
use paifang_sign::alibaba::rpc_v1::{self, CredentialError, Request, RpcKey};
use paifang_sign::{Algorithm, Parts, SigningKey, sha256};
use serde::Deserialize;
use serde_json::Value;

use crate::vectors::{Wire, each, headers, read, urlencoded};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rpc {
    name: String,
    method: Option<String>,
    access_key_secret: String,
    url: Option<String>,
    form_body: Option<Value>,
    params: Option<Value>,
    wire: Option<Wire>,
    string_to_sign: String,
    signature: String,
}

impl Rpc {
    /// Method, query and form, from whichever members the client's recording has.
    fn request(&self) -> (String, String, String) {
        let query_of = |target: &str| target.strip_prefix("/?").unwrap().to_owned();
        match (&self.wire, &self.url, &self.params) {
            (Some(wire), ..) => (wire.method.clone(), query_of(&wire.target), wire.body.clone()),
            (_, Some(url), _) => {
                (self.method.clone().unwrap(), query_of(url), urlencoded(self.form_body.as_ref().unwrap()))
            }
            (_, _, Some(params)) => {
                let signature = urlencoded(&serde_json::json!({ "Signature": self.signature }));
                (self.method.clone().unwrap(), format!("{}&{signature}", urlencoded(params)), String::new())
            }
            _ => panic!("{}: no request", self.name),
        }
    }
}

#[test]
fn rpc_v1_clients() {
    let groups = &read("alibaba/management-signature.json")["groups"];
    let mut seen = 0;
    for (group, vectors) in groups.as_object().unwrap().iter().filter(|(name, _)| name.starts_with("rpcV1")) {
        for vector in each::<Rpc>(vectors) {
            let name = format!("{group}/{}", vector.name);
            let (method, query, form) = vector.request();
            let request = Request::new(&method, query.as_bytes(), form.as_bytes()).unwrap();
            let credential = request.credential().unwrap();
            assert_eq!(String::from_utf8(request.string_to_sign()).unwrap(), vector.string_to_sign, "{name}");
            assert_eq!(credential.access_key_id, "testid", "{name}");
            assert_eq!(credential.signature, vector.signature, "{name}");
            let key = RpcKey::new(vector.access_key_secret.as_bytes());
            assert_eq!(request.sign(credential.algorithm, &key), vector.signature, "{name}");
            assert_eq!(request.verify(&credential, &key), Ok(()), "{name}");
            let other = RpcKey::new(b"another");
            assert_eq!(request.verify(&credential, &other), Err(rpc_v1::Mismatch), "{name}");
            assert!(credential.check_timestamp(credential.timestamp_ms + 900_000).is_ok(), "{name}");
            assert!(credential.check_timestamp(credential.timestamp_ms - 900_001).is_err(), "{name}");
            seen += 1;
        }
    }
    assert_eq!(seen, 5);
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Acs3 {
    name: String,
    access_key_id: String,
    access_key_secret: String,
    wire: Wire,
    canonical_request: String,
    string_to_sign: String,
    signature: String,
}

#[test]
fn acs3_clients() {
    for vector in each::<Acs3>(
        &read("alibaba/management-signature.json")["groups"]["acs3_alibabacloud_cloudapi20160714_4.9.0"],
    ) {
        let name = &vector.name;
        let headers = vector.wire.headers();
        let parts = Parts::new(&vector.wire.method, &vector.wire.target, &headers);
        let (_, value) = headers.iter().find(|(name, _)| name == "Authorization").unwrap();
        let authorization = acs3::parse_authorization(Some(value.as_bytes())).unwrap();
        assert_eq!(authorization.access, vector.access_key_id, "{name}");
        assert_eq!(authorization.signature, vector.signature, "{name}");

        let canonical = acs3::canonical_request(&parts, &authorization).unwrap();
        assert_eq!(String::from_utf8(canonical.clone()).unwrap(), vector.canonical_request, "{name}");
        assert_eq!(acs3::string_to_sign(&canonical), vector.string_to_sign, "{name}");

        let (key, hash) =
            (SigningKey::new(vector.access_key_secret.as_bytes()), sha256(vector.wire.body.as_bytes()));
        assert_eq!(acs3::verify(&parts, &authorization, &hash, &key), Ok(()), "{name}");
        let names: Vec<&str> = authorization.names().collect();
        assert_eq!(&acs3::sign(&parts, authorization.access, &names, &key).unwrap(), value, "{name}");
        assert_eq!(
            acs3::verify(&parts, &authorization, &sha256(b"other"), &key),
            Err(acs3::Mismatch::Body),
            "{name}"
        );
        let other = SigningKey::new(b"another");
        assert_eq!(
            acs3::verify(&parts, &authorization, &hash, &other),
            Err(acs3::Mismatch::Signature),
            "{name}"
        );
        let now_ms = 1_700_000_000_000;
        assert_eq!(acs3::check_date(&parts, now_ms), Ok(()), "{name}");
        assert!(
            matches!(acs3::check_date(&parts, now_ms + 900_001), Err(acs3::Mismatch::Expired(_))),
            "{name}"
        );
    }
}

#[test]
fn acs3_wants_what_matters_signed() {
    let headers = headers(&serde_json::json!({
        "host": "h", "x-acs-date": "2023-11-14T22:13:20Z", "x-acs-content-sha256": "00", "x-acs-action": "DeleteApi",
    }));
    let key = SigningKey::new(b"s");
    let parts = Parts::new("POST", "/", &headers);
    let value = acs3::sign(&parts, "id", &["host", "x-acs-date", "x-acs-content-sha256"], &key).unwrap();
    let authorization = acs3::parse_authorization(Some(value.as_bytes())).unwrap();
    let refused = acs3::verify(&parts, &authorization, &[0; 32], &key);
    assert_eq!(refused, Err(acs3::Mismatch::Unsigned { name: "x-acs-action" }));
}

#[test]
fn rpc_v1_refuses_incomplete_credentials() {
    let parse = |query: &str| Request::new("GET", query.as_bytes(), b"").unwrap().credential().map(|_| ());
    let full = "AccessKeyId=a&Signature=s&SignatureNonce=n&Timestamp=2023-11-14T22%3A13%3A20Z";
    assert_eq!(parse(full), Ok(()));
    assert_eq!(parse(""), Err(CredentialError::Missing { name: "AccessKeyId" }));
    let missing = |name| Err(CredentialError::Missing { name });
    assert_eq!(parse(&full.replace("SignatureNonce=n", "SignatureNonce=")), missing("SignatureNonce"));
    let value = || "x".to_owned();
    assert_eq!(
        parse(&format!("{full}&SignatureMethod=x")),
        Err(CredentialError::UnknownMethod { value: value() })
    );
    assert_eq!(
        parse(&format!("{full}&SignatureVersion=x")),
        Err(CredentialError::UnknownVersion { value: value() })
    );
    let bad_time = full.replace("2023-11-14T22%3A13%3A20Z", "x");
    assert_eq!(parse(&bad_time), Err(CredentialError::InvalidTimestamp { value: value() }));
}

#[test]
fn rpc_v1_signs_with_sha256_when_asked() {
    let query =
        b"AccessKeyId=a&SignatureMethod=HMAC-SHA256&SignatureNonce=n&Timestamp=2023-11-14T22%3A13%3A20Z";
    let key = RpcKey::new(b"s");
    let unsigned = Request::new("GET", query, b"").unwrap();
    let signature = unsigned.sign(Algorithm::HmacSha256, &key);
    assert_eq!(signature.len(), 44);
    let form = urlencoded(&serde_json::json!({ "Signature": signature }));
    let request = Request::new("GET", query, form.as_bytes()).unwrap();
    assert_eq!(request.verify(&request.credential().unwrap(), &key), Ok(()));
}
