//! Conditions of plug-ins, `$userType = 'admin' and !($clientIp in_cidr '10.0.0.0/8')`, as expressions over a plug-in's
//! variables (spec: aliyun/plugins.md §2). They are read when a plug-in is written, in order to refuse, and when it is
//! compiled, in order to run; a reading never fails at a call.
//!
//! ```text
//! any     = all ("or" all)*
//! all     = one ("and" one)*
//! one     = ("not" | "!") one | "(" any ")" | operand operator operand
//! operand = $name | ${name} | 'text' | "text" | number | true | false | null | Random()
//! ```
//!
//! Keywords are read without regard to case. There are two truth values: `null`, an absent value, equals only `null`.

mod compare;
mod expression;
mod like;
mod parse;
mod token;

use std::borrow::Cow;

pub(in crate::policy) use compare::Number;
pub(in crate::policy) use expression::Operator;
use expression::{Expression, Form, Operand};
use regex::Regex;

use super::variable::Variables;
use crate::violation::Complaint;

/// The most characters of one condition.
pub const CONDITION_AT_MOST: usize = 512;

/// A condition that was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition(Expression);

/// What a condition asks while it is judged.
pub trait Values {
    /// The value of the variable at this place of [`Variables::as_slice`]; none: absent, which is `null`.
    fn value(&self, variable: usize) -> Option<Cow<'_, str>>;

    /// A number from 0 up to but not including 1, another at each call.
    fn random(&self) -> f64;
}

impl Condition {
    /// Reads a condition; facts about the call that it names are added to the variables.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn parse(text: &str, variables: &mut Variables) -> Result<Self, Complaint> {
        let characters = text.chars().count();
        if characters > CONDITION_AT_MOST {
            let message = format!(
                "a condition of {characters} characters is too long: {CONDITION_AT_MOST} are allowed"
            );
            return Err(Complaint::range(message));
        }
        parse::parse(text, variables).map(Self)
    }

    /// All of them hold.
    pub(in crate::policy) fn all(parts: Vec<Self>) -> Self {
        Self(Expression::All(parts.into_iter().map(|part| part.0).collect()))
    }

    /// One of them holds at least.
    pub(in crate::policy) fn any(parts: Vec<Self>) -> Self {
        Self(Expression::Any(parts.into_iter().map(|part| part.0).collect()))
    }

    /// A variable, by its place, stands so to a text.
    pub(in crate::policy) const fn with_text(variable: usize, operator: Operator, text: String) -> Self {
        Self(Expression::Compare(Operand::Variable(variable), operator, Operand::Text(text)))
    }

    /// A variable, by its place, stands so to a number.
    pub(in crate::policy) const fn with_number(variable: usize, operator: Operator, number: Number) -> Self {
        Self(Expression::Compare(Operand::Variable(variable), operator, Operand::Number(number)))
    }

    /// The text of a variable, by its place, matches.
    pub(in crate::policy) const fn matching(variable: usize, regex: Regex) -> Self {
        Self(Expression::Matches(Operand::Variable(variable), Form(regex)))
    }

    /// Whether it holds.
    pub fn holds(&self, values: &impl Values) -> bool {
        self.0.holds(values)
    }
}
