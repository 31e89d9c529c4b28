//! `CreateSignature`.

use paifang_control::PolicyDraft;
use paifang_model::Secret;
use serde_json::{Value, json};

use super::SORT;
use crate::call::{Call, DIALECT};
use crate::fault::{Fault, Sent};

pub(crate) async fn create(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    let draft = PolicyDraft {
        dialect: DIALECT,
        kind: SORT.kind,
        name: params.required(SORT.name)?.to_owned(),
        settings: json!({ "type": "APIGW_BACKEND", "key": params.required("SignatureKey")? }),
        secret: Some(Secret::new(params.required("SignatureSecret")?)),
        remark: String::new(),
    };
    let policy = call.control.create_policy(draft).await.map_err(Fault::of(Sent::Signature))?.value;
    Ok(json!({ "SignatureId": policy.id, "SignatureName": policy.name }))
}
