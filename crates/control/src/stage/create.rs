//! Makes a stage.

use paifang_model::id::{Id, StageId};
use paifang_model::{Dialect, Kind, Stage};
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

/// What a new stage is to be.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StageDraft {
    /// The dialect whose groups use it.
    pub dialect: Dialect,
    /// Its name, unique within the dialect.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
}

impl Context {
    /// Makes a stage.
    ///
    /// # Errors
    /// When the caller may not, rules are broken, the name is taken (in either case, where the dialect ignores it), or
    /// the dialect has as many as it allows.
    pub async fn create_stage(&self, draft: StageDraft) -> Result<Stored<Stage>, Error> {
        let StageDraft { dialect, name, description } = draft;
        let stage = Stage { id: StageId::random(), dialect, name, description };
        let permission = self.authorize(Action::CreateStage, &super::path(stage.id)).await?;
        stage.check()?;
        let change = Change::new()
            .create(&stage)
            .cap(self.control.quota(Kind::Stage, Some(dialect), Id::ROOT).await?)
            .given("dialect_name", "/name", &stage.name)
            .detail(json!({ "name": stage.name, "dialect": dialect }));
        Ok(permission.commit(&self.control, change).await?.made(stage))
    }
}
