//! A domain's own certificate, uploaded for it.

use paifang_control::Unused;
use paifang_model::Domain;
use paifang_model::domain::ClientCertificates;
use paifang_model::id::CertificateId;
use serde_json::Value;

use super::TONGUE;
use super::view::view;
use super::write::read;
use crate::answer::{Answer, nothing, object};
use crate::call::Call;
use crate::fault::{Fault, codes, tell};
use crate::{domain, scope};

pub(crate) async fn add_to_domain(call: &Call) -> Answer {
    let domain = domain::of_group(call).await?;
    let draft = call.read(read)?;
    let (name, asked) = (draft.name.clone(), draft.client_authority.is_some());
    let clients = if asked { ClientCertificates::Required } else { ClientCertificates::NotAsked };
    let secured = call.context.secure_domain(domain.id, draft, clients).await.map_err(tell(&TONGUE))?.value;
    let group = call.context.read_group(secured.group).await?.value;
    let Some(id) = secured.tls.certificate else { return Err(codes::FAILED.fault()) };
    object(domain::with_certificate(call, &secured, &group, (id, &name)))
}

pub(crate) async fn show_of_domain(call: &Call) -> Answer {
    let id = bound(call).await?.1;
    let mut view = view(call, &call.context.read_certificate(id).await?);
    for member in ["is_has_trusted_root_ca", "algorithm_type"] {
        view.shift_remove(member);
    }
    object(Value::Object(view))
}

pub(crate) async fn remove_from_domain(call: &Call) -> Answer {
    let (domain, certificate) = bound(call).await?;
    let detached = call.context.detach_certificate(certificate, &[domain.id], Unused::Kept).await;
    detached.map_err(tell(&TONGUE))?;
    nothing()
}

/// The domain and the certificate that the path names, when the one has the other.
async fn bound(call: &Call) -> Result<(Domain, CertificateId), Fault> {
    let domain = domain::of_group(call).await?;
    let id = scope::id("certificate_id", call.path("certificate_id"))?;
    match domain.tls.certificate == Some(id) {
        true => Ok((domain, id)),
        false => Err(codes::CERTIFICATE_NOT_BOUND.fault()),
    }
}
