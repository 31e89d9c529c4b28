//! The AppKey signature whose headers begin with `X-Ca-` (spec: aliyun/calling.md §4).

use anyhow::Result;
use paifang_model::Secret;
use paifang_sign::alibaba::{self, SignedHeaders, client};
use paifang_sign::{Algorithm, Parts, SigningKey};

use super::Stamp;
use super::request::Request;

/// Adds the signature. Names are in lower case, as clients have them, because their spelling is signed too.
pub(super) fn add(key: &str, secret: &Secret, stamp: &Stamp, request: &mut Request) -> Result<()> {
    // Clients send an Accept of their own when none is given, and it is signed.
    request.add_missing("Accept", "application/json");
    request.say_content_type();
    let is_form = request.header("Content-Type").is_some_and(|kind| alibaba::is_form(kind.as_bytes()));
    if !is_form && !request.body.bytes().is_empty() {
        request.add_missing("Content-MD5", alibaba::content_md5(request.body.bytes()));
    }
    request.add("x-ca-key", key);
    request.add("x-ca-timestamp", stamp.at_ms.to_string());
    request.add("x-ca-nonce", stamp.nonce.as_str());
    let (names, signature) = {
        let listed =
            request.headers.iter().map(|(name, _)| name.as_str()).filter(|name| is_signed(request, name));
        let signed = SignedHeaders::from_iter(listed);
        let parts = Parts::new(request.method.as_str(), request.target(), &request.headers);
        let parts = if is_form { parts.with_form(request.body.bytes()) } else { parts };
        let signature = client::sign(
            &parts,
            &signed,
            Algorithm::HmacSha256,
            &SigningKey::new(secret.expose().as_bytes()),
        )?;
        (signed.to_list(), signature)
    };
    request.add("x-ca-signature-headers", names);
    request.add("x-ca-signature", signature);
    Ok(())
}

fn is_signed(request: &Request, name: &str) -> bool {
    let of_the_scheme = name.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("x-ca-"));
    of_the_scheme || request.also_signed.iter().any(|also| also.eq_ignore_ascii_case(name))
}
