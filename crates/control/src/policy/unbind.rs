//! Takes bindings away: all of a call, or none of it.

use std::collections::HashSet;

use paifang_model::id::BindingId;
use paifang_model::{Binding, Key, Rule, Violations};
use serde_json::json;

use super::AT_ONCE;
use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::resource::ResourcePath;

impl Context {
    /// Unbinds a policy from an API.
    ///
    /// # Errors
    /// When the caller may not, or there is no such binding.
    pub async fn unbind_policy(&self, id: BindingId) -> Result<(), Error> {
        let binding = self.documents().find::<Binding>(id).await?.value;
        let permission = self.authorize(Action::UnbindPolicy, &super::path(binding.policy)).await?;
        let change = Change::new()
            .delete(Key::of::<Binding>(id), None)
            .detail(json!({ "api": binding.api, "stage": binding.stage }));
        permission.commit(&self.control, change).await.map(|_| ())
    }

    /// Takes bindings away, 1,000 at most.
    ///
    /// # Errors
    /// When the caller may not, or any of them is not there; complaints point into the list.
    pub async fn unbind_policies(&self, ids: &[BindingId]) -> Result<(), Error> {
        let permission = self.authorize(Action::UnbindPolicy, &ResourcePath::all(Noun::Policy)).await?;
        if ids.is_empty() || ids.len() > AT_ONCE {
            let message = format!("{} bindings are named: 1 to {AT_ONCE} are allowed", ids.len());
            return Err(Violations::one("", Rule::Range, message).into());
        }
        let mut violations = Violations::new();
        let mut seen = HashSet::new();
        let mut change = Change::new().detail(json!({ "bindings": ids.len() }));
        for (index, id) in ids.iter().enumerate() {
            if !seen.insert(id) {
                violations.add(format!("/{index}"), Rule::Duplicate, format!("`{id}` is there twice"));
            } else if self.documents().look::<Binding>(*id).await?.is_none() {
                violations.add(format!("/{index}"), Rule::Unknown, format!("there is no binding `{id}`"));
            } else {
                change = change.delete(Key::of::<Binding>(*id), None);
            }
        }
        violations.or(())?;
        permission.commit(&self.control, change).await.map(|_| ())
    }
}
