//! The settings of a policy, which are a plug-in's data: a text when they were made as a plug-in.

use paifang_model::policy::alibaba;
use serde_json::{Map, Value};

/// The members of settings. Of a text in YAML, comments are lost.
pub(crate) fn members(settings: &Value) -> Map<String, Value> {
    let read = settings.as_str().and_then(alibaba::read_text);
    read.as_ref().unwrap_or(settings).as_object().cloned().unwrap_or_default()
}

/// A number or a text, as a text.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
