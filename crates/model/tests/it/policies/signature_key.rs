//! Signature keys: what each type wants, and that nothing is said of secrets.

use paifang_model::policy::{Settings, SignatureScheme};
use paifang_model::{Dialect, Policy, PolicyKind, Secret};
use serde_json::{Value, json};

use super::{complaints, policy};

fn key(dialect: Dialect, settings: Value, secret: Option<&str>) -> Policy {
    let secret = secret.map(Secret::new);
    Policy { dialect, kind: PolicyKind::SignatureKey, secret, ..policy(settings) }
}

fn huawei(sign_type: &str, key: &str, secret: &str) -> Policy {
    self::key(Dialect::Huawei, json!({ "sign_type": sign_type, "sign_key": key }), Some(secret))
}

fn alibaba(key: &str, secret: &str) -> Policy {
    self::key(Dialect::Alibaba, json!({ "type": "APIGW_BACKEND", "key": key }), Some(secret))
}

#[test]
fn each_type_has_its_rules() {
    for (policy, scheme) in [
        (huawei("hmac", "8-_chars", "0123456789abcde%"), SignatureScheme::Sdk),
        (huawei("basic", "user", "%secret!"), SignatureScheme::Basic),
        (alibaba("SampleKey", "Sample*Secret#@!"), SignatureScheme::Ca),
    ] {
        let Ok(Settings::SignatureKey(key)) = policy.check() else { panic!("{:?}", policy.check()) };
        assert_eq!(key.scheme, scheme);
    }
    for policy in [
        huawei("hmac", "7-chars", "0123456789abcdef"),
        huawei("hmac", "-leading", "0123456789abcdef"),
        huawei("basic", "1user", "%secret!"),
        huawei("basic", "us/er", "%secret!"),
        alibaba("Sample-Key", "SampleSecret"),
        alibaba("short", "SampleSecret"),
    ] {
        let told = complaints(policy.check());
        assert!(told.contains("is no key"), "{told}");
    }
}

#[test]
fn a_secret_is_judged_and_not_shown() {
    for policy in [
        huawei("hmac", "some-key", "swordfish"),
        huawei("basic", "user", "swordfish?"),
        alibaba("SampleKey", "1swordfish"),
    ] {
        let told = complaints(policy.check());
        assert!(told.starts_with("/secret Format: it ") && !told.contains("swordfish"), "{told}");
        assert!(!format!("{policy:?}").contains("swordfish"));
    }
    let none = key(Dialect::Huawei, json!({ "sign_type": "hmac", "sign_key": "some-key" }), None);
    insta::assert_snapshot!(complaints(none.check()), @"/secret Required: the secret is missing");
    let throttle = json!({ "time_interval": 1, "time_unit": "MINUTE", "api_call_limits": 10 });
    let beside = Policy { secret: Some(Secret::new("swordfish")), ..policy(throttle) };
    insta::assert_snapshot!(complaints(beside.check()), @"/secret Unknown: policies of this kind have no secret");
}

#[test]
fn what_is_not_offered_is_said() {
    let aes = json!({ "sign_type": "aes", "sign_key": "0123456789abcdef", "sign_algorithm": "aes-128-cfb" });
    insta::assert_snapshot!(complaints(key(Dialect::Huawei, aes, Some("0123456789abcdef")).check()), @r"
    /settings/sign_type Unsupported: it is not offered: `hmac` and `basic` are
    /settings/sign_algorithm Unsupported: only keys of the type `aes` have one
    ");
    let wrong = json!({ "type": "MAGIC", "secret": "swordfish" });
    insta::assert_snapshot!(complaints(key(Dialect::Alibaba, wrong, None).check()), @r"
    /settings/type Format: `MAGIC` is none of: APIGW_BACKEND
    /settings/key Required: it is missing
    /settings/secret Unknown: there is no setting `secret`
    ");
}
