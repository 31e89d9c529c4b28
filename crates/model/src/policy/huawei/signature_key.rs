//! Signature keys as Huawei Cloud has them (spec: huawei/backend-signature.md).

use serde_json::Value;

use crate::name::shown;
use crate::policy::members::Members;
use crate::policy::{SignatureKey, SignatureScheme};
use crate::violation::{Rule, Violations};

/// Reads settings: `sign_type` and `sign_key`. The secret stands beside them.
///
/// # Errors
/// All complaints.
pub(in crate::policy) fn read(given: &Value) -> Result<SignatureKey, Violations> {
    let mut members = Members::of(given)?;
    members.demand("sign_type");
    let scheme = match members.text("sign_type") {
        Some("basic") => SignatureScheme::Basic,
        Some("aes" | "public_key") => {
            // Nobody says what they look like on the wire.
            let message = "it is not offered: `hmac` and `basic` are";
            members.complain("sign_type", Rule::Unsupported, message);
            SignatureScheme::Sdk
        }
        Some("hmac") | None => SignatureScheme::Sdk,
        Some(other) => {
            let message = format!("`{}` is none of: hmac, basic", shown(other));
            members.complain("sign_type", Rule::Format, message);
            SignatureScheme::Sdk
        }
    };
    if members.text("sign_algorithm").is_some_and(|algorithm| !algorithm.is_empty()) {
        members.complain("sign_algorithm", Rule::Unsupported, "only keys of the type `aes` have one");
    }
    let key = SignatureKey::of(&mut members, scheme, "sign_key");
    members.finish().or(key)
}
