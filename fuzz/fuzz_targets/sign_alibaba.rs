//! Any request: nothing panics, what is signed verifies, and error texts stay printable and short.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paifang_fuzz::Request;
use paifang_sign::alibaba::{
    Credential, PRINTABLE_LIMIT, SignedHeaders, acs3, app_code, backend, client, printable, rpc_v1,
};
use paifang_sign::{SigningKey, sha256};

fuzz_target!(|bytes: &[u8]| {
    let Some(request) = Request::parse(bytes) else { return };
    client_signature(&request);
    backend_signature(&request);
    management(&request);
    if let Some(value) = request.header("authorization") {
        let _ = app_code::from_authorization(value);
    }
    let _ = app_code::from_query(request.parts().query);
});

fn client_signature(request: &Request<'_>) {
    let (key, parts) = (SigningKey::new(b"secret"), request.parts().with_form(request.body));
    let Ok(credential) = Credential::parse(&request.headers) else { return };
    let _ = credential.check_timestamp(1_700_000_000_000);
    let verdict = client::verify(&parts, &credential, &key);
    let Ok(text) = client::string_to_sign(&parts, &credential.signed_headers) else {
        assert!(verdict.is_err());
        return;
    };
    let shown = printable(&text);
    assert!(shown.len() <= PRINTABLE_LIMIT && !shown.contains(char::is_control));

    let Ok(signature) = client::sign(&parts, &credential.signed_headers, credential.algorithm, &key) else {
        return;
    };
    let list = credential.signed_headers.to_list();
    let signed = SignedHeaders::parse(Some(&list));
    assert_eq!(signed.to_list(), list);
    let made = Credential {
        key: credential.key,
        signature: &signature,
        algorithm: credential.algorithm,
        signed_headers: signed,
        timestamp: None,
        nonce: None,
    };
    assert_eq!(client::verify(&parts, &made, &key), Ok(client::Form::Documented));
}

fn backend_signature(request: &Request<'_>) {
    let list = request.header(backend::SIGNED_HEADERS).unwrap_or_default();
    let Ok(signed_headers) = str::from_utf8(list) else { return };
    let key = SigningKey::new(b"secret");
    let call =
        backend::Call { parts: request.parts().with_form(request.body), body_md5: None, signed_headers };
    if let Ok(signature) = call.sign(&key) {
        let verdict = call.verify(&signature, &key);
        assert!(matches!(verdict, Ok(()) | Err(backend::Mismatch::TooManySignedHeaders)));
    }
}

fn management(request: &Request<'_>) {
    let (parts, key) = (request.parts(), SigningKey::new(b"secret"));
    if let Ok(rpc) = rpc_v1::Request::new(parts.method, parts.query, request.body)
        && let Ok(credential) = rpc.credential()
    {
        let key = rpc_v1::RpcKey::new(b"secret");
        let signature = rpc.sign(credential.algorithm, &key);
        let credential = rpc_v1::Credential { signature: &signature, ..credential };
        assert_eq!(rpc.verify(&credential, &key), Ok(()));
    }
    let _ = acs3::check_date(&parts, 1_700_000_000_000);
    if let Ok(authorization) = acs3::parse_authorization(request.header("authorization")) {
        let _ = acs3::verify(&parts, &authorization, &sha256(request.body), &key);
        let _ = acs3::canonical_request(&parts, &authorization);
    }
}
