//! A group as the interface shows it. Spec: huawei/lifecycle.md.

use std::collections::HashMap;

use paifang_control::{DomainFilter, Stored};
use paifang_model::id::CertificateId;
use paifang_model::{Domain, Group};
use serde_json::{Map, Value, json};

use crate::answer::members;
use crate::call::Call;
use crate::certificate::{self, Named};
use crate::domain::oldest_tls;
use crate::fault::Fault;
use crate::{scope, time};

/// All of it.
pub(crate) async fn view(call: &Call, group: &Stored<Group>) -> Result<Value, Fault> {
    let mut all = base(call, group).await?;
    let Group { description, subdomain, extra, .. } = &group.value;
    all.extend(members(json!({
        "sl_domains": [subdomain],
        "remark": description,
        "is_default": 2,
        "version": extra.get("version"),
        "roma_app_id": extra.get("roma_app_id"),
    })));
    Ok(Value::Object(all))
}

/// What APIs show of their group.
pub(crate) async fn common(call: &Call, group: &Stored<Group>) -> Result<Value, Fault> {
    base(call, group).await.map(Value::Object)
}

async fn base(call: &Call, group: &Stored<Group>) -> Result<Map<String, Value>, Fault> {
    let id = group.value.id;
    let context = &call.context;
    let filter = &DomainFilter { group: Some(id), ..DomainFilter::default() };
    let domains = scope::all(|paging| async move { context.list_domains(filter, &paging).await }).await?;
    let secured = domains.iter().any(|domain| domain.value.tls.certificate.is_some());
    let certificates = if secured { certificate::named(call).await? } else { HashMap::new() };
    let mut all = members(json!({
        "id": id,
        "name": group.value.name,
        "status": 1,
        "sl_domain": group.value.subdomain,
        "sl_domain_access_enabled": group.value.subdomain_enabled,
        // Nothing is offered on a market.
        "on_sell_status": 2,
        "url_domains": domains.iter().map(|domain| url_domain(&domain.value, &certificates)).collect::<Vec<_>>(),
    }));
    all.extend(times_of(group));
    Ok(all)
}

/// A bound domain. Nobody has to resolve it to the subdomain here, so it always counts as resolved.
fn url_domain(domain: &Domain, certificates: &HashMap<CertificateId, Named>) -> Value {
    let mut shown = json!({
        "id": domain.id,
        "domain": domain.host,
        "cname_status": 3,
        "min_ssl_version": oldest_tls(domain),
        "verified_client_certificate_enabled": domain.tls.clients.asked(),
        "is_has_trusted_root_ca": false,
    });
    if let Some((id, certificate)) = domain.tls.certificate.and_then(|id| Some((id, certificates.get(&id)?)))
    {
        shown["ssl_id"] = json!(id);
        shown["ssl_name"] = json!(certificate.name);
        shown["is_has_trusted_root_ca"] = json!(certificate.has_client_authority);
    }
    shown
}

/// When something was made and last changed.
pub(crate) fn times_of<T>(stored: &Stored<T>) -> Map<String, Value> {
    members(json!({
        "register_time": time::rfc3339(stored.created_at),
        "update_time": time::rfc3339(stored.updated_at),
    }))
}
