//! Host names bound to a group.

use paifang_control::{DomainDraft, GroupPatch};
use paifang_model::id::DomainId;
use paifang_model::{Kind, Rule};
use serde_json::json;

use crate::answer::{Answer, nothing, object};
use crate::ask::Fields;
use crate::call::Call;
use crate::fault::{Tongue, codes, not_found, tell};
use crate::scope;

static TONGUE: Tongue = Tongue {
    parameter: |_| "url_domain".to_owned(),
    code: |violation| match violation.rule {
        Rule::Duplicate => Some(codes::DOMAIN_TAKEN),
        _ => Some(codes::INVALID_DOMAIN),
    },
};

pub(crate) async fn bind(call: &Call) -> Answer {
    let group = scope::group(&call.context, call.path("group_id")).await?.value.id;
    let host = call.read(read)?;
    let draft = DomainDraft { host, stage: None };
    let domain = call.context.bind_domain(group, draft).await.map_err(tell(&TONGUE))?.value;
    object(json!({
        "id": domain.id,
        "url_domain": domain.host,
        "status": 3,
        "min_ssl_version": OLDEST_TLS,
        "is_http_redirect_to_https": false,
        "verified_client_certificate_enabled": false,
    }))
}

/// As the vendor answers it where nothing was chosen.
const OLDEST_TLS: &str = "TLSv1.1";

/// How TLS is spoken cannot be chosen per domain yet, and is refused rather than forgotten.
fn read(body: &mut Fields<'_, '_>) -> String {
    if body.word("min_ssl_version", &[(OLDEST_TLS, false), ("TLSv1.2", true)]) == Some(true) {
        body.complain(codes::NOT_OFFERED, "min_ssl_version", "it cannot be chosen per domain yet");
    }
    if body.flag("is_http_redirect_to_https") == Some(true) {
        body.complain(codes::NOT_OFFERED, "is_http_redirect_to_https", "redirects are not offered yet");
    }
    for (name, usual) in [("ingress_http_port", 80), ("ingress_https_port", 443)] {
        if body.integer(name).is_some_and(|port| port != usual) {
            body.complain(codes::NOT_OFFERED, name, format!("only {usual} is offered"));
        }
    }
    body.required("url_domain").to_owned()
}

pub(crate) async fn unbind(call: &Call) -> Answer {
    let group = scope::group(&call.context, call.path("group_id")).await?.value.id;
    let id: DomainId = scope::id("domain_id", call.path("domain_id"))?;
    let domain = call.context.read_domain(id).await?.value;
    if domain.group != group {
        // A domain of the other dialect does not exist here; one of another group does.
        let owner = scope::group(&call.context, &domain.group.to_string()).await;
        return Err(match owner {
            Ok(_) => codes::DOMAIN_OF_ANOTHER.fault(),
            Err(_) => not_found(Kind::Domain, &id.to_string()),
        });
    }
    call.context.unbind_domain(id, None).await?;
    nothing()
}

/// Whether the group answers calls to its subdomain.
pub(crate) async fn set_subdomain(call: &Call) -> Answer {
    let group = scope::group(&call.context, call.path("group_id")).await?.value.id;
    let enabled = call.read(|body| {
        body.demand("sl_domain_access_enabled");
        body.flag("sl_domain_access_enabled")
    })?;
    let patch = GroupPatch { subdomain_enabled: enabled, ..GroupPatch::default() };
    call.context.update_group(group, patch, None).await?;
    object(json!({}))
}
