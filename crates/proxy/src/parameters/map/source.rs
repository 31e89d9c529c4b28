//! Where a value for the backend comes from.

use std::borrow::Cow;

use paifang_model::dialect::SystemValue;

use crate::parameters::declared::Declared;
use crate::parameters::plan::Input;
use crate::parameters::value::Value;

/// Where a value for the backend comes from.
#[derive(Debug, Clone)]
pub(in crate::parameters) enum Source {
    /// A declared parameter, by its place.
    Declared(u16),
    /// A declared parameter, only when its default stands in: what the caller sent goes through by itself.
    DefaultOf(u16),
    /// A fixed text.
    Constant(Box<str>),
    /// A fact about the call.
    System(SystemValue),
}

/// A call whose values are checked.
#[derive(Clone, Copy)]
pub(in crate::parameters) struct Given<'c> {
    pub(in crate::parameters) declared: &'c [Declared],
    pub(in crate::parameters) values: &'c [Option<Value<'c>>],
    pub(in crate::parameters) input: &'c Input<'c>,
}

/// What a source gave.
#[derive(Debug)]
pub(super) enum Drawn<'c> {
    Nothing,
    Text(Cow<'c, str>),
    Value(&'c Value<'c>),
}

impl Source {
    pub(super) fn draw<'c>(&'c self, given: &Given<'c>) -> Drawn<'c> {
        match self {
            Self::Declared(index) => match &given.values[usize::from(*index)] {
                Some(value) => Drawn::Value(value),
                None => Drawn::Nothing,
            },
            Self::DefaultOf(index) => match &given.values[usize::from(*index)] {
                Some(value @ Value::Default(_)) => Drawn::Value(value),
                _ => Drawn::Nothing,
            },
            Self::Constant(text) => Drawn::Text(Cow::Borrowed(text)),
            Self::System(SystemValue::Absent) => Drawn::Nothing,
            Self::System(fact) => given.input.facts.fact(*fact).map_or(Drawn::Nothing, Drawn::Text),
        }
    }

    /// The declared parameter behind it.
    pub(super) fn declared<'c>(&self, given: &Given<'c>) -> Option<&'c Declared> {
        match self {
            Self::Declared(index) | Self::DefaultOf(index) => given.declared.get(usize::from(*index)),
            Self::Constant(_) | Self::System(_) => None,
        }
    }
}

impl Drawn<'_> {
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let (one, value) = match self {
            Self::Nothing => (None, None),
            Self::Text(text) => (Some(text.as_ref()), None),
            Self::Value(value) => (None, Some(value)),
        };
        one.into_iter().chain(value.into_iter().flat_map(|value| value.texts()))
    }
}
