//! `SDK-HMAC-SHA256` (spec: huawei/calling.md §4): calls to APIs, and management.

use anyhow::Result;
use paifang_model::Secret;
use paifang_sign::huawei::{self, BodyHash, Declared};
use paifang_sign::{Parts, SigningKey, sha256};

use super::Stamp;
use super::request::Request;

/// Adds the signature, over every header that is known by now, as the vendor's signers do.
pub(super) fn add(key: &str, secret: &Secret, stamp: &Stamp, request: &mut Request) -> Result<()> {
    request.say_content_type();
    request.add_missing("Host", request.host()?);
    request.add_missing("X-Sdk-Date", huawei::format_date(stamp.at_ms.div_euclid(1000)));
    let authorization = {
        // Some signers leave such names out, and servers may drop the headers.
        let names = request.headers.iter().map(|(name, _)| name.as_str()).filter(|name| !name.contains('_'));
        let names: Vec<&str> = names.collect();
        let parts = Parts::new(request.method.as_str(), request.target(), &request.headers);
        let key_of_secret = SigningKey::new(secret.expose().as_bytes());
        huawei::sign(&parts, key, &names, body_hash(request), &key_of_secret)?
    };
    request.add("Authorization", authorization);
    Ok(())
}

fn body_hash(request: &Request) -> BodyHash<'_> {
    match (request.body.bytes(), Declared::of(&request.headers)) {
        (_, Declared::Unsigned) => BodyHash::Unsigned,
        ([], _) => BodyHash::Empty,
        (bytes, _) => BodyHash::Computed(sha256(bytes)),
    }
}
