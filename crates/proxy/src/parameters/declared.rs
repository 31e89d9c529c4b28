//! A declared parameter, compiled: where it is read and what it must be.

use paifang_model::definition::ParameterType;
use paifang_wire::HeaderName;

use super::error::ParameterError;
use super::rules::Rules;
use super::value::Value;

/// A declared parameter.
#[derive(Debug)]
pub(super) struct Declared {
    pub(super) name: Box<str>,
    pub(super) place: Place,
    pub(super) kind: ParameterType,
    pub(super) required: bool,
    pub(super) default: Option<Box<str>>,
    /// None where only presence counts.
    pub(super) rules: Option<Rules>,
}

/// Where a declared parameter stands.
#[derive(Debug)]
pub(super) enum Place {
    /// It is this one of the path's parameters, from 0.
    Path(usize),
    /// In the query, found by name.
    Query,
    /// In this header.
    Header(HeaderName),
    /// In the form or the parts, found by name.
    Body,
    /// Nowhere: the mode leaves it unread.
    Unread,
}

impl Declared {
    pub(super) fn is_array(&self) -> bool {
        self.kind == ParameterType::Array
    }

    /// Lets the default stand in and checks what is there.
    pub(super) fn settle<'a>(&'a self, value: &mut Option<Value<'a>>) -> Result<(), ParameterError> {
        if matches!(self.place, Place::Unread) {
            return Ok(());
        }
        if value.is_none() && !self.required {
            *value = self.default.as_deref().map(Value::Default);
        }
        match (value, &self.rules) {
            (None, _) if self.required => Err(ParameterError::missing(&self.name)),
            (Some(value), Some(rules)) => {
                rules.check(value).map_err(|reason| ParameterError::invalid(&self.name, reason))
            }
            _ => Ok(()),
        }
    }
}
