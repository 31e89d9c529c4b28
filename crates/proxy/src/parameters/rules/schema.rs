//! JSON Schemas for parameter values. What a schema costs is bounded before it is compiled: it stands alone, does not refer to
//! itself, and is small also when all its references are written out.

use std::collections::HashMap;

use jsonschema::{PatternOptions, Validator};
use paifang_model::name::shown;
use paifang_model::violation::{Complaint, Rule};
use serde_json::Value as Json;

const SIZE_AT_MOST: usize = 64 * 1024;
const DEPTH_AT_MOST: usize = 32;
/// Objects and arrays of the schema with every reference replaced by what it refers to.
const WRITTEN_OUT_AT_MOST: u32 = 10_000;
const PATTERN_SIZE_AT_MOST: usize = 1 << 20;

/// Keywords that move the meaning of references.
const MOVING: [&str; 5] = ["$dynamicRef", "$recursiveRef", "$dynamicAnchor", "$recursiveAnchor", "$anchor"];

/// A compiled schema.
#[derive(Debug)]
pub(super) struct Schema(Validator);

impl Schema {
    /// Compiles a schema from its text.
    ///
    /// # Errors
    /// When it is no schema, larger than 64 KiB, nested deeper than 32 levels, refers to other documents or to itself, has more than
    /// 10,000 nodes with references written out, or holds a pattern that does not run in linear time.
    pub(super) fn compile(source: &str) -> Result<Self, Complaint> {
        if source.len() > SIZE_AT_MOST {
            return Err(Complaint::range(format!(
                "the schema has {} bytes, at most {SIZE_AT_MOST} are allowed",
                source.len()
            )));
        }
        let schema: Json = serde_json::from_str(source)
            .map_err(|error| Complaint::format(format!("the schema is not JSON: {error}")))?;
        Survey { root: &schema, sizes: HashMap::new() }.check()?;
        let patterns = PatternOptions::regex().size_limit(PATTERN_SIZE_AT_MOST);
        let built = jsonschema::options().offline().with_pattern_options(patterns).build(&schema);
        built.map(Self).map_err(|error| {
            let why = shown_at_length(&error.to_string());
            Complaint::format(format!(
                "the schema cannot be used: {why} (expressions must run in linear time)"
            ))
        })
    }

    /// Checks a text that must be a JSON document.
    pub(super) fn check_text(&self, text: &str) -> Result<(), String> {
        let value =
            serde_json::from_str(text).map_err(|_| format!("`{}` is not a JSON document", shown(text)))?;
        self.check(&value)
    }

    pub(super) fn check(&self, value: &Json) -> Result<(), String> {
        self.0.validate(value).map_err(|error| {
            let place = error.instance_path().to_string();
            let place =
                if place.is_empty() { "the value".to_owned() } else { format!("`{}`", shown(&place)) };
            format!("{place} breaks the schema: {}", shown_at_length(&error.to_string()))
        })
    }
}

/// A library's sentence, cut after 160 characters.
fn shown_at_length(text: &str) -> String {
    text.chars().take(160).map(|c| if c.is_control() { '#' } else { c }).collect()
}

/// Looks through a schema before anything is compiled.
struct Survey<'s> {
    root: &'s Json,
    /// By pointer: how large what it refers to is, written out; `None` while that is being found out.
    sizes: HashMap<&'s str, Option<u32>>,
}

impl<'s> Survey<'s> {
    fn check(mut self) -> Result<(), Complaint> {
        self.size(self.root, 0).map(|_| ())
    }

    /// How many nodes there are, written out.
    fn size(&mut self, node: &'s Json, depth: usize) -> Result<u32, Complaint> {
        if depth > DEPTH_AT_MOST {
            return Err(Complaint::range(format!("the schema is nested deeper than {DEPTH_AT_MOST} levels")));
        }
        let mut size = 1_u32;
        match node {
            Json::Array(items) => {
                for item in items {
                    size = size.saturating_add(self.size(item, depth + 1)?);
                }
            }
            Json::Object(members) => {
                // Examples and constants are counted too: by its key alone a schema cannot be told from data.
                for (key, value) in members {
                    size = size.saturating_add(self.member(key, value, depth)?);
                }
            }
            _ => return Ok(0),
        }
        if size > WRITTEN_OUT_AT_MOST {
            return Err(Complaint::range(format!(
                "with its references written out the schema has more than {WRITTEN_OUT_AT_MOST} nodes"
            )));
        }
        Ok(size)
    }

    fn member(&mut self, key: &'s str, value: &'s Json, depth: usize) -> Result<u32, Complaint> {
        match (key, value) {
            ("$ref", Json::String(reference)) => self.reference(reference, depth),
            ("$id" | "id", Json::String(id)) if depth > 0 => Err(Complaint {
                rule: Rule::Unsupported,
                message: format!("`{}` names a part of the schema as a document of its own", shown(id)),
            }),
            (key, Json::String(_) | Json::Bool(_)) if MOVING.contains(&key) => Err(Complaint {
                rule: Rule::Unsupported,
                message: format!("`{key}` is not offered: refer by JSON pointer, as in `#/$defs/name`"),
            }),
            (_, value) => self.size(value, depth + 1),
        }
    }

    fn reference(&mut self, reference: &'s str, depth: usize) -> Result<u32, Complaint> {
        let unsupported = |why: &str| Complaint {
            rule: Rule::Unsupported,
            message: format!("the schema's reference `{}` {why}", shown(reference)),
        };
        let Some(pointer) =
            reference.strip_prefix('#').filter(|rest| rest.is_empty() || rest.starts_with('/'))
        else {
            return Err(unsupported("leads out of the schema; only `#/…` within it is allowed"));
        };
        if pointer.contains('%') {
            return Err(unsupported("is percent-encoded; write it plainly"));
        }
        match self.sizes.get(pointer) {
            Some(Some(size)) => return Ok(*size),
            Some(None) => return Err(unsupported("leads back to itself; recursive schemas are not offered")),
            None => {}
        }
        let target = self.root.pointer(pointer).ok_or_else(|| unsupported("leads nowhere"))?;
        self.sizes.insert(pointer, None);
        let size = self.size(target, depth + 1)?;
        self.sizes.insert(pointer, Some(size));
        Ok(size)
    }
}
