//! Nothing panics, whatever the bytes.

use paifang_sign::alibaba::{Credential, SignedHeaders, acs3, app_code, backend, client, printable, rpc_v1};
use paifang_sign::huawei::{self, BodyHash, Declared};
use paifang_sign::{Algorithm, Parts, SigningKey};
use proptest::collection::vec;
use proptest::prelude::*;

const NAMES: [&str; 14] = [
    "x-ca-key",
    "x-ca-signature",
    "x-ca-signature-headers",
    "x-ca-signature-method",
    "x-ca-timestamp",
    "x-ca-nonce",
    "content-type",
    "date",
    "host",
    "x-sdk-date",
    "x-sdk-content-sha256",
    "x-acs-date",
    "x-acs-content-sha256",
    "authorization",
];

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let structured = "[%+&=?/,;:a-c0-9 \\x00\\xff中]{0,40}".prop_map(String::into_bytes);
    prop_oneof![structured, vec(any::<u8>(), 0..40)]
}

fn headers() -> impl Strategy<Value = Vec<(&'static str, Vec<u8>)>> {
    vec((prop::sample::select(NAMES.to_vec()), bytes()), 0..8)
}

proptest! {
    #[test]
    fn alibaba(method in "\\PC{0,8}", target in bytes(), form in bytes(), headers in headers(), list in "\\PC{0,30}") {
        let key = SigningKey::new(&form);
        let parts = Parts::new(&method, &target, &headers).with_form(&form);
        if let Ok(credential) = Credential::parse(&headers) {
            let _ = client::verify(&parts, &credential, &key);
            let _ = credential.check_timestamp(0);
        }
        let signed = SignedHeaders::parse(Some(&list));
        let text = client::string_to_sign(&parts, &signed).unwrap();
        prop_assert!(!printable(&text).contains(char::is_control));
        let call = backend::Call { parts, body_md5: None, signed_headers: &list };
        let _ = call.verify(&list, &key);
        let request = rpc_v1::Request::new(&method, parts.query, &form).unwrap();
        let _ = request.credential();
        let _ = request.sign(Algorithm::HmacSha1, &rpc_v1::RpcKey::new(&form));
        let _ = app_code::from_authorization(&form);
        let _ = app_code::from_query(&form);
    }

    #[test]
    fn authorization_schemes(method in "\\PC{0,8}", target in bytes(), headers in headers(), value in authorization()) {
        let key = SigningKey::new(&target);
        let parts = Parts::new(&method, &target, &headers);
        if let Ok(authorization) = acs3::parse_authorization(Some(&value)) {
            let _ = acs3::verify(&parts, &authorization, &[0; 32], &key);
            let _ = acs3::check_date(&parts, i64::MAX);
        }
        if let Ok(authorization) = huawei::parse_authorization(Some(&value)) {
            let _ = huawei::verify(&parts, &authorization, BodyHash::Empty, &key);
            let _ = huawei::verify(&parts, &authorization, BodyHash::Computed([0; 32]), &key);
            let _ = huawei::check_date(&parts, &authorization, i64::MIN);
        }
        let _ = Declared::of(&headers);
    }

    #[test]
    fn dates_survive_the_round_trip(unix_s in -62_167_219_200_i64..253_402_300_800) {
        let text = huawei::format_date(unix_s);
        let headers = [("x-sdk-date", text.as_str())];
        let value = b"SDK-HMAC-SHA256 Access=a, SignedHeaders=x-sdk-date, Signature=b";
        let authorization = huawei::parse_authorization(Some(value)).unwrap();
        let read = huawei::signing_time(&Parts::new("GET", "/", &headers), &authorization);
        prop_assert_eq!(read, Ok(unix_s));
    }

    #[test]
    fn format_date_takes_any_number(unix_s in any::<i64>()) {
        prop_assert_eq!(huawei::format_date(unix_s).len(), 16);
    }
}

fn authorization() -> impl Strategy<Value = Vec<u8>> {
    let names = vec(prop::sample::select(NAMES.to_vec()), 1..6);
    let good = ("(SDK-HMAC-SHA256 Access|ACS3-HMAC-SHA256 Credential)", names, "[a-z0-9]{0,64}");
    let good = good.prop_map(|(scheme, names, signature)| {
        format!("{scheme}=k, SignedHeaders={}, Signature={signature}", names.join(";")).into_bytes()
    });
    prop_oneof![good, bytes()]
}
