//! Shows a stage, by id or by name.

use paifang_model::id::StageId;
use paifang_model::{Dialect, Stage};
use paifang_store::Stored;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::resource::ResourcePath;

impl Context {
    /// One stage.
    ///
    /// # Errors
    /// When the caller may not, or there is no such stage.
    pub async fn read_stage(&self, id: StageId) -> Result<Stored<Stage>, Error> {
        self.may(Action::ReadStage, &super::path(id)).await?;
        self.documents().find(id).await
    }

    /// The stage that a dialect's groups know by this name, compared as the dialect compares.
    ///
    /// # Errors
    /// When the caller may not, or there is no such stage.
    pub async fn find_stage(&self, dialect: Dialect, name: &str) -> Result<Stored<Stage>, Error> {
        self.may(Action::ReadStage, &ResourcePath::all(Noun::Stage)).await?;
        let value = format!("{dialect}/{}", Stage::matched_name(dialect, name));
        self.documents().find_by("dialect_name", value, name).await
    }
}
