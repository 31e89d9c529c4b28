//! Takes, changes and deletes certificates.

use paifang_control::{CertificateDraft, CertificatePatch};
use paifang_model::Secret;
use paifang_model::certificate::PEM_BYTES_AT_MOST;
use paifang_model::id::CertificateId;
use serde_json::Value;

use super::TONGUE;
use super::view::view;
use crate::answer::{Answer, nothing, object};
use crate::ask::Fields;
use crate::call::Call;
use crate::fault::{codes, tell};
use crate::scope;

pub(crate) async fn create(call: &Call) -> Answer {
    let draft = call.read(|body| read_of_store(call, body))?;
    let id = call.context.create_certificate(draft).await.map_err(tell(&TONGUE))?.value.id;
    object(Value::Object(view(call, &call.context.read_certificate(id).await?)))
}

/// An authority that is left out stays; an empty one is taken away.
pub(crate) async fn update(call: &Call) -> Answer {
    let id: CertificateId = scope::id("certificate_id", call.path("certificate_id"))?;
    let (draft, authority_is_given) =
        call.read(|body| (read_of_store(call, body), body.raw("trusted_root_ca").is_some()))?;
    let CertificateDraft { name, chain, key, client_authority } = draft;
    let patch = CertificatePatch {
        name: Some(name),
        chain: Some(chain),
        key: Some(key),
        client_authority: authority_is_given.then_some(client_authority),
    };
    let updated = call.context.update_certificate(id, patch, None).await.map_err(tell(&TONGUE))?;
    object(Value::Object(view(call, &updated)))
}

pub(crate) async fn delete(call: &Call) -> Answer {
    let id: CertificateId = scope::id("certificate_id", call.path("certificate_id"))?;
    call.context.delete_certificate(id, None).await?;
    nothing()
}

/// A certificate for the store.
fn read_of_store(call: &Call, body: &mut Fields<'_, '_>) -> CertificateDraft {
    body.word("type", &[("global", ()), ("instance", ())]);
    let instance = &call.state.settings().instance;
    if body.text("instance_id").is_some_and(|id| !id.is_empty() && id != instance) {
        body.complain(codes::NO_INSTANCE, "instance_id", "there is no such instance");
    }
    body.word("algorithm_type", &[("RSA", ()), ("ECC", ())]);
    for name in ["cert_content_sign", "private_key_sign"] {
        body.refuse(name, "SM2 is not offered");
    }
    read(body)
}

/// What every certificate has.
pub(super) fn read(body: &mut Fields<'_, '_>) -> CertificateDraft {
    for name in ["cert_content", "private_key", "trusted_root_ca"] {
        body.short_text(name, PEM_BYTES_AT_MOST);
    }
    let client_authority = body.text("trusted_root_ca").filter(|text| !text.is_empty());
    CertificateDraft {
        name: body.required("name").to_owned(),
        chain: body.required("cert_content").to_owned(),
        key: Secret::new(body.required("private_key")),
        client_authority: client_authority.map(str::to_owned),
    }
}
