//! `SetDomain`: binds a host name, or changes the stage that it is fixed to.

use paifang_control::DomainDraft;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};

pub(crate) async fn set(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    params.refuse_true("IsHttpRedirectToHttps", "calls are answered by either protocol, as each API says")?;
    params.refuse_true("IsForce", "a domain is unbound from its group first")?;
    if let Some(kind @ "INTRANET") = params.text("CustomDomainType") {
        return Err(Fault::unsupported("CustomDomainType", kind, "domains are not told apart by network"));
    }
    let group = call.group().await?.value;
    let stage = match params.text("BindStageName") {
        Some(name) => Some(call.stage_named(name).await?.value.id),
        None => None,
    };
    let domain = match super::bound(call, group.id).await? {
        Some(bound) => call.control.update_domain(bound.value.id, stage, None).await,
        None => {
            let host = params.required("DomainName")?.to_owned();
            call.control.bind_domain(group.id, DomainDraft { host, stage }).await
        }
    };
    let domain = domain.map_err(Fault::of(Sent::Domain))?.value;
    Ok(json!({
        "GroupId": group.id,
        "SubDomain": group.subdomain,
        "DomainName": domain.host,
        "DomainBindingStatus": "BINDING",
        "DomainLegalStatus": "NORMAL",
        "DomainWebSocketStatus": "OPEN",
        "DomainRemark": "",
    }))
}
