//! Complaints about bad input: all of them at once, each with the place, the rule and the value.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Which kind of rule was broken; faces choose their error codes by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// A value that must be there is missing.
    Required,
    /// The value is not well formed.
    Format,
    /// The value is too short, too long, too small or too large.
    Range,
    /// The value names something that is not there.
    Unknown,
    /// The value repeats one that must be unique.
    Duplicate,
    /// The value does not fit another value.
    Conflict,
    /// The value is understood, but this gateway does not offer it.
    Unsupported,
}

/// One complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Violation {
    /// Where: a JSON pointer (RFC 6901) into what was sent.
    pub pointer: String,
    /// Which kind of rule.
    pub rule: Rule,
    /// A sentence that names the rule and the value.
    pub message: String,
}

/// All complaints about one input; empty means that it is valid.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Nothing to complain about.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One complaint alone.
    #[must_use]
    pub fn one(pointer: impl Into<String>, rule: Rule, message: impl Into<String>) -> Self {
        let mut violations = Self::new();
        violations.add(pointer, rule, message);
        violations
    }

    /// Adds a complaint.
    pub fn add(&mut self, pointer: impl Into<String>, rule: Rule, message: impl Into<String>) {
        self.0.push(Violation { pointer: pointer.into(), rule, message: message.into() });
    }

    /// Notes the complaint of a failed check at `pointer` and passes a good value on.
    pub fn at<T>(&mut self, pointer: &str, checked: Result<T, Complaint>) -> Option<T> {
        match checked {
            Ok(value) => Some(value),
            Err(complaint) => {
                self.add(pointer, complaint.rule, complaint.message);
                None
            }
        }
    }

    /// Takes over the complaints about a part that lies at `pointer`.
    pub fn nest(&mut self, pointer: &str, inner: Self) {
        self.0.extend(
            inner.0.into_iter().map(|violation| Violation {
                pointer: format!("{pointer}{}", violation.pointer),
                ..violation
            }),
        );
    }

    /// Takes over the complaints about what nothing was said about yet: neither about the same place nor about a part of it.
    pub fn add_unsaid(&mut self, others: Self) {
        let is_said = |pointer: &str| {
            let within = |said: &Violation| {
                said.pointer
                    .strip_prefix(pointer)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            // What is said about the whole is not said about any part.
            !pointer.is_empty() && self.iter().any(within)
        };
        let unsaid: Vec<Violation> =
            others.0.into_iter().filter(|violation| !is_said(&violation.pointer)).collect();
        self.0.extend(unsaid);
    }

    /// Whether there is nothing to complain about.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The complaints, in the order they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Violation> {
        self.0.iter()
    }

    /// The complaints as a list.
    #[must_use]
    pub fn into_vec(self) -> Vec<Violation> {
        self.0
    }

    /// The value when there is nothing to complain about.
    ///
    /// # Errors
    /// The complaints.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{}: {}", violation.pointer, violation.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// A complaint that does not know its place yet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Complaint {
    /// Which kind of rule.
    pub rule: Rule,
    /// A sentence that names the rule and the value.
    pub message: String,
}

impl Complaint {
    /// A complaint about the form of a value.
    #[must_use]
    pub fn format(message: impl Into<String>) -> Self {
        Self { rule: Rule::Format, message: message.into() }
    }

    /// A complaint about the size of a value.
    #[must_use]
    pub fn range(message: impl Into<String>) -> Self {
        Self { rule: Rule::Range, message: message.into() }
    }
}
