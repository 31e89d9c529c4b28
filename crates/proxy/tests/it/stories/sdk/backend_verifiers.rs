//! The samples by which the vendor lets backends verify calls, transcribed rule by rule and sharing nothing with the code that
//! signs (spec: huawei/backend-signature.md, hmac; calling.md §4.2).

use paifang_model::definition::MatchMode;
use paifang_testkit::{Backend, Call, Received, TestGateway, api};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::scene;
use crate::stories::hmac;

pub(super) const KEY: &str = "backend-key";
pub(super) const SECRET: &str = "not-a-real-secret";
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// How a sample gets at the parts of a request.
#[derive(Clone, Copy)]
pub(super) enum Sample {
    /// `setUrl` decodes names and values, and leaves out those without a name.
    Java,
    /// The path comes decoded, the query as it was sent: it is split and not decoded.
    Flask,
}

type Pair = (Vec<u8>, Vec<u8>);

impl Sample {
    fn query(self, raw: &str) -> Vec<Pair> {
        let pairs = raw.split('&').map(|piece| piece.split_once('=').unwrap_or((piece, "")));
        match self {
            Self::Java => {
                let named = pairs.filter(|(name, _)| !name.trim().is_empty());
                named.map(|(name, value)| (decoded(name), decoded(value))).collect()
            }
            Self::Flask => pairs.map(|(name, value)| (name.into(), value.into())).collect(),
        }
    }

    /// Who may have sent it; or what the sample answers with.
    pub(super) fn verify(self, received: &Received) -> Result<(), String> {
        let header = |name: &str| {
            // `getHeader` and `headers[…]` have the first line of a name.
            let line = received.headers.get(name).ok_or(format!("Signed header {name} not found"))?;
            Ok::<_, String>(line.to_str().unwrap().trim().to_owned())
        };
        let authorization = header("authorization").map_err(|_| "Authorization not found.")?;
        let grammar = r"SDK-HMAC-SHA256\s+Access=([^,]+),\s?SignedHeaders=([^,]+),\s?Signature=(\w+)";
        let grammar = regex::Regex::new(grammar).unwrap();
        let found = grammar.captures(&authorization).ok_or("Authorization format incorrect.")?;
        let (access, names, signature) = (&found[1], &found[2], &found[3]);
        if access != KEY {
            return Err("Signing key not found.".to_owned());
        }
        let (mut headers, mut date, mut covers_body) = (String::new(), None, true);
        for name in names.split(';') {
            let value = header(name)?;
            covers_body &= (name, value.as_str()) != ("x-sdk-content-sha256", "UNSIGNED-PAYLOAD");
            headers += &format!("{}:{value}\n", name.to_lowercase());
            date = date.or_else(|| (name == "x-sdk-date").then_some(value));
        }
        let date = date.ok_or("Header x-sdk-date not found.")?;
        let (path, query) = received.target.split_once('?').unwrap_or((&received.target, ""));
        let body = if covers_body { hex_of(&received.body) } else { "UNSIGNED-PAYLOAD".to_owned() };
        let (method, path, query) =
            (&received.method, canonical_path(path), canonical_query(self.query(query)));
        let canonical = format!("{method}\n{path}\n{query}\n{headers}\n{names}\n{body}");
        let text = format!("SDK-HMAC-SHA256\n{date}\n{}", hex_of(canonical.as_bytes()));
        let expected = hex::encode(hmac(SECRET.as_bytes(), text.as_bytes()));
        if expected == signature { Ok(()) } else { Err(format!("Verify authorization failed.\n{canonical}")) }
    }
}

fn decoded(text: &str) -> Vec<u8> {
    percent_decode_str(text).collect()
}

fn encoded(bytes: &[u8]) -> String {
    percent_encode(bytes, UNRESERVED).to_string()
}

fn canonical_path(raw: &str) -> String {
    let path = decoded(raw);
    let segments: Vec<String> = path.split(|byte| *byte == b'/').map(encoded).collect();
    let path = segments.join("/");
    if path.ends_with('/') { path } else { path + "/" }
}

fn canonical_query(mut pairs: Vec<Pair>) -> String {
    pairs.sort();
    let pieces: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    pieces.join("&")
}

fn hex_of(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Everything below `/pets`, signed.
async fn pets(backend: &Backend) -> TestGateway {
    let mut scene = scene();
    let below = api::any("/pets").to(backend).with(|api| api.request.match_mode = MatchMode::Prefix);
    let pets = scene.publish(below);
    scene.sign(pets, json!({ "sign_type": "hmac", "sign_key": KEY }), SECRET);
    scene.start().await
}

async fn verdicts(backend: &Backend, call: Call) -> [Result<(), String>; 2] {
    assert_eq!(call.send().await.status, 200);
    [Sample::Java, Sample::Flask].map(|sample| sample.verify(&backend.last()))
}

#[tokio::test]
async fn both_samples_verify_what_needs_no_encoding() {
    let backend = Backend::echo().await;
    let gateway = pets(&backend).await;
    for target in ["/pets?b=2&a=1", "/pets?a=1&a=0", "/pets?a&b=", "/pets/7?a=b=c", "/pets//7/?b&a=~"] {
        let verdicts = verdicts(&backend, gateway.get(target)).await;
        assert_eq!(verdicts, [Ok(()), Ok(())], "{target}");
    }
    let call = gateway.post("/pets?a=1", r#"{"name":"Tom"}"#).header("content-type", "application/json");
    assert_eq!(verdicts(&backend, call).await, [Ok(()), Ok(())]);
}

#[tokio::test]
async fn the_java_sample_verifies_whatever_a_client_sends() {
    let backend = Backend::echo().await;
    let gateway = pets(&backend).await;
    for target in [
        "/pets",
        "/pets?",
        "/pets?=x&a=1",
        "/pets?a=1&&b=2&",
        "/pets?a=1%20x&%E4%B8%AD=%2F",
        "/pets/%E4%B8%AD%2F7?a=%7e",
        "/pets?a-b=1&a=2&a%21=3",
    ] {
        let [java, _] = verdicts(&backend, gateway.get(target)).await;
        assert_eq!(java, Ok(()), "{target}");
    }
    let twice = gateway.post("/pets", "x").header("content-type", "text/plain");
    let [java, _] = verdicts(&backend, twice.further_header("content-type", "text/html")).await;
    assert_eq!(java, Ok(()), "a header of two lines");
}

/// What the transcription above refuses is refused for what was changed.
#[tokio::test]
async fn what_was_changed_on_the_way_is_refused() {
    let backend = Backend::echo().await;
    let gateway = pets(&backend).await;
    assert_eq!(verdicts(&backend, gateway.get("/pets?a=1")).await, [Ok(()), Ok(())]);
    let sent = backend.last();
    let changed: [fn(&mut Received); 4] = [
        |call| call.target = "/pets?a=2".to_owned(),
        |call| call.body = "x".into(),
        |call| call.method = "PUT".to_owned(),
        |call| drop(call.headers.insert("host", "other.example".parse().unwrap())),
    ];
    for change in changed {
        let mut call = sent.clone();
        change(&mut call);
        for sample in [Sample::Java, Sample::Flask] {
            assert!(sample.verify(&call).is_err(), "{call:?}");
        }
    }
}
