//! Who may call.

use insta::assert_snapshot;
use paifang_model::Dialect;
use paifang_model::definition::{AppCodeMode, Authentication, SignatureMethod};

use crate::samples::complaints;

#[test]
fn the_stronger_signature_is_always_accepted() {
    let methods = |signature_methods: Vec<SignatureMethod>| {
        complaints(Dialect::Alibaba, |api| {
            api.auth = Authentication::App {
                app_code: AppCodeMode::Inherit,
                signature_methods,
                nonce_required: true,
            };
        })
    };
    assert_eq!(methods(vec![SignatureMethod::HmacSha256]), "fine");
    assert_eq!(methods(vec![SignatureMethod::HmacSha1, SignatureMethod::HmacSha256]), "fine");
    assert_snapshot!(methods(vec![SignatureMethod::HmacSha1]), @"/auth/signature_methods (required): `hmac_sha256` is always accepted: name it");
    assert_snapshot!(methods(Vec::new()), @"/auth/signature_methods (required): `hmac_sha256` is always accepted: name it");
}

#[test]
fn app_authentication_as_a_new_api_has_it() {
    assert_snapshot!(serde_json::to_string(&Authentication::app()).unwrap(), @r#"{"kind":"app","app_code":"inherit","signature_methods":["hmac_sha256"],"nonce_required":false}"#);
    assert_eq!(complaints(Dialect::Huawei, |api| api.auth = Authentication::app()), "fine");
}
