//! `DescribeDomain`, and the domains of a group as `DescribeApiGroup` shows them.

use paifang_control::{CertificateInfo, DomainFilter, Stored};
use paifang_model::domain::{ClientCertificates, PlainCalls};
use paifang_model::{Domain, Group, Stage};
use serde_json::{Value, json};

use super::{certificate, patterns};
use crate::call::Call;
use crate::fault::Fault;
use crate::listing::everything;

pub(crate) async fn describe(call: &Call<'_>) -> Result<Value, Fault> {
    let group = call.group().await?.value;
    let domain = super::bound(call, group.id).await?.ok_or_else(|| Fault::not_found("Domain"))?;
    let mut answer = json!({
        "GroupId": group.id,
        "SubDomain": group.subdomain,
        "DomainName": domain.value.host,
        "DomainBindingStatus": "BINDING",
        "DomainLegalStatus": "NORMAL",
        "DomainCNAMEStatus": "RESOLVED",
        "DomainWebSocketStatus": "OPEN",
        "DomainRemark": "",
    });
    if let Some(certificate) = certificate::of(call, &domain.value).await? {
        add_certificate(&mut answer, &certificate);
        answer["CertificateBody"] = json!(certificate.chain);
    }
    Ok(answer)
}

/// What is told of a certificate wherever its domain is shown. Times are milliseconds since 1970.
fn add_certificate(shown: &mut Value, certificate: &CertificateInfo) {
    shown["CertificateId"] = json!(certificate.id);
    shown["CertificateName"] = json!(certificate.name);
    shown["CertificateValidStart"] = json!(certificate.facts.not_before);
    shown["CertificateValidEnd"] = json!(certificate.facts.not_after);
}

/// The domains of a group.
pub(crate) async fn of_group(
    call: &Call<'_>,
    group: &Group,
    stages: &[Stored<Stage>],
) -> Result<Vec<Value>, Fault> {
    let filter = DomainFilter { group: Some(group.id), ..DomainFilter::default() };
    let domains = everything(async |paging| call.control.list_domains(&filter, &paging).await).await?;
    let mut items = Vec::with_capacity(domains.len());
    for domain in &domains {
        let mut item = item(&domain.value, stages);
        if let Some(certificate) = certificate::of(call, &domain.value).await? {
            add_certificate(&mut item, &certificate);
        }
        items.push(item);
    }
    Ok(items)
}

fn item(domain: &Domain, stages: &[Stored<Stage>]) -> Value {
    let fixed = stages.iter().find(|stage| Some(stage.value.id) == domain.stage);
    let stage = fixed.map_or("", |stage| stage.value.name.as_str());
    json!({
        "DomainName": domain.host,
        "BindStageName": stage,
        "BindStageAlias": stage,
        "CustomDomainType": "INTERNET",
        "DomainBindingStatus": "BINDING",
        "DomainLegalStatus": "NORMAL",
        "DomainCNAMEStatus": "RESOLVED",
        "DomainWebSocketStatus": "OPEN",
        "DomainRemark": "",
        "IsHttpRedirectToHttps": domain.tls.plain == PlainCalls::Redirected,
        "ClientCertSDnPassThrough": domain.tls.clients == ClientCertificates::RequiredAndPassedOn,
        "WildcardDomainPatterns": patterns::shown(domain),
    })
}
