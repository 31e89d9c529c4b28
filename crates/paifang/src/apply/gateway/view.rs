//! Nouns as native REST shows them: the model's own form, and a stamp.

use anyhow::{Context as _, Result};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::management::Rest;

/// A noun, its id and its revision.
pub(super) struct Seen<T> {
    pub(super) id: String,
    pub(super) revision: u64,
    pub(super) noun: T,
}

/// Every noun of a list that the gateway itself can read.
///
/// # Errors
/// When the list cannot be had, or holds what this binary does not understand.
pub(super) async fn all<T: DeserializeOwned>(rest: &Rest, path: &str) -> Result<Vec<Seen<T>>> {
    let views: Vec<Value> = rest.all(path).await?;
    views.into_iter().filter(|view| view.get("unreadable").is_none()).map(read).collect()
}

/// One noun.
pub(super) fn read<T: DeserializeOwned>(mut view: Value) -> Result<Seen<T>> {
    let id = super::text(&view, "id");
    let revision = view.get("revision").and_then(Value::as_u64).unwrap_or_default();
    if let Value::Object(members) = &mut view {
        for member in ["revision", "created_at", "updated_at", "serves"] {
            members.shift_remove(member);
        }
    }
    let noun = serde_json::from_value(view).with_context(|| {
        format!("the gateway has something at `{id}` that this version does not understand")
    })?;
    Ok(Seen { id, revision, noun })
}
