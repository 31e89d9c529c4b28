//! Fixes a domain to a stage, or frees it.

use paifang_model::id::{DomainId, StageId};
use paifang_model::{Domain, Group, Violations};
use paifang_store::Stored;
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Fixes a domain to a stage; none: the caller chooses. With `expected`, only as it was at that revision.
    ///
    /// # Errors
    /// When the caller may not, there is no such domain or stage, or someone else changed it.
    pub async fn update_domain(
        &self,
        id: DomainId,
        stage: Option<StageId>,
        expected: Option<u64>,
    ) -> Result<Stored<Domain>, Error> {
        let old = self.documents().find::<Domain>(id).await?;
        let permission = self.authorize(Action::UpdateDomain, &super::path_of(&old.value)).await?;
        let dialect = self.documents().find::<Group>(old.value.group).await?.value.dialect;
        let mut violations = Violations::new();
        self.check_fixed_stage(stage, dialect, &mut violations).await?;
        violations.or(())?;
        let domain = Domain { stage, ..old.value.clone() };
        let change = Change::new().replace(&old, expected, &domain).detail(json!({ "stage": stage }));
        Ok(permission.commit(&self.control, change).await?.changed(old.created_at, domain))
    }
}
