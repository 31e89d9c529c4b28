//! `ModifySignature`. Backends keep the old secret beside the new one until all calls have the new.

use paifang_control::PolicyPatch;
use paifang_model::{Policy, Secret};
use serde_json::{Value, json};

use super::SORT;
use crate::call::Call;
use crate::fault::{Fault, Sent};
use crate::rule;

pub(crate) async fn modify(call: &Call<'_>) -> Result<Value, Fault> {
    let id = SORT.named(call).await?.value.id;
    let text = |name| call.params.text(name).map(str::to_owned);
    let (name, key) = (text(SORT.name), text("SignatureKey"));
    let secret = text("SignatureSecret").map(Secret::new);
    let edit = |policy: &Policy| {
        let settings = key.as_ref().map(|key| {
            let mut settings = rule::members(&policy.settings);
            settings.insert("key".to_owned(), json!(key));
            Value::Object(settings)
        });
        Ok(PolicyPatch { name: name.clone(), settings, secret: secret.clone(), remark: None })
    };
    let policy = call.control.edit_policy(id, edit).await.map_err(Fault::of(Sent::Signature))?.value;
    Ok(json!({ "SignatureId": policy.id, "SignatureName": policy.name }))
}
