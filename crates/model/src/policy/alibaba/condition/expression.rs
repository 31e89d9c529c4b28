//! What a condition is, and whether it holds.

use std::borrow::Cow;
use std::net::IpAddr;

use ipnet::IpNet;
use regex::Regex;

use super::Values;
use super::compare::{self, Scalar};
use super::like::Pattern;

/// Something that holds or does not.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    /// All of them hold.
    All(Vec<Self>),
    /// One of them holds at least.
    Any(Vec<Self>),
    /// It does not hold.
    Not(Box<Self>),
    /// Two operands stand so to each other.
    Compare(Operand, Operator, Operand),
    /// The operand's text has this form.
    Like(Operand, Pattern),
    /// The operand is an address of this network.
    InNetwork(Operand, IpNet),
    /// The operand's text matches.
    Matches(Operand, Form),
}

/// A regular expression; the same as another one that is written so.
#[derive(Debug, Clone)]
pub(super) struct Form(pub(super) Regex);

impl PartialEq for Form {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    /// The variable at this place.
    Variable(usize),
    /// A text.
    Text(String),
    /// A number, as it is written and as it is read.
    Number(compare::Number),
    /// `true` or `false`.
    Bool(bool),
    /// Nothing.
    Null,
    /// `Random()`.
    Random,
}

/// How two operands are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::policy) enum Operator {
    /// `=` or `==`.
    Equal,
    /// `!=` or `<>`.
    NotEqual,
    /// `<`.
    Less,
    /// `<=`.
    AtMost,
    /// `>`.
    Greater,
    /// `>=`.
    AtLeast,
}

impl Expression {
    pub(super) fn holds(&self, values: &impl Values) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(values)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(values)),
            Self::Not(part) => !part.holds(values),
            Self::Compare(left, operator, right) => {
                operator.holds(&left.evaluate(values), &right.evaluate(values))
            }
            Self::Like(operand, pattern) => {
                text_of(&operand.evaluate(values)).is_some_and(|text| pattern.matches(&text))
            }
            Self::Matches(operand, form) => {
                text_of(&operand.evaluate(values)).is_some_and(|text| form.0.is_match(&text))
            }
            Self::InNetwork(operand, network) => text_of(&operand.evaluate(values))
                .and_then(|text| text.trim().parse::<IpAddr>().ok())
                .is_some_and(|address| network.contains(&address.to_canonical())),
        }
    }
}

impl Operand {
    fn evaluate<'v>(&'v self, values: &'v impl Values) -> Scalar<'v> {
        match self {
            Self::Variable(place) => values.value(*place).map_or(Scalar::Null, Scalar::Given),
            Self::Text(text) => Scalar::Text(text),
            Self::Number(number) => Scalar::Number(*number),
            Self::Bool(truth) => Scalar::Bool(*truth),
            Self::Null => Scalar::Null,
            Self::Random => Scalar::Number(compare::Number::Real(values.random())),
        }
    }
}

impl Operator {
    fn holds(self, left: &Scalar<'_>, right: &Scalar<'_>) -> bool {
        match self {
            Self::Equal => compare::equal(left, right),
            Self::NotEqual => !compare::equal(left, right),
            Self::Less => compare::order(left, right).is_some_and(std::cmp::Ordering::is_lt),
            Self::AtMost => compare::order(left, right).is_some_and(std::cmp::Ordering::is_le),
            Self::Greater => compare::order(left, right).is_some_and(std::cmp::Ordering::is_gt),
            Self::AtLeast => compare::order(left, right).is_some_and(std::cmp::Ordering::is_ge),
        }
    }
}

fn text_of<'v>(scalar: &'v Scalar<'v>) -> Option<Cow<'v, str>> {
    match scalar {
        Scalar::Given(text) => Some(Cow::Borrowed(text)),
        Scalar::Text(text) => Some(Cow::Borrowed(text)),
        Scalar::Number(number) => Some(Cow::Owned(number.to_string())),
        Scalar::Bool(truth) => Some(Cow::Borrowed(if *truth { "true" } else { "false" })),
        Scalar::Null => None,
    }
}
