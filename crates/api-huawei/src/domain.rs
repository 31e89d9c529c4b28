//! Host names bound to a group.

use paifang_control::{DomainDraft, DomainPatch, GroupPatch};
use paifang_model::domain::{ClientCertificates, PlainCalls};
use paifang_model::id::{CertificateId, DomainId};
use paifang_model::{Domain, DomainTls, Group, Kind, Rule};
use serde_json::{Value, json};

use crate::answer::{Answer, nothing, object};
use crate::ask::Fields;
use crate::call::Call;
use crate::fault::{Fault, Tongue, codes, not_found, tell};
use crate::scope;

static TONGUE: Tongue = Tongue {
    parameter: |_| "url_domain".to_owned(),
    code: |violation| match violation.rule {
        Rule::Duplicate => Some(codes::DOMAIN_TAKEN),
        Rule::Unknown if violation.pointer == "/host" => Some(codes::NOT_RESOLVED),
        _ => Some(codes::INVALID_DOMAIN),
    },
};

pub(crate) async fn bind(call: &Call) -> Answer {
    let group = scope::group(&call.context, call.path("group_id")).await?.value.id;
    let draft = call.read(read)?;
    let domain = call.context.bind_domain(group, draft).await.map_err(tell(&TONGUE))?.value;
    object(view(&domain))
}

/// The ports at which domains are called, as the vendor counts them: what stands in front of the gateway has the usual ones.
const HTTP_PORT: i64 = 80;
const HTTPS_PORT: i64 = 443;

/// What the vendor offers where nothing was chosen. TLS 1.1 is not spoken here (RFC 8996), whichever of them is asked for.
const OLDEST_TLS: &str = "TLSv1.1";

fn read(body: &mut Fields<'_, '_>) -> DomainDraft {
    let (oldest, plain) = read_tls(body);
    let tls = DomainTls {
        policy_name: oldest.map(str::to_owned),
        plain: plain.unwrap_or_default(),
        ..DomainTls::default()
    };
    DomainDraft { host: body.required("url_domain").to_owned(), stage: None, tls, patterns: Vec::new() }
}

/// The oldest version by its name, and what becomes of plain calls, where they are given.
fn read_tls(body: &mut Fields<'_, '_>) -> (Option<&'static str>, Option<PlainCalls>) {
    let names = [(OLDEST_TLS, OLDEST_TLS), ("TLSv1.2", "TLSv1.2")];
    let oldest = body.word("min_ssl_version", &names);
    let redirect = body.flag("is_http_redirect_to_https");
    for (name, usual) in [("ingress_http_port", HTTP_PORT), ("ingress_https_port", HTTPS_PORT)] {
        if body.integer(name).is_some_and(|port| port != usual) {
            body.complain(codes::NOT_OFFERED, name, format!("only {usual} is offered"));
        }
    }
    let plain = |redirected| if redirected { PlainCalls::Redirected } else { PlainCalls::Answered };
    (oldest, redirect.map(plain))
}

/// Changes how a domain is called.
pub(crate) async fn update(call: &Call) -> Answer {
    let domain = of_group(call).await?;
    let ((oldest, plain), clients) = call.read(|body| {
        body.demand("min_ssl_version");
        (read_tls(body), body.flag("verified_client_certificate_enabled"))
    })?;
    let mut tls = domain.tls;
    if let Some(oldest) = oldest {
        tls.policy_name = Some(oldest.to_owned());
    }
    tls.plain = plain.unwrap_or(tls.plain);
    tls.clients = match clients {
        Some(true) if !tls.clients.asked() => ClientCertificates::Required,
        Some(false) => ClientCertificates::NotAsked,
        _ => tls.clients,
    };
    let patch = DomainPatch { tls: Some(tls), ..DomainPatch::default() };
    let domain = call.context.update_domain(domain.id, patch, None).await.map_err(tell(&TONGUE))?.value;
    object(view(&domain))
}

/// A domain with its certificate's id and name, its group and its instance.
pub(crate) fn with_certificate(
    call: &Call,
    domain: &Domain,
    group: &Group,
    (id, name): (CertificateId, &str),
) -> Value {
    let mut shown = view(domain);
    shown["ssl_id"] = json!(id);
    shown["ssl_name"] = json!(name);
    shown["instance_id"] = json!(call.state.settings().instance);
    shown["api_group_id"] = json!(group.id);
    shown["api_group_name"] = json!(group.name);
    shown
}

fn view(domain: &Domain) -> Value {
    json!({
        "id": domain.id,
        "url_domain": domain.host,
        "status": 3,
        "min_ssl_version": oldest_tls(domain),
        "is_http_redirect_to_https": domain.tls.plain == PlainCalls::Redirected,
        "verified_client_certificate_enabled": domain.tls.clients.asked(),
        "ingress_http_port": HTTP_PORT,
        "ingress_https_port": HTTPS_PORT,
    })
}

/// The oldest version that a domain was asked to offer, by its name.
pub(crate) fn oldest_tls(domain: &Domain) -> &str {
    domain.tls.policy_name.as_deref().unwrap_or(OLDEST_TLS)
}

pub(crate) async fn unbind(call: &Call) -> Answer {
    let domain = of_group(call).await?;
    call.context.unbind_domain(domain.id, None).await?;
    nothing()
}

/// The domain that the path names, when it is the group's.
pub(crate) async fn of_group(call: &Call) -> Result<Domain, Fault> {
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
    Ok(domain)
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
