//! `SetDomainCertificate` and `DeleteDomainCertificate`. Here a certificate is a domain's, and has a name that others may say again:
//! the same certificate for another domain is the same one in the store. Its key is never shown.

use paifang_control::{
    Attachment, CertificateDraft, CertificateFilter, CertificateInfo, Paging, Stored, Unused,
};
use paifang_model::domain::ClientCertificates;
use paifang_model::id::CertificateId;
use paifang_model::{Domain, Secret};
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};

/// Gives a domain a certificate: the one that is sent along, or one that is there under the name.
pub(crate) async fn set(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    params.refuse("SslVerifyDepth", "chains of clients are followed to their authority, however long")?;
    for name in ["SslOcspEnable", "SslOcspCacheEnable"] {
        params.refuse_true(name, "revoked certificates of clients are not looked up")?;
    }
    let domain = domain(call).await?;
    let name = params.required("CertificateName")?;
    let body = (params.text("CertificateBody"), params.text("CertificatePrivateKey"));
    let secured = match body {
        (None, None) => {
            params.refuse("CaCertificateBody", "it is sent with a certificate and its key")?;
            let certificate = named(call, name).await?.ok_or_else(Fault::no_certificate)?;
            let clients = clients(call, certificate.client_authority.is_some())?;
            let attachment = Attachment { domain: domain.value.id, clients };
            call.control.attach_certificate(certificate.id, &[attachment]).await.map(drop)
        }
        _ => {
            let client_authority = params.text("CaCertificateBody").map(str::to_owned);
            let clients = clients(call, client_authority.is_some())?;
            let draft = CertificateDraft {
                name: name.to_owned(),
                chain: params.required("CertificateBody")?.to_owned(),
                key: Secret::new(params.required("CertificatePrivateKey")?),
                client_authority,
            };
            call.control.secure_domain(domain.value.id, draft, clients).await.map(drop)
        }
    };
    secured.map_err(Fault::of(Sent::Certificate))?;
    Ok(json!({}))
}

/// A client authority is sent to be asked for (spec: aliyun/calling.md §10).
fn clients(call: &Call<'_>, has_authority: bool) -> Result<ClientCertificates, Fault> {
    Ok(match (call.params.flag("ClientCertSDnPassThrough")?, has_authority) {
        (Some(true), _) => ClientCertificates::RequiredAndPassedOn,
        (_, true) => ClientCertificates::Required,
        (_, false) => ClientCertificates::NotAsked,
    })
}

/// Takes a domain's certificate; one that no other domain has is gone.
pub(crate) async fn delete(call: &Call<'_>) -> Result<Value, Fault> {
    let domain = domain(call).await?.value;
    let id = call.params.required("CertificateId")?.parse::<CertificateId>().ok();
    let id = id.filter(|id| domain.tls.certificate == Some(*id)).ok_or_else(Fault::no_certificate)?;
    let detached = call.control.detach_certificate(id, &[domain.id], Unused::Deleted).await;
    detached.map_err(Fault::of(Sent::Certificate))?;
    Ok(json!({}))
}

/// The certificate of a domain.
pub(super) async fn of(call: &Call<'_>, domain: &Domain) -> Result<Option<CertificateInfo>, Fault> {
    match domain.tls.certificate {
        Some(id) => Ok(Some(call.control.read_certificate(id).await?.value)),
        None => Ok(None),
    }
}

async fn domain(call: &Call<'_>) -> Result<Stored<Domain>, Fault> {
    let group = call.group().await?.value;
    super::bound(call, group.id).await?.ok_or_else(|| Fault::not_found("Domain"))
}

async fn named(call: &Call<'_>, name: &str) -> Result<Option<CertificateInfo>, Fault> {
    let filter = CertificateFilter { name: Some(name.to_owned()), ..CertificateFilter::default() };
    let found = call.control.list_certificates(&filter, &Paging::default()).await?;
    Ok(found.items.into_iter().flatten().next().map(|found| found.value))
}
