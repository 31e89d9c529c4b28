//! Gives certificates to domains and takes them away, from either side; all of a call or nothing.

use paifang_control::{Attachment, Unused};
use paifang_model::Domain;
use paifang_model::domain::parse_host;
use paifang_model::id::{CertificateId, DomainId};
use serde_json::json;

use super::{TONGUE, clients};
use crate::answer::{Answer, object};
use crate::ask::Fields;
use crate::call::Call;
use crate::fault::{Fault, codes, tell};
use crate::{domain, scope};

/// A domain by its name, and whether its clients are to be asked.
struct Named {
    host: String,
    clients: Option<bool>,
}

/// A certificate for several domains.
pub(crate) async fn attach_domains(call: &Call) -> Answer {
    let named = call.read(|body| read_domains(call, body))?;
    let certificate = super::found(call).await?.value;
    let mut attachments = Vec::with_capacity(named.len());
    for Named { host, clients: asked } in &named {
        let domain = domain_named(call, host).await?;
        attachments.push(Attachment { domain, clients: clients(*asked, &certificate) });
    }
    call.context.attach_certificate(certificate.id, &attachments).await.map_err(tell(&TONGUE))?;
    object(json!({}))
}

pub(crate) async fn detach_domains(call: &Call) -> Answer {
    let named = call.read(|body| read_domains(call, body))?;
    let id = super::found(call).await?.value.id;
    let mut domains = Vec::with_capacity(named.len());
    for Named { host, .. } in &named {
        domains.push(domain_named(call, host).await?);
    }
    call.context.detach_certificate(id, &domains, Unused::Kept).await.map_err(tell(&TONGUE))?;
    object(json!({}))
}

/// A domain's certificate, out of the store.
pub(crate) async fn attach_to_domain(call: &Call) -> Answer {
    let domain = domain::of_group(call).await?;
    let (ids, asked) =
        call.read(|body| (read_ids(body), body.flag("verified_client_certificate_enabled")))?;
    let certificate = call.context.read_certificate(the_one(&ids)?).await?.value;
    let attachment = Attachment { domain: domain.id, clients: clients(asked, &certificate) };
    call.context.attach_certificate(certificate.id, &[attachment]).await.map_err(tell(&TONGUE))?;
    object(json!({}))
}

pub(crate) async fn detach_from_domain(call: &Call) -> Answer {
    let domain = domain::of_group(call).await?;
    let ids = call.read(read_ids)?;
    let detached = call.context.detach_certificate(the_one(&ids)?, &[domain.id], Unused::Kept).await;
    detached.map_err(tell(&TONGUE))?;
    object(json!({}))
}

fn read_domains(call: &Call, body: &mut Fields<'_, '_>) -> Vec<Named> {
    body.demand("domains");
    let instance = &call.state.settings().instance;
    body.objects("domains", |domain| {
        if domain.texts("instance_ids").iter().any(|id| id != instance) {
            domain.complain(codes::NO_INSTANCE, "instance_ids", "there is no such instance");
        }
        let host = domain.required("domain").to_owned();
        Named { host, clients: domain.flag("verified_client_certificate_enabled") }
    })
}

fn read_ids(body: &mut Fields<'_, '_>) -> Vec<String> {
    body.demand("certificate_ids");
    body.texts("certificate_ids")
}

/// A domain has one certificate.
fn the_one(ids: &[String]) -> Result<CertificateId, Fault> {
    match ids {
        [id] => scope::id("certificate_ids", id),
        [] => {
            Err(codes::MISSING
                .with("parameterName:certificate_ids. Please refer to the support documentation"))
        }
        _ => Err(codes::DIFFERENT_CERTIFICATES.fault()),
    }
}

/// A domain of this dialect's groups.
async fn domain_named(call: &Call, host: &str) -> Result<DomainId, Fault> {
    let nobodys = || codes::NO_DOMAIN.with(paifang_model::name::shown(host));
    let id = Domain::id_of(&parse_host(host).map_err(|_| nobodys())?);
    let domain = call.context.read_domain(id).await?.value;
    scope::group(&call.context, &domain.group.to_string()).await.map_err(|_| nobodys())?;
    Ok(id)
}
