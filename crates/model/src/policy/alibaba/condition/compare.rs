//! How values compare: by the type of the constant. What a call brings is text; beside a number it is read as a number,
//! beside `true` or `false` as a truth value, and where it cannot be read so it equals nothing and has no order.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

/// A number. Whole ones are compared exactly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::policy) enum Number {
    /// A whole number.
    Whole(i64),
    /// Any other; finite.
    Real(f64),
}

/// A value while a condition is judged.
#[derive(Debug)]
pub(super) enum Scalar<'v> {
    /// What a call brings: a text that may stand for something else.
    Given(Cow<'v, str>),
    /// A constant text.
    Text(&'v str),
    /// A number.
    Number(Number),
    /// A truth value.
    Bool(bool),
    /// Nothing.
    Null,
}

impl Number {
    /// Reads digits with an optional sign, fraction and exponent.
    pub(in crate::policy) fn parse(text: &str) -> Option<Self> {
        if let Ok(whole) = text.parse() {
            return Some(Self::Whole(whole));
        }
        let digits =
            text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '+' | '.'));
        let real = text.parse::<f64>().ok().filter(|real| digits && real.is_finite())?;
        Some(Self::Real(real))
    }

    fn order(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Whole(left), Self::Whole(right)) => Some(left.cmp(&right)),
            (left, right) => left.real().partial_cmp(&right.real()),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "a whole number beside a fraction is compared as one")]
    const fn real(self) -> f64 {
        match self {
            Self::Whole(whole) => whole as f64,
            Self::Real(real) => real,
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(whole) => whole.fmt(f),
            Self::Real(real) => real.fmt(f),
        }
    }
}

/// Whether both are the same; `null` is the same as `null` alone.
pub(super) fn equal(left: &Scalar<'_>, right: &Scalar<'_>) -> bool {
    match (left, right) {
        (Scalar::Null, Scalar::Null) => true,
        (Scalar::Null, _) | (_, Scalar::Null) => false,
        (Scalar::Bool(left), Scalar::Bool(right)) => left == right,
        (Scalar::Bool(truth), Scalar::Given(given)) | (Scalar::Given(given), Scalar::Bool(truth)) => {
            given.eq_ignore_ascii_case(if *truth { "true" } else { "false" })
        }
        _ => order(left, right).is_some_and(Ordering::is_eq),
    }
}

/// Which is smaller; none where they cannot be compared. Texts go byte by byte.
pub(super) fn order(left: &Scalar<'_>, right: &Scalar<'_>) -> Option<Ordering> {
    match (left, right) {
        (Scalar::Number(left), Scalar::Number(right)) => left.order(*right),
        (Scalar::Number(left), Scalar::Given(right)) => left.order(Number::parse(right)?),
        (Scalar::Given(left), Scalar::Number(right)) => Number::parse(left)?.order(*right),
        _ => Some(as_text(left)?.cmp(as_text(right)?)),
    }
}

fn as_text<'v>(scalar: &'v Scalar<'_>) -> Option<&'v str> {
    match scalar {
        Scalar::Given(text) => Some(text),
        Scalar::Text(text) => Some(text),
        Scalar::Number(_) | Scalar::Bool(_) | Scalar::Null => None,
    }
}
