//! Looks at certificates, and at the domains that have one.

use paifang_control::{CertificateDetails, CertificateFilter, CertificateInfo, Stored};
use paifang_model::Domain;
use serde_json::Value;

use super::view::{algorithm, row, view};
use crate::answer::{Answer, object, page, page_of};
use crate::call::Call;
use crate::{DIALECT, domain, scope};

pub(crate) async fn list(call: &Call) -> Answer {
    let wanted = call.page()?;
    let name = call.query.value("name").map(str::to_owned);
    let (name, name_contains) = if call.query.is_precise("name") { (name, None) } else { (None, name) };
    let (context, filter) = (&call.context, &CertificateFilter { name, name_contains });
    let all = scope::all(|paging| async move { context.list_certificates(filter, &paging).await }).await?;
    let read = all.into_iter().map(|certificate| {
        let details = CertificateDetails::of(&certificate.value.chain);
        (certificate, details)
    });
    let met = read.filter(|(_, details)| meets(call, details)).collect();
    let (rows, total) = page_of(wanted, met);
    let rows = rows.iter().map(|(certificate, details)| row(call, certificate, details).into()).collect();
    page("certs", rows, total)
}

fn meets(call: &Call, details: &CertificateDetails) -> bool {
    let is = |name: &str, value: &str| call.query.value(name).is_none_or(|wanted| wanted == value);
    let common_name = details.subject.common_name.as_deref().unwrap_or_default();
    is("common_name", common_name)
        && is("signature_algorithm", &details.signature_algorithm)
        && is("type", "global")
        && is("algorithm_type", algorithm(details.key))
        && is("instance_id", &call.state.settings().instance)
}

pub(crate) async fn show(call: &Call) -> Answer {
    object(Value::Object(view(call, &super::found(call).await?)))
}

/// The domains that have a certificate, those of this dialect's groups.
pub(crate) async fn domains(call: &Call) -> Answer {
    let wanted = call.page()?;
    let certificate = super::found(call).await?;
    let part = call.query.value("url_domain").unwrap_or_default();
    let mut met = Vec::new();
    for host in certificate.value.domains.iter().filter(|host| host.contains(part)) {
        let Stored { value: domain, .. } = call.context.read_domain(Domain::id_of(host)).await?;
        let group = call.context.read_group(domain.group).await?.value;
        if group.dialect == DIALECT {
            met.push((domain, group));
        }
    }
    let (rows, total) = page_of(wanted, met);
    let CertificateInfo { id, name, .. } = &certificate.value;
    let shown = |(domain, group)| domain::with_certificate(call, domain, group, (*id, name));
    page("bound_domains", rows.iter().map(|(domain, group)| shown((domain, group))).collect(), total)
}
