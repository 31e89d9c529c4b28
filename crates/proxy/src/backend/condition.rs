//! What a backend policy asks of a call, compiled when it is released.

use std::net::IpAddr;
use std::sync::Arc;

use http::header::COOKIE;
use paifang_model::definition::{self as model, policy::anchored};
use paifang_model::name::shown;
use paifang_model::policy::AddressSet;
use paifang_model::{Complaint, Definition};
use paifang_wire::{Head, Headers};
use regex::Regex;

use crate::parameters::{Checked, pattern};

/// A condition.
#[derive(Debug)]
pub(super) struct Condition {
    kind: Kind,
    /// What is so when it is met, as a clause.
    in_words: Box<str>,
}

#[derive(Debug)]
enum Kind {
    Source(AddressSet),
    /// A declared parameter, by its place in the definition.
    Parameter(usize, Comparison),
    Path(Comparison),
    Method(Comparison),
    Cookie(Box<str>, Comparison),
}

#[derive(Debug)]
enum Comparison {
    Exact(Box<str>),
    Enum(Box<[Box<str>]>),
    /// Matches from the beginning to the end.
    Pattern(Arc<Regex>),
}

/// A call whose parameters are checked.
pub(super) struct Asked<'c, 'v> {
    pub(super) client: IpAddr,
    pub(super) head: &'c Head,
    pub(super) checked: &'c Checked<'v>,
}

impl Condition {
    /// Compiles a condition of a definition.
    ///
    /// # Errors
    /// What the definition's own check complains about too.
    pub(super) fn compile(condition: &model::Condition, definition: &Definition) -> Result<Self, Complaint> {
        let (kind, in_words) = match condition {
            model::Condition::Source { addresses } => {
                let set = addresses.iter().map(|address| address.parse()).collect::<Result<_, _>>()?;
                (Kind::Source(set), format!("the client's address is in {}", shown(&addresses.join(", "))))
            }
            model::Condition::Parameter { name, is } => {
                let index = definition.parameters.iter().position(|declared| declared.name == *name);
                let unknown =
                    || Complaint::format(format!("`{}` is not among the request parameters", shown(name)));
                let kind = Kind::Parameter(index.ok_or_else(unknown)?, Comparison::compile(is)?);
                (kind, format!("the parameter `{}` {}", shown(name), in_words(is)))
            }
            model::Condition::Path { is } => {
                (Kind::Path(Comparison::compile(is)?), format!("the path {}", in_words(is)))
            }
            model::Condition::Method { is } => {
                (Kind::Method(Comparison::compile(is)?), format!("the method {}", in_words(is)))
            }
            model::Condition::Cookie { name, is } => {
                let kind = Kind::Cookie(name.as_str().into(), Comparison::compile(is)?);
                (kind, format!("the cookie `{}` {}", shown(name), in_words(is)))
            }
        };
        Ok(Self { kind, in_words: in_words.into() })
    }

    pub(super) fn is_met_by(&self, asked: &Asked<'_, '_>) -> bool {
        let head = asked.head;
        match &self.kind {
            Kind::Source(addresses) => addresses.contains(asked.client),
            Kind::Parameter(index, comparison) => {
                asked.checked.texts(*index).any(|text| comparison.holds_for(text))
            }
            // A path that cannot be decoded finds no API.
            Kind::Path(comparison) => {
                head.target.decoded_path().is_ok_and(|path| comparison.holds_for(&path))
            }
            Kind::Method(comparison) => comparison.holds_for(head.method.as_str()),
            Kind::Cookie(name, comparison) => {
                cookie(&head.headers, name).is_some_and(|value| comparison.holds_for(value))
            }
        }
    }

    /// What is so when it is met, as a clause.
    pub(super) fn in_words(&self) -> &str {
        &self.in_words
    }
}

impl Comparison {
    fn compile(comparison: &model::Comparison) -> Result<Self, Complaint> {
        Ok(match comparison {
            model::Comparison::Exact { value } => Self::Exact(value.as_str().into()),
            model::Comparison::Enum { values } => {
                Self::Enum(values.iter().map(|value| value.as_str().into()).collect())
            }
            model::Comparison::Pattern { pattern: source } => Self::Pattern(pattern(&anchored(source))?),
        })
    }

    fn holds_for(&self, text: &str) -> bool {
        match self {
            Self::Exact(value) => **value == *text,
            Self::Enum(values) => values.iter().any(|value| **value == *text),
            Self::Pattern(pattern) => pattern.is_match(text),
        }
    }
}

fn in_words(comparison: &model::Comparison) -> String {
    match comparison {
        model::Comparison::Exact { value } => format!("is `{}`", shown(value)),
        model::Comparison::Enum { values } => format!("is one of `{}`", shown(&values.join(", "))),
        model::Comparison::Pattern { pattern } => format!("matches `{}`", shown(pattern)),
    }
}

/// The first cookie of this name (RFC 6265 §4.2).
fn cookie<'h>(headers: &'h Headers, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(COOKIE).filter_map(|value| std::str::from_utf8(value.as_bytes()).ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(known, value)| (known.trim(), value.trim()))
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_cookie_is_found_in_any_line() {
        let mut headers = Headers::new();
        for line in ["a=1; group=beta", "b = 2;a=3", "broken; =x; c=d=e"] {
            headers.append(COOKIE, HeaderValue::from_static(line));
        }
        assert_eq!(cookie(&headers, "a"), Some("1"));
        assert_eq!(cookie(&headers, "group"), Some("beta"));
        assert_eq!(cookie(&headers, "b"), Some("2"));
        assert_eq!(cookie(&headers, "c"), Some("d=e"));
        assert_eq!(cookie(&headers, "broken"), None);
    }

    #[test]
    fn a_pattern_matches_the_whole_value() {
        let pattern = |source: &str| {
            Comparison::compile(&model::Comparison::Pattern { pattern: source.to_owned() }).unwrap()
        };
        assert!(pattern("[0-5]").holds_for("3") && !pattern("[0-5]").holds_for("34"));
        assert!(pattern("a|b").holds_for("b") && !pattern("a|b").holds_for("ab"));
        assert!(!pattern("a").holds_for("a\n"));
        assert!(!pattern("(?m)^a$").holds_for("a\nb"));
    }
}
