//! What verifying one request costs, per scheme. Run: `cargo bench -p paifang-sign`.
#![allow(missing_docs, reason = "criterion's macro makes a public function")]
#![allow(clippy::unwrap_used, reason = "a benchmark of fixed requests")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use paifang_sign::alibaba::{Credential, SignedHeaders, acs3, backend, client, rpc_v1};
use paifang_sign::huawei::{self, BodyHash};
use paifang_sign::{Algorithm, EMPTY_SHA256, Parts, SigningKey, sha256};

type Header<'a> = (&'a str, &'a str);

fn alibaba_client(c: &mut Criterion) {
    let key = SigningKey::new(b"testsecret");
    let signed_names = ["x-ca-key", "x-ca-nonce", "x-ca-stage", "x-ca-timestamp"];
    let list = signed_names.join(",");
    for (name, algorithm) in [("HmacSHA256", Algorithm::HmacSha256), ("HmacSHA1", Algorithm::HmacSha1)] {
        for target in ["/pets/7?b=2&a=1", "/pets/7?b=%E4%B8%AD%20x&a=1+2"] {
            let mut headers: Vec<Header<'_>> = vec![
                ("accept", "application/json"),
                ("x-ca-key", "203753385"),
                ("x-ca-nonce", "c9f15cbf-f4ac-4a6c-b54d-f51abf4b5b44"),
                ("x-ca-stage", "RELEASE"),
                ("x-ca-timestamp", "1700000000000"),
                ("x-ca-signature-headers", &list),
                ("x-ca-signature-method", name),
            ];
            let signed = SignedHeaders::from_iter(signed_names);
            let signature =
                client::sign(&Parts::new("GET", target, &headers), &signed, algorithm, &key).unwrap();
            headers.push(("x-ca-signature", &signature));
            let parts = Parts::new("GET", target, &headers);
            c.bench_function(&format!("alibaba client {name} {target}"), |b| {
                b.iter(|| {
                    let credential = Credential::parse(black_box(&headers)).unwrap();
                    client::verify(black_box(&parts), &credential, &key).unwrap()
                });
            });
        }
    }
}

fn alibaba_backend(c: &mut Criterion) {
    let key = SigningKey::new(b"DemoSecret1");
    let headers = [("CaClientIp", "10.0.0.1"), ("CaAppId", "7")];
    let parts = Parts::new("GET", "/json?q=1&r=2", &headers);
    let call = backend::Call { parts, body_md5: None, signed_headers: "CaClientIp,CaAppId" };
    c.bench_function("alibaba backend, made", |b| b.iter(|| black_box(&call).sign(&key).unwrap()));
}

fn alibaba_management(c: &mut Criterion) {
    let rpc_key = rpc_v1::RpcKey::new(b"testsecret");
    let query = b"Format=XML&AccessKeyId=testid&Action=DescribeRegions&SignatureMethod=HMAC-SHA1\
        &SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&SignatureVersion=1.0\
        &Timestamp=2016-02-23T12%3A46%3A24Z&Version=2014-05-26&Signature=OLeaidS1JvxuMvnyHOwuJ%2BuX5qY%3D";
    c.bench_function("alibaba RPC v1", |b| {
        b.iter(|| {
            let request = rpc_v1::Request::new("GET", black_box(query), b"").unwrap();
            request.verify(&request.credential().unwrap(), &rpc_key).unwrap();
        });
    });

    let key = SigningKey::new(b"testsecret");
    let headers = [
        ("host", "127.0.0.1:9000"),
        ("x-acs-action", "DescribeRegions"),
        ("x-acs-date", "2023-11-14T22:13:20Z"),
        ("x-acs-content-sha256", EMPTY_SHA256),
    ];
    let parts = Parts::new("POST", "/?Language=en", &headers);
    let value = acs3::sign(&parts, "testid", &headers.map(|(name, _)| name), &key).unwrap();
    let empty = sha256(b"");
    c.bench_function("alibaba ACS3", |b| {
        b.iter(|| {
            let authorization = acs3::parse_authorization(Some(black_box(value.as_bytes()))).unwrap();
            acs3::verify(&parts, &authorization, &empty, &key).unwrap();
        });
    });
}

fn huawei(c: &mut Criterion) {
    let key = SigningKey::new(b"c6e52419-2270-4cb8-8bd4-ae7fdd01dcd5");
    let headers = [("Host", "api.example.com"), ("X-Sdk-Date", "20191111T093443Z")];
    for target in ["/app1?b=2&a=1", "/app1/%E4%B8%AD?b=%E4%B8%AD%20x&a=1"] {
        let parts = Parts::new("GET", target, &headers);
        let value = huawei::sign(&parts, "key", &["host", "x-sdk-date"], BodyHash::Empty, &key).unwrap();
        c.bench_function(&format!("huawei {target}"), |b| {
            b.iter(|| {
                let authorization = huawei::parse_authorization(Some(black_box(value.as_bytes()))).unwrap();
                huawei::verify(&parts, &authorization, BodyHash::Empty, &key).unwrap();
            });
        });
    }
}

criterion_group!(signatures, alibaba_client, alibaba_backend, alibaba_management, huawei);
criterion_main!(signatures);
