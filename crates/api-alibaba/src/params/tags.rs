//! Tags: `Tag.1.Key=…&Tag.1.Value=…`, kept with what they are on (spec: aliyun/api-model.md §1).

use paifang_model::name::check_length;
use serde_json::{Map, Value, json};

use super::Params;
use crate::fault::Fault;

/// Under which name tags are kept.
const KEPT: &str = "Tag";
const AT_MOST: usize = 20;

/// Keys and values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tags(Vec<(String, String)>);

impl Tags {
    /// Those of a request.
    pub(crate) fn of(params: &Params) -> Result<Self, Fault> {
        let items = params.items("Tag");
        if items.len() > AT_MOST {
            return Err(Fault::invalid("Tag", &items.len().to_string(), "20 tags are allowed"));
        }
        let mut tags: Vec<(String, String)> = Vec::new();
        for item in items {
            let (key, value) = (item.text("Key"), item.text("Value"));
            check("Tag.Key", key, 1)?;
            check("Tag.Value", value, 0)?;
            if tags.iter().any(|(known, _)| known == key) {
                return Err(Fault::coded(
                    "DuplicateTag.Key",
                    axum::http::StatusCode::BAD_REQUEST,
                    format!("The specified parameter Tag.Key value is duplicate: `{key}`."),
                ));
            }
            tags.push((key.to_owned(), value.to_owned()));
        }
        Ok(Self(tags))
    }

    /// Refuses tags where nothing keeps them.
    pub(crate) fn refuse(params: &Params, reason: &str) -> Result<(), Fault> {
        match Self::of(params)?.0.first() {
            Some((key, _)) => Err(Fault::unsupported("Tag", key, reason)),
            None => Ok(()),
        }
    }

    /// Those that are kept with something.
    pub(crate) fn on(extra: &Map<String, Value>) -> Self {
        let kept = extra.get(KEPT).and_then(Value::as_object);
        let tags = kept.into_iter().flatten();
        Self(tags.map(|(key, value)| (key.clone(), value.as_str().unwrap_or_default().to_owned())).collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether all of these are on something; one without a value asks for the key alone.
    pub(crate) fn are_on(&self, extra: &Map<String, Value>) -> bool {
        let there = Self::on(extra);
        let has = |(key, value): &(String, String)| {
            there.0.iter().any(|(known, kept)| known == key && (value.is_empty() || kept == value))
        };
        self.0.iter().all(has)
    }

    /// What else is kept, with these.
    pub(crate) fn kept(&self, mut extra: Map<String, Value>) -> Map<String, Value> {
        if self.is_empty() {
            extra.shift_remove(KEPT);
        } else {
            let tags: Map<String, Value> =
                self.0.iter().map(|(key, value)| (key.clone(), json!(value))).collect();
            extra.insert(KEPT.to_owned(), Value::Object(tags));
        }
        extra
    }

    /// `[{"Key": …, "Value": …}]`.
    pub(crate) fn shown(&self) -> Vec<Value> {
        self.0.iter().map(|(key, value)| json!({ "Key": key, "Value": value })).collect()
    }

    /// `[{"TagKey": …, "TagValue": …}]`, as APIs have them.
    pub(crate) fn shown_on_api(&self) -> Vec<Value> {
        self.0.iter().map(|(key, value)| json!({ "TagKey": key, "TagValue": value })).collect()
    }
}

fn check(name: &str, text: &str, min: usize) -> Result<(), Fault> {
    if check_length(text, min, 128).is_err() {
        return Err(Fault::invalid(name, text, &format!("{min} to 128 characters are allowed")));
    }
    let reserved = ["aliyun", "acs:"].iter().any(|start| text.starts_with(start));
    if reserved || ["http://", "https://"].iter().any(|part| text.contains(part)) {
        return Err(Fault::invalid(name, text, "`aliyun`, `acs:`, `http://` and `https://` are reserved"));
    }
    Ok(())
}
