//! Parameters that hold JSON. Keys are folded to an upper-case first letter, for some clients write
//! `requestPath` and others `RequestPath`; numbers and booleans come as such or as text, and leave here as the type
//! that the field has (spec: aliyun/api-model.md).

use serde_json::{Map, Value};

use super::Params;
use crate::fault::Fault;

/// Items of a list; the model allows fewer of most.
const ITEMS_AT_MOST: usize = 500;
/// Fields that are whole numbers.
const NUMBERS: [&str; 6] = ["ServiceTimeout", "MockStatusCode", "Port", "DocOrder", "MaxLength", "MinLength"];
/// Fields that are true or false.
const FLAGS: [&str; 4] = ["EscapePathParam", "HasChild", "Mandatory", "OnlyBusinessPath"];

/// The members of a JSON object, taken one by one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields(Map<String, Value>);

/// A parameter that holds JSON, in the form described above; none when it is absent.
pub(crate) fn document(params: &Params, name: &'static str) -> Result<Option<Value>, Fault> {
    let Some(text) = params.text(name) else { return Ok(None) };
    let value = serde_json::from_str(text)
        .map_err(|error| Fault::ill_formatted(name, &format!("it is not JSON: {error}")))?;
    folded(name, value).map(Some)
}

fn folded(name: &str, value: Value) -> Result<Value, Fault> {
    Ok(match value {
        Value::Object(members) => {
            let mut object = Map::new();
            for (key, value) in members.into_iter().filter(|(_, value)| !value.is_null()) {
                let key = upper_first(&key);
                let value = folded(&key, value)?;
                object.insert(key, value);
            }
            Value::Object(object)
        }
        Value::Array(items) => {
            Value::Array(items.into_iter().map(|item| folded(name, item)).collect::<Result<_, _>>()?)
        }
        scalar => typed(name, scalar)?,
    })
}

fn typed(name: &str, scalar: Value) -> Result<Value, Fault> {
    let text = match &scalar {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if text.is_empty() {
        return Ok(scalar);
    }
    if NUMBERS.contains(&name) {
        let number = text.parse::<i64>();
        return number.map(Value::from).map_err(|_| Fault::invalid(name, &text, "it is not a whole number"));
    }
    if FLAGS.contains(&name) {
        let flag = text.to_ascii_lowercase().parse::<bool>();
        return flag
            .map(Value::from)
            .map_err(|_| Fault::invalid(name, &text, "it is neither true nor false"));
    }
    Ok(Value::String(text))
}

fn upper_first(key: &str) -> String {
    let mut characters = key.chars();
    match characters.next() {
        Some(first) => first.to_ascii_uppercase().to_string() + characters.as_str(),
        None => String::new(),
    }
}

impl Fields {
    /// The members of an object.
    pub(crate) fn of(name: &str, value: Value) -> Result<Self, Fault> {
        match value {
            Value::Object(members) => Ok(Self(members)),
            _ => Err(Fault::ill_formatted(name, "it is not a JSON object")),
        }
    }

    /// The members of each object of a list; nothing is an empty list.
    pub(crate) fn each(name: &str, value: Option<Value>) -> Result<Vec<Self>, Fault> {
        match value {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) if items.len() > ITEMS_AT_MOST => {
                let rule = format!("a list has {ITEMS_AT_MOST} items at most");
                Err(Fault::invalid(name, &items.len().to_string(), &rule))
            }
            Some(Value::Array(items)) => items.into_iter().map(|item| Self::of(name, item)).collect(),
            Some(_) => Err(Fault::ill_formatted(name, "it is not a JSON array")),
        }
    }

    /// A text that is not empty.
    pub(crate) fn text(&mut self, key: &str) -> Result<Option<String>, Fault> {
        Ok(self.given(key)?.filter(|text| !text.is_empty()))
    }

    /// A text, or a number as text.
    pub(crate) fn given(&mut self, key: &str) -> Result<Option<String>, Fault> {
        match self.0.shift_remove(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(Value::Object(_) | Value::Array(_)) => {
                Err(Fault::ill_formatted(key, "it is a JSON structure, and must be a text"))
            }
            Some(other) => Ok(Some(other.to_string())),
        }
    }

    pub(crate) fn required(&mut self, key: &str) -> Result<String, Fault> {
        self.text(key)?.ok_or_else(|| Fault::missing(key))
    }

    pub(crate) fn number<N: std::str::FromStr>(&mut self, key: &str) -> Result<Option<N>, Fault> {
        let read = |text: String| text.parse().map_err(|_| Fault::invalid(key, &text, "it is out of range"));
        self.text(key)?.map(read).transpose()
    }

    /// Whether a member is `TRUE`, as switches among texts are written.
    pub(crate) fn is_on(&self, key: &str) -> bool {
        let on = |value: &Value| value.as_str().is_some_and(|text| text.eq_ignore_ascii_case("TRUE"));
        self.0.get(key).is_some_and(on)
    }

    pub(crate) fn flag(&self, key: &str) -> bool {
        self.0.get(key).and_then(Value::as_bool).unwrap_or_default()
    }

    pub(crate) fn peek(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.as_str()
    }

    pub(crate) fn value(&mut self, key: &str) -> Option<Value> {
        self.0.shift_remove(key)
    }

    /// Refuses what was not taken, for it cannot be kept.
    pub(crate) fn nothing_else(&self, name: &str, reason: &str) -> Result<(), Fault> {
        match self.0.keys().next() {
            Some(left) => Err(Fault::unsupported(name, left, reason)),
            None => Ok(()),
        }
    }

    /// Of what was not taken, the members with these names.
    pub(crate) fn rest(mut self, names: &[&str]) -> Map<String, Value> {
        self.0.retain(|key, _| names.contains(&key.as_str()));
        self.0
    }
}
