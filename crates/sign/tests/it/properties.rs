//! What is signed verifies, and nothing signed can be changed, for any request.

use paifang_sign::alibaba::client::{self, Form};
use paifang_sign::alibaba::{Credential, SignedHeaders, acs3, backend, rpc_v1};
use paifang_sign::huawei::{self, BodyHash};
use paifang_sign::{Algorithm, Parts, SigningKey, sha256};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

use crate::vectors::escape;

type Text = &'static str;
const VALUE: Text = "[ -~¡-ÿ中]{0,12}";
const NAME: Text = "[A-Za-z][A-Za-z0-9._{中-]{0,7}";

/// A request with distinct parameter names, so that every value is signed by every scheme.
#[derive(Debug, Clone)]
struct Sample {
    method: String,
    path: String,
    pairs: Vec<(String, String)>,
    header: String,
    body: Vec<u8>,
    secret: Vec<u8>,
}

impl Sample {
    fn target(&self) -> String {
        let pairs = self.pairs.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value)));
        format!("{}?{}", self.path, pairs.collect::<Vec<_>>().join("&"))
    }

    fn key(&self) -> SigningKey {
        SigningKey::new(&self.secret)
    }

    fn headers<'a>(&'a self, more: &[(Text, &'a str)]) -> Vec<(Text, &'a str)> {
        [&[("x-signed", self.header.as_str()), ("host", "h")], more].concat()
    }
}

prop_compose! {
    fn sample()(
        method in prop::sample::select(vec!["GET", "POST", "PUT", "DELETE"]),
        path in "(/[A-Za-z0-9._~-]{1,6}){1,3}",
        pairs in btree_map(NAME, VALUE, 1..5),
        header in "[!-~]{1,10}",
        body in vec(any::<u8>(), 1..40),
        secret in vec(any::<u8>(), 1..100),
    ) -> Sample {
        Sample { method: method.to_owned(), path, pairs: pairs.into_iter().collect(), header, body, secret }
    }
}

/// Samples that differ from the given one in one signed place.
fn changes(original: &Sample, at: usize) -> Vec<Sample> {
    let edit = |change: fn(&mut Sample, usize)| {
        let mut changed = original.clone();
        change(&mut changed, at);
        changed
    };
    vec![
        edit(|s, _| s.method = if s.method == "GET" { "PUT".to_owned() } else { "GET".to_owned() }),
        edit(|s, at| flip(&mut s.path, at)),
        edit(|s, at| flip(&mut s.header, at)),
        edit(|s, at| {
            let index = at % s.pairs.len();
            s.pairs[index].1.push('x');
        }),
        edit(|s, at| {
            let index = at % s.pairs.len();
            s.pairs[index].0.push('x');
        }),
        edit(|s, at| {
            let index = at % s.secret.len();
            s.secret[index] ^= 1;
        }),
    ]
}

/// Another character in one place; never a separator.
fn flip(text: &mut String, at: usize) {
    let mut bytes = text.clone().into_bytes();
    let at = at % bytes.len();
    bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
    *text = String::from_utf8(bytes).unwrap();
}

fn verify_client(sample: &Sample, signature: &str) -> Result<Form, client::Mismatch> {
    let headers = sample.headers(&[
        ("x-ca-key", "k"),
        ("x-ca-signature", signature),
        ("x-ca-signature-headers", "x-ca-key,x-signed"),
    ]);
    let target = sample.target();
    let credential = Credential::parse(&headers).unwrap();
    client::verify(&Parts::new(&sample.method, &target, &headers), &credential, &sample.key())
}

fn sign_client(sample: &Sample) -> String {
    let headers = sample.headers(&[("x-ca-key", "k")]);
    let (target, signed) = (sample.target(), SignedHeaders::from_iter(["x-signed", "x-ca-key"]));
    let parts = Parts::new(&sample.method, &target, &headers);
    client::sign(&parts, &signed, Algorithm::HmacSha256, &sample.key()).unwrap()
}

const HUAWEI_NAMES: [Text; 3] = ["x-signed", "host", "x-sdk-date"];
const SDK_DATE: (Text, Text) = ("x-sdk-date", "20191111T093443Z");

fn sign_huawei(sample: &Sample) -> String {
    let (headers, target) = (sample.headers(&[SDK_DATE]), sample.target());
    let body = BodyHash::Computed(sha256(&sample.body));
    let parts = Parts::new(&sample.method, &target, &headers);
    huawei::sign(&parts, "k", &HUAWEI_NAMES, body, &sample.key()).unwrap()
}

fn verify_huawei(sample: &Sample, value: &str) -> Result<(), huawei::Mismatch> {
    let (headers, target) = (sample.headers(&[SDK_DATE]), sample.target());
    let authorization = huawei::parse_authorization(Some(value.as_bytes())).unwrap();
    let body = BodyHash::Computed(sha256(&sample.body));
    huawei::verify(&Parts::new(&sample.method, &target, &headers), &authorization, body, &sample.key())
}

const ACS3_NAMES: [Text; 3] = ["x-signed", "host", "x-acs-content-sha256"];

fn sign_acs3(sample: &Sample) -> String {
    let hash = hex::encode(sha256(&sample.body));
    let (headers, target) = (sample.headers(&[("x-acs-content-sha256", &hash)]), sample.target());
    acs3::sign(&Parts::new(&sample.method, &target, &headers), "k", &ACS3_NAMES, &sample.key()).unwrap()
}

fn verify_acs3(sample: &Sample, value: &str) -> Result<(), acs3::Mismatch> {
    let hash = sha256(&sample.body);
    let declared = hex::encode(hash);
    let (headers, target) = (sample.headers(&[("x-acs-content-sha256", &declared)]), sample.target());
    let authorization = acs3::parse_authorization(Some(value.as_bytes())).unwrap();
    acs3::verify(&Parts::new(&sample.method, &target, &headers), &authorization, &hash, &sample.key())
}

fn backend_call(sample: &Sample, check: impl FnOnce(&backend::Call<'_, Vec<(Text, &str)>>)) {
    let (headers, target) = (sample.headers(&[]), sample.target());
    let body_md5 = paifang_sign::alibaba::content_md5(&sample.body);
    let parts = Parts::new(&sample.method, &target, &headers);
    check(&backend::Call { parts, body_md5: Some(&body_md5), signed_headers: "x-signed" });
}

fn rpc_query(sample: &Sample) -> String {
    let target = sample.target();
    format!(
        "SignatureNonce=n&Timestamp=2016-02-23T12:46:24Z&AccessKeyId=k&{}",
        target.split_once('?').unwrap().1
    )
}

fn verify_rpc(sample: &Sample, signature: &str) -> Result<(), rpc_v1::Mismatch> {
    let (query, form) = (rpc_query(sample), format!("Signature={}", escape(signature)));
    let request = rpc_v1::Request::new(&sample.method, query.as_bytes(), form.as_bytes()).unwrap();
    request.verify(&request.credential().unwrap(), &rpc_v1::RpcKey::new(&sample.secret))
}

proptest! {
    #[test]
    fn client_signature(sample in sample(), at in any::<usize>()) {
        let signature = sign_client(&sample);
        prop_assert_eq!(verify_client(&sample, &signature), Ok(Form::Documented));
        for changed in changes(&sample, at) {
            prop_assert!(verify_client(&changed, &signature).is_err(), "{changed:?}");
        }
    }

    #[test]
    fn huawei_signature(sample in sample(), at in any::<usize>()) {
        let value = sign_huawei(&sample);
        prop_assert_eq!(verify_huawei(&sample, &value), Ok(()));
        let mut other_body = sample.clone();
        other_body.body[at % sample.body.len()] ^= 1;
        for changed in changes(&sample, at).into_iter().chain([other_body]) {
            prop_assert!(verify_huawei(&changed, &value).is_err(), "{changed:?}");
        }
    }

    #[test]
    fn acs3_signature(sample in sample(), at in any::<usize>()) {
        let value = sign_acs3(&sample);
        prop_assert_eq!(verify_acs3(&sample, &value), Ok(()));
        let mut other_body = sample.clone();
        other_body.body[at % sample.body.len()] ^= 1;
        for changed in changes(&sample, at).into_iter().chain([other_body]) {
            prop_assert!(verify_acs3(&changed, &value).is_err(), "{changed:?}");
        }
    }

    #[test]
    fn backend_signature(sample in sample(), at in any::<usize>()) {
        let mut signature = String::new();
        backend_call(&sample, |call| signature = call.sign(&sample.key()).unwrap());
        backend_call(&sample, |call| assert_eq!(call.verify(&signature, &sample.key()), Ok(())));
        for changed in changes(&sample, at) {
            backend_call(&changed, |call| {
                assert!(call.verify(&signature, &changed.key()).is_err(), "{changed:?}");
            });
        }
    }

    #[test]
    fn rpc_signature(sample in sample(), at in any::<usize>()) {
        let query = rpc_query(&sample);
        let request = rpc_v1::Request::new(&sample.method, query.as_bytes(), b"").unwrap();
        let signature = request.sign(Algorithm::HmacSha1, &rpc_v1::RpcKey::new(&sample.secret));
        prop_assert_eq!(verify_rpc(&sample, &signature), Ok(()));
        // RPC requests have one path and sign no header.
        let signed = |changed: &Sample| changed.path == sample.path && changed.header == sample.header;
        for changed in changes(&sample, at).into_iter().filter(signed) {
            prop_assert!(verify_rpc(&changed, &signature).is_err(), "{changed:?}");
        }
    }

    #[test]
    fn any_other_signature_is_refused(sample in sample(), at in any::<usize>()) {
        let mut signature = sign_client(&sample);
        flip(&mut signature, at);
        prop_assert!(verify_client(&sample, &signature).is_err());
        let mut value = sign_huawei(&sample).into_bytes();
        let last = value.len() - 1 - at % 64;
        value[last] = if value[last] == b'0' { b'1' } else { b'0' };
        prop_assert!(verify_huawei(&sample, str::from_utf8(&value).unwrap()).is_err());
    }
}
