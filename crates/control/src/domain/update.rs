//! Changes how a domain is called: fixed to a stage or not, its TLS, and its patterns.

use paifang_model::id::{DomainId, StageId};
use paifang_model::{Domain, DomainTls, Group, Violations};
use paifang_store::Stored;
use serde::Deserialize;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::difference::changed;
use crate::error::Error;
use crate::patch::{nullable, set};

/// What is to change; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct DomainPatch {
    /// The only stage that it serves; `null`: the caller chooses.
    #[serde(deserialize_with = "nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<StageId>))]
    pub stage: Option<Option<StageId>>,
    /// How it is called over TLS, as a whole.
    pub tls: Option<DomainTls>,
    /// Of a wildcard domain: patterns such as `{svc}.example.com`, whose placeholder plug-ins see as `Host:svc`, all of them. At
    /// most 16.
    pub patterns: Option<Vec<String>>,
}

impl Context {
    /// Changes a domain; with `expected`, only as it was at that revision.
    ///
    /// # Errors
    /// When the caller may not, there is no such domain, stage or certificate, the certificate does not cover the host,
    /// patterns are not of the host, or someone else changed it.
    pub async fn update_domain(
        &self,
        id: DomainId,
        patch: DomainPatch,
        expected: Option<u64>,
    ) -> Result<Stored<Domain>, Error> {
        let old = self.documents().find::<Domain>(id).await?;
        let permission = self.authorize(Action::UpdateDomain, &super::path_of(&old.value)).await?;
        let mut domain = old.value.clone();
        set(&mut domain.stage, patch.stage);
        set(&mut domain.tls, patch.tls);
        let dialect = self.documents().find::<Group>(old.value.group).await?.value.dialect;
        let mut violations = Violations::new();
        if let Some(patterns) = patch.patterns {
            domain.patterns = super::check_patterns(&domain.host, &patterns, &mut violations);
        }
        if domain.stage != old.value.stage {
            self.check_fixed_stage(domain.stage, dialect, &mut violations).await?;
        }
        if domain.tls != old.value.tls {
            self.check_tls(&domain.host, &domain.tls, &mut violations).await?;
        }
        violations.or(())?;
        let change = Change::new().replace(&old, expected, &domain).detail(changed(&old.value, &domain));
        Ok(permission.commit(&self.control, change).await?.changed(old.created_at, domain))
    }
}
