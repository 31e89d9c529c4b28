//! Requests as the vendor's signers made them: calls to APIs, and management requests as captured.

use paifang_sign::huawei::{self, BodyHash, Declared, Mismatch};
use paifang_sign::{Parts, SigningKey, sha256};
use serde::Deserialize;
use serde_json::Value;

use crate::vectors::{Headers, each, headers, read};

/// One signed request, whatever file it came from.
struct Request {
    name: String,
    method: String,
    targets: Vec<String>,
    headers: Headers,
    body: String,
    authorization: String,
    canonical_request: String,
    string_to_sign: String,
    signature: String,
}

impl Request {
    fn body_hash(&self) -> BodyHash<'_> {
        if self.body.is_empty() { BodyHash::Empty } else { BodyHash::Computed(sha256(self.body.as_bytes())) }
    }

    fn check(&self, access: &str, secret: &str) {
        let key = SigningKey::new(secret.as_bytes());
        for target in &self.targets {
            self.check_target(access, &key, target);
        }
    }

    fn check_target(&self, access: &str, key: &SigningKey, target: &str) {
        let name = format!("{} {target}", self.name);
        let parts = Parts::new(&self.method, target, &self.headers);
        let authorization = huawei::parse_authorization(Some(self.authorization.as_bytes())).unwrap();
        assert_eq!(authorization.access, access, "{name}");
        assert_eq!(authorization.signature, self.signature, "{name}");

        let canonical = huawei::canonical_request(&parts, &authorization, self.body_hash()).unwrap();
        assert_eq!(String::from_utf8(canonical.clone()).unwrap(), self.canonical_request, "{name}");
        let date = huawei::format_date(huawei::signing_time(&parts, &authorization).unwrap());
        assert_eq!(huawei::string_to_sign(&date, &canonical), self.string_to_sign, "{name}");

        assert_eq!(huawei::verify(&parts, &authorization, self.body_hash(), key), Ok(()), "{name}");
        self.check_declared(&parts, key, &name);
        let names: Vec<&str> = authorization.names().collect();
        let made = huawei::sign(&parts, access, &names, self.body_hash(), key).unwrap();
        assert_eq!(made, self.authorization, "{name}");
        let other = SigningKey::new(b"another");
        let refused = huawei::verify(&parts, &authorization, self.body_hash(), &other);
        assert_eq!(refused, Err(Mismatch::Signature), "{name}");
    }

    /// What a gateway does that streams the body: it takes the client's word, and compares later.
    fn check_declared(&self, parts: &Parts<'_, Headers>, key: &SigningKey, name: &str) {
        let authorization = huawei::parse_authorization(Some(self.authorization.as_bytes())).unwrap();
        let body = match Declared::of(&self.headers) {
            Declared::Nothing => return,
            Declared::Unsigned => BodyHash::Unsigned,
            Declared::Hash(hash) => BodyHash::Declared(hash),
        };
        assert_eq!(huawei::verify(parts, &authorization, body, key), Ok(()), "{name}");
    }
}

#[derive(Deserialize)]
struct Signed {
    name: String,
    method: String,
    url: String,
    headers: Value,
    body: String,
    canonical_request: String,
    string_to_sign: String,
    signature: String,
    authorization: String,
    wire_request_target: String,
}

#[test]
fn calls_to_apis() {
    let file = read("huawei/app-signature.json");
    for vector in each::<Signed>(&file["vectors"]) {
        let (host, target) = split_url(&vector.url);
        let mut headers = headers(&vector.headers);
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            headers.push(("Host".to_owned(), host.to_owned()));
        }
        let request = Request {
            name: vector.name,
            method: vector.method,
            targets: vec![target.to_owned(), vector.wire_request_target],
            headers,
            body: vector.body,
            authorization: vector.authorization,
            canonical_request: vector.canonical_request,
            string_to_sign: vector.string_to_sign,
            signature: vector.signature,
        };
        request.check(file["key"].as_str().unwrap(), file["secret"].as_str().unwrap());
    }
}

fn split_url(url: &str) -> (&str, &str) {
    let (_, rest) = url.split_once("://").unwrap();
    rest.split_at(rest.find('/').unwrap_or(rest.len()))
}

#[derive(Deserialize)]
struct Captured {
    name: String,
    method: String,
    request_target: String,
    headers: Value,
    body: String,
    canonical_request: String,
    string_to_sign: String,
    authorization: String,
    signature: String,
}

#[test]
fn management_requests() {
    let file = read("huawei/management-requests.json");
    for vector in each::<Captured>(&file["vectors"]) {
        let request = Request {
            name: vector.name,
            method: vector.method,
            targets: vec![vector.request_target],
            headers: headers(&vector.headers),
            body: vector.body,
            authorization: vector.authorization,
            canonical_request: vector.canonical_request,
            string_to_sign: vector.string_to_sign,
            signature: vector.signature,
        };
        request.check(file["access_key"].as_str().unwrap(), file["secret_key"].as_str().unwrap());
    }
}
