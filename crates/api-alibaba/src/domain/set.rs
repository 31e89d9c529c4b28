//! `SetDomain`: binds a host name, or changes the stage that it is fixed to.

use paifang_control::{DomainDraft, DomainPatch};
use paifang_model::DomainTls;
use paifang_model::domain::PlainCalls;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};

pub(crate) async fn set(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    params.refuse_true("IsForce", "a domain is unbound from its group first")?;
    if let Some(kind @ "INTRANET") = params.text("CustomDomainType") {
        return Err(Fault::unsupported("CustomDomainType", kind, "domains are not told apart by network"));
    }
    let redirect = params.flag("IsHttpRedirectToHttps")?;
    let redirect =
        redirect.map(|redirected| if redirected { PlainCalls::Redirected } else { PlainCalls::Answered });
    let group = call.group().await?.value;
    let stage = match params.text("BindStageName") {
        Some(name) => Some(call.stage_named(name).await?.value.id),
        None => None,
    };
    let domain = match super::bound(call, group.id).await? {
        Some(bound) => {
            let tls = redirect.map(|plain| DomainTls { plain, ..bound.value.tls.clone() });
            let patch = DomainPatch { stage: Some(stage), tls, ..DomainPatch::default() };
            call.control.update_domain(bound.value.id, patch, None).await
        }
        None => {
            let host = params.required("DomainName")?.to_owned();
            let tls = DomainTls { plain: redirect.unwrap_or_default(), ..DomainTls::default() };
            call.control.bind_domain(group.id, DomainDraft { host, stage, tls, patterns: Vec::new() }).await
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
