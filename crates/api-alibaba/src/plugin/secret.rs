//! Secrets in plug-ins' data. The data of a plug-in that holds one is kept without it and shown with it, to whoever may
//! see it.

use paifang_control::{Action, Stored, may};
use paifang_model::policy::alibaba;
use paifang_model::{Policy, PolicyKind, Secret};
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::Fault;

/// The member that is secret.
const MEMBER: &str = "secret";

/// Data as it is kept, and the secret that stood in it.
pub(super) fn taken_out(kind: PolicyKind, data: &str) -> (Value, Option<Secret>) {
    if !kind.has_secret() {
        return (json!(data), None);
    }
    // What cannot be read is refused as any other data.
    let Some(mut read) = alibaba::read_text(data) else { return (json!(data), None) };
    let secret = read.as_object_mut().and_then(|members| members.shift_remove(MEMBER));
    let secret = secret.map(|secret| secret.as_str().map_or_else(|| secret.to_string(), str::to_owned));
    (read, secret.map(Secret::new))
}

/// Data as it is shown. What was given to another interface may be text.
pub(super) async fn put_back(call: &Call<'_>, policy: &Stored<Policy>) -> Result<Value, Fault> {
    let mut settings = policy.value.settings.clone();
    if !policy.value.kind.has_secret() || !may(call.control.principal().role, Action::RevealSignatureKey) {
        return Ok(settings);
    }
    if let Some(read) = settings.as_str().and_then(alibaba::read_text) {
        settings = read;
    }
    let secret = call.control.reveal_policy(policy.value.id).await?;
    if let Some(members) = settings.as_object_mut() {
        members.insert(MEMBER.to_owned(), json!(secret.expose()));
    }
    Ok(settings)
}
