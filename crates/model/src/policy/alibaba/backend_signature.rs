//! Signature keys as Alibaba Cloud has them: the plug-in `backendSignature` (spec: aliyun/plugins.md §3.3).

use serde_json::Value;

use crate::policy::members::Members;
use crate::policy::{SignatureKey, SignatureScheme};
use crate::violation::Violations;

/// Reads a plug-in's data. The secret stands beside it.
///
/// # Errors
/// All complaints.
pub(in crate::policy) fn read(given: &Value) -> Result<SignatureKey, Violations> {
    let mut members = Members::of(given)?;
    members.demand("type");
    members.word("type", &[("APIGW_BACKEND", ())]);
    let key = SignatureKey::of(&mut members, SignatureScheme::Ca, "key");
    members.finish().or(key)
}
