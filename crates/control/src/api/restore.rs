//! Copies a published definition over the draft.

use paifang_model::id::{ApiId, VersionId};
use paifang_model::{Api, Group, Version};
use paifang_store::Stored;
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Copies a version's definition over the draft; with `expected`, only over the draft as it was at that revision.
    ///
    /// # Errors
    /// When the caller may not, there is no such API or version of it, the definition breaks rules today, its name or
    /// its route is taken in the group by now, or someone else changed the draft.
    pub async fn restore_draft(
        &self,
        id: ApiId,
        version: VersionId,
        expected: Option<u64>,
    ) -> Result<Stored<Api>, Error> {
        let old = self.documents().find::<Api>(id).await?;
        let permission = self.authorize(Action::RestoreDraft, &super::path_of(&old.value)).await?;
        let version = self.documents().find_in::<Version>(id, version).await?.value;
        let dialect = self.documents().find::<Group>(old.value.group).await?.value.dialect;
        self.control.check_definition(&version.definition, Some(&version.definition), dialect).await?;
        let api = Api { definition: version.definition, ..old.value };
        let change = Change::new()
            .replace(&old, expected, &api)
            .detail(json!({ "version": version.id, "number": version.number }));
        let done = permission.commit(&self.control, super::edit::placed(change, &api)).await?;
        Ok(done.changed(old.created_at, api))
    }
}
