//! `DescribeDomain`, and the domains of a group as `DescribeApiGroup` shows them.

use paifang_control::Stored;
use paifang_model::domain::PlainCalls;
use paifang_model::{Domain, Group, Stage};
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::Fault;
use crate::listing::everything;

pub(crate) async fn describe(call: &Call<'_>) -> Result<Value, Fault> {
    let group = call.group().await?.value;
    let domain = super::bound(call, group.id).await?.ok_or_else(|| Fault::not_found("Domain"))?;
    Ok(json!({
        "GroupId": group.id,
        "SubDomain": group.subdomain,
        "DomainName": domain.value.host,
        "DomainBindingStatus": "BINDING",
        "DomainLegalStatus": "NORMAL",
        "DomainCNAMEStatus": "RESOLVED",
        "DomainWebSocketStatus": "OPEN",
        "DomainRemark": "",
    }))
}

/// The domains of a group.
pub(crate) async fn of_group(
    call: &Call<'_>,
    group: &Group,
    stages: &[Stored<Stage>],
) -> Result<Vec<Value>, Fault> {
    let id = Some(group.id);
    let domains = everything(async |paging| call.control.list_domains(id, &paging).await).await?;
    Ok(domains.iter().map(|domain| item(&domain.value, stages)).collect())
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
    })
}
