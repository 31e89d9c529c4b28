//! Binds a host name to a group.

use paifang_model::domain::parse_host;
use paifang_model::id::{GroupId, StageId};
use paifang_model::violation::Complaint;
use paifang_model::{Domain, DomainTls, Group, Kind, Rule, Violations};
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

/// What to bind.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DomainDraft {
    /// The host name; `*.example.com` stands for every name one level below.
    pub host: String,
    /// The only stage that it serves; absent: the caller chooses.
    #[serde(default)]
    pub stage: Option<StageId>,
    /// How it is called over TLS.
    #[serde(default)]
    pub tls: DomainTls,
    /// Of a wildcard domain: patterns such as `{svc}.example.com`, whose placeholder plug-ins see as `Host:svc`. At most 16.
    #[serde(default)]
    pub patterns: Vec<String>,
}

impl Context {
    /// Binds a host name to a group.
    ///
    /// # Errors
    /// When the caller may not, there is no such group, rules are broken, the host is bound already or belongs to the
    /// gateway's own subdomains, its DNS leads elsewhere where that is checked, or the quota is used up.
    pub async fn bind_domain(&self, group: GroupId, draft: DomainDraft) -> Result<Stored<Domain>, Error> {
        let mut violations = Violations::new();
        let base_domain = &self.control.settings().base_domain;
        let host = violations.at("/host", parse_free_host(&draft.host, base_domain));
        let patterns =
            host.as_deref().map(|host| super::check_patterns(host, &draft.patterns, &mut violations));
        let (host, patterns) = (host.unwrap_or_default(), patterns.unwrap_or_default());
        let id = Domain::id_of(&host);
        let permission = self.authorize(Action::BindDomain, &super::path(group, id)).await?;
        let Group { dialect, subdomain, .. } = self.documents().find::<Group>(group).await?.value;
        self.check_fixed_stage(draft.stage, dialect, &mut violations).await?;
        self.check_tls(&host, &draft.tls, &mut violations).await?;
        violations.or(())?;
        self.check_lead(&host, &subdomain).await?;
        let domain = Domain { id, group, host, stage: draft.stage, tls: draft.tls, patterns };
        let change = Change::new()
            .create(&domain)
            .cap(self.control.quota(Kind::Domain, Some(dialect), group.into()).await?)
            .given("domain", "/host", &domain.host)
            .detail(json!({
                "host": domain.host, "stage": domain.stage, "tls": domain.tls, "patterns": domain.patterns,
            }));
        Ok(permission.commit(&self.control, change).await?.made(domain))
    }
}

impl Context {
    /// Whether a host's DNS leads to the group, where the operator wants that checked.
    async fn check_lead(&self, host: &str, subdomain: &str) -> Result<(), Violations> {
        let Some(check) = self.control.domain_check() else { return Ok(()) };
        let mut violations = Violations::new();
        if let Err(sentence) = check.leads_to(host, subdomain).await {
            violations.add("/host", Rule::Unknown, sentence);
        }
        violations.or(())
    }
}

/// A host name that is not one of the gateway's own: whoever bound another group's subdomain would get its calls.
fn parse_free_host(text: &str, base_domain: &str) -> Result<String, Complaint> {
    let host = parse_host(text)?;
    let below = host.strip_suffix(base_domain).is_some_and(|rest| rest.ends_with('.'));
    if below {
        let message = format!("`{host}` lies below `{base_domain}`, where groups have their subdomains");
        return Err(Complaint { rule: Rule::Conflict, message });
    }
    Ok(host)
}
