//! Revokes grants: all of a call, or none of it.

use std::collections::HashSet;

use paifang_model::id::GrantId;
use paifang_model::{Grant, Key, Rule, Violations};
use serde_json::json;

use super::AT_ONCE;
use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::resource::ResourcePath;

impl Context {
    /// Revokes grants, 100 at most.
    ///
    /// # Errors
    /// When the caller may not, or any of them is not there; complaints point into the list.
    pub async fn revoke_grants(&self, ids: &[GrantId]) -> Result<(), Error> {
        let permission = self.authorize(Action::RevokeGrants, &ResourcePath::all(Noun::Grant)).await?;
        if ids.is_empty() || ids.len() > AT_ONCE {
            let message = format!("{} grants are named: 1 to {AT_ONCE} are allowed", ids.len());
            return Err(Violations::one("", Rule::Range, message).into());
        }
        self.check_there(ids).await?;
        let mut change = Change::new().detail(json!({ "grants": ids }));
        for id in ids {
            change = change.delete(Key::of::<Grant>(*id), None);
        }
        permission.commit(&self.control, change).await.map(|_| ())
    }

    async fn check_there(&self, ids: &[GrantId]) -> Result<(), Error> {
        let mut violations = Violations::new();
        let mut seen = HashSet::new();
        for (index, id) in ids.iter().enumerate() {
            let pointer = format!("/{index}");
            if !seen.insert(id) {
                violations.add(pointer, Rule::Duplicate, format!("`{id}` is there twice"));
            } else if self.documents().look::<Grant>(*id).await?.is_none() {
                violations.add(pointer, Rule::Unknown, format!("there is no grant `{id}`"));
            }
        }
        Ok(violations.or(())?)
    }
}
