//! The rules that a parameter's value must keep, compiled once.

mod array;
mod decimal;
mod schema;
mod shared;

use std::sync::Arc;

use paifang_model::definition::{Parameter, ParameterType};
use paifang_model::name::shown;
use paifang_model::violation::Violations;

pub(super) use decimal::Decimal;
use schema::Schema;
pub(crate) use shared::pattern;

use super::value::Value;

/// The rules for one parameter. Patterns and schemas are shared by all parameters with the same source text.
#[derive(Debug)]
pub(super) struct Rules {
    kind: ParameterType,
    item_kind: ParameterType,
    minimum: Option<Box<str>>,
    maximum: Option<Box<str>>,
    min_length: Option<usize>,
    max_length: Option<usize>,
    enumeration: Box<[Box<str>]>,
    pattern: Option<Arc<regex::Regex>>,
    schema: Option<Arc<Schema>>,
}

impl Rules {
    /// Compiles the rules of a parameter; complaints get pointers into it.
    pub(super) fn compile(parameter: &Parameter, violations: &mut Violations) -> Self {
        let pattern = parameter.pattern.as_deref().map(shared::pattern);
        let schema = parameter.json_schema.as_deref().map(shared::schema);
        Self {
            kind: parameter.kind,
            item_kind: parameter.item_type.unwrap_or_default(),
            minimum: parameter.minimum.as_deref().map(Box::from),
            maximum: parameter.maximum.as_deref().map(Box::from),
            min_length: parameter.min_length.map(|length| length as usize),
            max_length: parameter.max_length.map(|length| length as usize),
            enumeration: parameter.enumeration.iter().map(|value| value.as_str().into()).collect(),
            pattern: pattern.and_then(|compiled| violations.at("/pattern", compiled)),
            schema: schema.and_then(|compiled| violations.at("/json_schema", compiled)),
        }
    }

    /// Checks a value.
    ///
    /// # Errors
    /// The first rule that it breaks, as a sentence with the value.
    pub(super) fn check(&self, value: &Value<'_>) -> Result<(), String> {
        match (self.kind, value) {
            // A default was checked when it was written.
            (_, Value::Default(_)) | (ParameterType::File, _) => Ok(()),
            (ParameterType::Array, value) => array::check(self, value),
            (_, value) => value.texts().try_for_each(|text| {
                self.check_item(self.kind, text)?;
                self.schema.as_ref().map_or(Ok(()), |schema| schema.check_text(text))
            }),
        }
    }

    /// Checks one value, or one item of an array, by all rules but the schema.
    fn check_item(&self, kind: ParameterType, text: &str) -> Result<(), String> {
        kind.check(text).map_err(|expected| format!("`{}` is not {expected}", shown(text)))?;
        if kind.is_number() {
            self.check_bounds(text)?;
        }
        self.check_length(text)?;
        self.check_enumeration(kind, text)?;
        match &self.pattern {
            Some(pattern) if !pattern.is_match(text) => {
                Err(format!("`{}` does not match `{}`", shown(text), shown(pattern.as_str())))
            }
            _ => Ok(()),
        }
    }

    fn check_bounds(&self, text: &str) -> Result<(), String> {
        let value = Decimal::read(text);
        if let Some(minimum) = &self.minimum
            && value < Decimal::read(minimum)
        {
            return Err(format!("`{}` is smaller than {minimum}", shown(text)));
        }
        if let Some(maximum) = &self.maximum
            && value > Decimal::read(maximum)
        {
            return Err(format!("`{}` is larger than {maximum}", shown(text)));
        }
        Ok(())
    }

    /// Lengths count characters, not bytes.
    fn check_length(&self, text: &str) -> Result<(), String> {
        if self.min_length.is_none() && self.max_length.is_none() {
            return Ok(());
        }
        let length = text.chars().count();
        if let Some(shortest) = self.min_length.filter(|shortest| length < *shortest) {
            return Err(format!("`{}` has {length} characters, at least {shortest} are needed", shown(text)));
        }
        if let Some(longest) = self.max_length.filter(|longest| length > *longest) {
            return Err(format!("`{}` has {length} characters, at most {longest} are allowed", shown(text)));
        }
        Ok(())
    }

    /// Numbers are compared as numbers (`1.0` is `1`), truth values without case, texts as they are.
    fn check_enumeration(&self, kind: ParameterType, text: &str) -> Result<(), String> {
        if self.enumeration.is_empty() {
            return Ok(());
        }
        let same = |allowed: &str| match kind {
            kind if kind.is_number() => Decimal::read(allowed) == Decimal::read(text),
            ParameterType::Boolean => allowed.eq_ignore_ascii_case(text),
            _ => allowed == text,
        };
        if self.enumeration.iter().any(|allowed| same(allowed)) {
            return Ok(());
        }
        Err(format!("`{}` is not one of {}", shown(text), shown(&self.enumeration.join(", "))))
    }
}
