//! Changes a stage.

use paifang_model::Stage;
use paifang_model::id::StageId;
use paifang_store::Stored;
use serde::Deserialize;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::difference::changed;
use crate::error::Error;
use crate::patch::set;

/// What is to change; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct StagePatch {
    /// Its name.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
}

impl Context {
    /// Changes a stage; with `expected`, only as it was at that revision.
    ///
    /// # Errors
    /// When the caller may not, there is no such stage, it exists from the start, rules are broken, the name is taken,
    /// or someone else changed it.
    pub async fn update_stage(
        &self,
        id: StageId,
        patch: StagePatch,
        expected: Option<u64>,
    ) -> Result<Stored<Stage>, Error> {
        let permission = self.authorize(Action::UpdateStage, &super::path(id)).await?;
        let old = self.documents().find::<Stage>(id).await?;
        super::refuse_built_in(&old.value)?;
        let mut stage = old.value.clone();
        set(&mut stage.name, patch.name);
        set(&mut stage.description, patch.description);
        stage.check()?;
        let change = Change::new()
            .replace(&old, expected, &stage)
            .given("dialect_name", "/name", &stage.name)
            .detail(changed(&old.value, &stage));
        Ok(permission.commit(&self.control, change).await?.changed(old.created_at, stage))
    }
}
