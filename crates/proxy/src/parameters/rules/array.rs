//! Arrays: a JSON array in one value, or a repeated parameter.

use paifang_model::definition::ParameterType;
use paifang_model::name::shown;
use serde_json::Value as Json;

use super::Rules;
use crate::parameters::value::Value;

/// Checks the items one by one, then the whole by the schema. A single value that does not begin with `[` is the only item.
pub(super) fn check(rules: &Rules, value: &Value<'_>) -> Result<(), String> {
    if let Value::Text(text) = value
        && text.trim_start().starts_with('[')
    {
        return check_json(rules, text);
    }
    value.texts().try_for_each(|text| rules.check_item(rules.item_kind, text))?;
    let Some(schema) = &rules.schema else { return Ok(()) };
    let items = value.texts().map(|text| as_json(rules.item_kind, text)).collect();
    schema.check(&Json::Array(items))
}

fn check_json(rules: &Rules, text: &str) -> Result<(), String> {
    let items: Vec<Json> =
        serde_json::from_str(text).map_err(|_| format!("`{}` is not a JSON array", shown(text)))?;
    for item in &items {
        match item {
            Json::String(item) => rules.check_item(rules.item_kind, item)?,
            other if rules.item_kind == ParameterType::String => {
                return Err(format!("the item `{}` is not a text", shown(&other.to_string())));
            }
            other => rules.check_item(rules.item_kind, &other.to_string())?,
        }
    }
    rules.schema.as_ref().map_or(Ok(()), |schema| schema.check(&Json::Array(items)))
}

/// A value of a repeated parameter as the JSON value it would be in an array.
fn as_json(kind: ParameterType, text: &str) -> Json {
    let parsed = match kind {
        ParameterType::String => None,
        ParameterType::Boolean => Some(Json::Bool(text.eq_ignore_ascii_case("true"))),
        _ => serde_json::from_str(text).ok(),
    };
    parsed.unwrap_or_else(|| Json::String(text.to_owned()))
}
