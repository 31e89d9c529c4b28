//! The parameters of the query: each known, each once, all complaints at once.

use std::fmt::Display;
use std::str::FromStr;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use paifang_model::name::shown;
use paifang_model::{Rule, Violations};
use serde::de::value::{Error, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};

use crate::problem::{Kind, Problem};

/// The most parameters that are looked at.
const AT_MOST: usize = 64;

/// The query, read.
pub(crate) struct Asked<T>(pub(crate) T);

/// What a query is read into.
pub(crate) trait FromParams: Sized {
    /// Takes its own parameters and notes complaints about them.
    fn from_params(params: &mut Params) -> Self;
}

/// Parameters that nobody has taken yet.
pub(crate) struct Params {
    pairs: Vec<(String, String)>,
    violations: Violations,
}

impl Params {
    /// A text as it is; an empty one is as good as none.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        let mut found = None;
        for index in (0..self.pairs.len()).rev() {
            if self.pairs[index].0 == name && found.replace(self.pairs.remove(index).1).is_some() {
                self.complain(name, Rule::Duplicate, "it is there twice");
            }
        }
        found.filter(|text| !text.is_empty())
    }

    /// A text in the form of its type.
    pub(crate) fn parsed<T: FromStr<Err: Display>>(&mut self, name: &str) -> Option<T> {
        let text = self.text(name)?;
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.complain(name, Rule::Format, &format!("`{}`: {error}", shown(&text)));
                None
            }
        }
    }

    /// One of some words.
    pub(crate) fn word<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let text = self.text(name)?;
        let deserializer: StrDeserializer<'_, Error> = text.as_str().into_deserializer();
        match T::deserialize(deserializer) {
            Ok(value) => Some(value),
            Err(error) => {
                self.complain(name, Rule::Unknown, &shown_error(&error));
                None
            }
        }
    }

    /// Notes a complaint about a parameter.
    pub(crate) fn complain(&mut self, name: &str, rule: Rule, message: &str) {
        self.violations.add(format!("?{name}"), rule, message);
    }

    fn read<T: FromParams>(mut self) -> Result<T, Violations> {
        let value = T::from_params(&mut self);
        for (name, _) in std::mem::take(&mut self.pairs) {
            self.complain(&shown(&name), Rule::Unknown, "there is no such parameter here");
        }
        self.violations.or(value)
    }
}

/// Serde quotes the value as it is; it may be long.
fn shown_error(error: &Error) -> String {
    error.to_string().chars().take(200).collect()
}

impl<S: Send + Sync, T: FromParams> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let unreadable =
            |why: &dyn Display| Problem::new(Kind::Query, format!("the query cannot be read: {why}"));
        let pairs = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri);
        let Query(pairs) = pairs.map_err(|rejection| unreadable(&rejection))?;
        if pairs.len() > AT_MOST {
            return Err(unreadable(&format_args!(
                "{} parameters are too many, {AT_MOST} are allowed",
                pairs.len()
            )));
        }
        let params = Params { pairs, violations: Violations::new() };
        params.read().map(Self).map_err(|violations| Problem::violations(Kind::Query, violations))
    }
}

impl<A: FromParams, B: FromParams> FromParams for (A, B) {
    fn from_params(params: &mut Params) -> Self {
        (A::from_params(params), B::from_params(params))
    }
}

impl<A: FromParams, B: FromParams, C: FromParams> FromParams for (A, B, C) {
    fn from_params(params: &mut Params) -> Self {
        (A::from_params(params), B::from_params(params), C::from_params(params))
    }
}
