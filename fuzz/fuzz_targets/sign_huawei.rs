//! Any request: nothing panics, and what is signed verifies.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paifang_fuzz::Request;
use paifang_sign::huawei::{self, BodyHash, Declared};
use paifang_sign::{SigningKey, sha256};

fuzz_target!(|bytes: &[u8]| {
    let Some(request) = Request::parse(bytes) else { return };
    let (parts, key) = (request.parts(), SigningKey::new(b"secret"));
    let body = body_hash(&request);
    let Ok(authorization) = huawei::parse_authorization(request.header("authorization")) else { return };
    let _ = huawei::check_date(&parts, &authorization, 1_700_000_000_000);
    let _ = huawei::verify(&parts, &authorization, body, &key);
    let _ = huawei::canonical_request(&parts, &authorization, body);

    let names: Vec<&str> = authorization.names().collect();
    let Ok(value) = huawei::sign(&parts, authorization.access, &names, body, &key) else { return };
    let made = huawei::parse_authorization(Some(value.as_bytes())).expect("what we make, we read");
    assert_eq!(huawei::verify(&parts, &made, body, &key), Ok(()), "{value}");
});

fn body_hash<'a>(request: &'a Request<'_>) -> BodyHash<'a> {
    match Declared::of(&request.headers) {
        _ if request.body.is_empty() => BodyHash::Empty,
        Declared::Nothing => BodyHash::Computed(sha256(request.body)),
        Declared::Unsigned => BodyHash::Unsigned,
        Declared::Hash(hash) if request.body.len().is_multiple_of(2) => BodyHash::Declared(hash),
        Declared::Hash(_) => BodyHash::Computed(sha256(request.body)),
    }
}
