//! What a parameter's place held.

use std::borrow::Cow;

use super::form::Part;

/// The value or values that a request carries for a parameter.
#[derive(Debug, Clone)]
pub(super) enum Value<'a> {
    /// One, decoded.
    Text(Cow<'a, str>),
    /// Those of a repeated array, decoded; at least two.
    Many(Vec<Cow<'a, str>>),
    /// A part of a multipart body, as it came; UTF-8 unless its parameter is a file.
    Part(&'a Part),
    /// None; the parameter's default stands in.
    Default(&'a str),
}

impl<'a> Value<'a> {
    /// The texts, in order. What is not UTF-8 has none.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let (one, many): (Option<&str>, &[Cow<'a, str>]) = match self {
            Self::Text(text) => (Some(text), &[]),
            Self::Many(texts) => (None, texts),
            Self::Part(part) => (std::str::from_utf8(&part.content).ok(), &[]),
            Self::Default(text) => (Some(text), &[]),
        };
        one.into_iter().chain(many.iter().map(AsRef::as_ref))
    }
}

/// The values of a call, by the place of their parameter in the definition.
pub(super) type Values<'a> = smallvec::SmallVec<[Option<Value<'a>>; 8]>;

/// Puts a value where the first of its name belongs; an array takes further ones too.
pub(super) fn store<'a>(place: &mut Option<Value<'a>>, more: Cow<'a, str>, is_array: bool) {
    match place {
        None => *place = Some(Value::Text(more)),
        Some(Value::Text(first)) if is_array => {
            *place = Some(Value::Many(vec![std::mem::take(first), more]));
        }
        Some(Value::Many(texts)) if is_array => texts.push(more),
        Some(_) => {}
    }
}
