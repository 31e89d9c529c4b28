//! A plug-in's data as it is given: a text in JSON or YAML, or, where no vendor's interface is between, the value itself.

use std::borrow::Cow;

use serde_json::Value;

use crate::violation::{Rule, Violations};

/// The value that a plug-in's data stands for, where it can be read.
#[must_use]
pub fn read_text(text: &str) -> Option<Value> {
    read(&Value::String(text.to_owned())).ok().map(Cow::into_owned)
}

/// The value that data stands for.
///
/// # Errors
/// When a text is neither JSON nor YAML.
pub(in crate::policy) fn read(given: &Value) -> Result<Cow<'_, Value>, Violations> {
    let Value::String(text) = given else { return Ok(Cow::Borrowed(given)) };
    // JSON first: it is read exactly, and is nearly YAML.
    if let Ok(value) = serde_json::from_str(text) {
        return Ok(Cow::Owned(value));
    }
    serde_saphyr::from_str(text).map(Cow::Owned).map_err(|error| {
        let reason = error.to_string();
        let reason = reason.lines().next().unwrap_or_default();
        Violations::one("", Rule::Format, format!("it is neither JSON nor YAML: {reason}"))
    })
}
