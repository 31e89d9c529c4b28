//! The decisions a gateway must take on variants of one good request.

use paifang_sign::huawei::{self, BodyHash, DateError, Mismatch};
use paifang_sign::{AuthorizationError, Parts, SigningKey};
use serde::Deserialize;
use serde_json::Value;

use crate::vectors::read;

#[derive(Deserialize)]
struct Case {
    name: String,
    authorization: Option<String>,
    server_time: Option<String>,
    expect: Expect,
}

#[derive(Deserialize)]
struct Expect {
    status: Option<u16>,
    error_msg: Option<String>,
    accepted: Option<bool>,
    signature_valid: Option<bool>,
}

/// What the gateway answers: a sentence, or nothing when the request passes.
#[derive(Debug, PartialEq)]
enum Refusal {
    Authorization(AuthorizationError),
    UnknownKey(String),
    Date(DateError),
    Signature(Mismatch),
}

struct Request<'a> {
    target: &'a str,
    headers: Vec<(&'a str, &'a str)>,
    now_unix_s: i64,
}

impl Request<'_> {
    fn decide(&self, file: &Value) -> Result<(), Refusal> {
        let parts = Parts::new("GET", self.target, &self.headers);
        let header = self.headers.iter().find(|(name, _)| *name == "Authorization");
        let header = header.map(|(_, value)| value.as_bytes());
        let authorization = huawei::parse_authorization(header).map_err(Refusal::Authorization)?;
        if authorization.access != file["key"].as_str().unwrap() {
            return Err(Refusal::UnknownKey(authorization.access.to_owned()));
        }
        huawei::check_date(&parts, &authorization, self.now_unix_s * 1000).map_err(Refusal::Date)?;
        let key = SigningKey::new(file["secret"].as_str().unwrap().as_bytes());
        huawei::verify(&parts, &authorization, BodyHash::Empty, &key).map_err(Refusal::Signature)
    }
}

#[test]
fn decisions() {
    let file = read("huawei/app-signature-negative.json");
    let base = base_vector(&file);
    let good = base["authorization"].as_str().unwrap();
    let host = "c967a237-cd6c-470e-906f-a8655461897e.apigw.exampleRegion.com";
    let date = 1_573_464_883; // 20191111T093443Z
    let cases: Vec<Case> = Deserialize::deserialize(&file["cases"]).unwrap();
    assert_eq!(cases.len(), 12);
    for case in &cases {
        let name = case.name.as_str();
        let authorization = case.authorization.as_deref().unwrap_or(good);
        let mut request = Request {
            target: "/app1?b=2&a=1",
            headers: vec![
                ("Host", host),
                ("X-Sdk-Date", "20191111T093443Z"),
                ("Authorization", authorization),
            ],
            now_unix_s: case.server_time.as_deref().map_or(date, unix_s),
        };
        let (no_spaces, missing) = (good.replace(", ", ","), good.replace("host;", "host;x-foo;"));
        match name {
            "authorization_missing" => drop(request.headers.pop()),
            "query_changed" => request.target = "/app1?a=1&b=3",
            "query_reordered" => request.target = "/app1?a=1&b=2",
            "trailing_slash_added" => request.target = "/app1/?b=2&a=1",
            "extra_unsigned_header" => request.headers.push(("X-Extra", "1")),
            "signed_header_missing" => request.headers[2].1 = &missing,
            "no_spaces_after_commas" => request.headers[2].1 = &no_spaces,
            _ => assert!(case.authorization.is_some() || case.server_time.is_some(), "{name} has no change"),
        }
        case.check(request.decide(&file));
    }
}

impl Case {
    fn check(&self, decision: Result<(), Refusal>) {
        let name = self.name.as_str();
        let passes = self.expect.accepted.or(self.expect.signature_valid).unwrap_or(false);
        assert_eq!(decision.is_ok(), passes, "{name}: {decision:?}");
        assert_eq!(self.expect.status, (!passes).then_some(401), "{name}");
        match (name, decision) {
            ("authorization_missing", Err(Refusal::Authorization(AuthorizationError::Missing))) => {}
            ("signature_wrong" | "query_changed", Err(Refusal::Signature(Mismatch::Signature))) => {}
            ("signed_header_missing", Err(Refusal::Signature(Mismatch::HeaderMissing { name }))) => {
                assert_eq!(name, "x-foo");
            }
            ("unknown_key", Err(Refusal::UnknownKey(key))) => {
                self.check_sentence(&format!("app not found, appkey {key}"));
            }
            ("expired" | "future", Err(Refusal::Date(error @ DateError::Expired(_)))) => {
                self.check_sentence(&error.to_string());
            }
            (_, Ok(())) => {}
            (name, other) => panic!("{name}: {other:?}"),
        }
    }

    fn check_sentence(&self, detail: &str) {
        let expected = self.expect.error_msg.as_deref().unwrap();
        assert_eq!(format!("Incorrect app authentication information: {detail}"), expected, "{}", self.name);
    }
}

fn base_vector(file: &Value) -> Value {
    let vectors = read("huawei/app-signature.json");
    let mut vectors = vectors["vectors"].as_array().unwrap().iter();
    vectors.find(|vector| vector["name"] == file["base_vector"]).unwrap().clone()
}

fn unix_s(date: &str) -> i64 {
    let headers = [("X-Sdk-Date", date)];
    let value = b"SDK-HMAC-SHA256 Access=a, SignedHeaders=x-sdk-date, Signature=b";
    let authorization = huawei::parse_authorization(Some(value)).unwrap();
    huawei::signing_time(&Parts::new("GET", "/", &headers), &authorization).unwrap()
}
