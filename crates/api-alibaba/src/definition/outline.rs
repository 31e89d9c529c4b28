//! An API in a line, as lists of what uses something show it.

use paifang_model::id::ApiId;
use paifang_model::{Definition, Group};
use serde_json::{Value, json};

use super::{METHODS, word};

/// An API with its group, its method and its path.
pub(crate) fn outline(api: ApiId, definition: &Definition, group: &Group) -> Value {
    json!({
        "ApiId": api,
        "ApiName": definition.name,
        "Description": definition.description,
        "GroupId": group.id,
        "GroupName": group.name,
        "Method": word(METHODS, &definition.request.method).unwrap_or("POST"),
        "Path": definition.request.path,
    })
}
