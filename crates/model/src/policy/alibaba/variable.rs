//! Variables of plug-ins: a name for something of a call, `userId: "Token:userId"` (spec: aliyun/plugins.md §2).

use serde_json::{Map, Value};

use crate::dialect::{Dialect, SystemValue};
use crate::name::shown;
use crate::violation::{Complaint, Rule, Violations};

/// The most variables that one plug-in declares (spec: aliyun/plugins.md §2).
pub(super) const VARIABLES_AT_MOST: usize = 16;

/// Where a variable's value is found. Names of headers are compared without case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The method, in upper case.
    Method,
    /// The path that was asked for.
    Path,
    /// What the placeholder of this name stands for, in the patterns of the wildcard domain that is called.
    Host(String),
    /// The first value of a header.
    Header(String),
    /// The first value of a query parameter.
    Query(String),
    /// The first value of a form field.
    Form(String),
    /// A parameter of the API, by the name that callers know.
    Parameter(String),
    /// A fact about the call.
    System(SystemValue),
    /// A claim of the token that the call was let in with.
    Token(String),
    /// An element of `X-Forwarded-For`: from 0, or from the end with a negative number.
    ForwardedFor(i16),
    /// The status of the backend's answer.
    StatusCode,
    /// The gateway's own error code.
    ErrorCode,
    /// A field of the answer's JSON body, by its path.
    BodyField(String),
}

/// A variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name, without `$`.
    pub name: String,
    /// Where its value is found.
    pub place: Place,
}

/// The variables that a plug-in's conditions and texts may use. Values are asked for by a variable's place in this list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variables(Vec<Variable>);

impl Variables {
    /// Reads the member `parameters` of a plug-in.
    ///
    /// # Errors
    /// All complaints, with pointers into it.
    pub fn read(given: &Map<String, Value>) -> Result<Self, Violations> {
        let (all, violations) = Self::collect(given);
        violations.or(all)
    }

    /// Those that can be read, and the complaints about the others.
    pub(in crate::policy) fn collect(given: &Map<String, Value>) -> (Self, Violations) {
        let mut violations = Violations::new();
        if given.len() > VARIABLES_AT_MOST {
            let message = format!("{} are too many: {VARIABLES_AT_MOST} are allowed", given.len());
            violations.add("", Rule::Range, message);
        }
        let mut all = Vec::new();
        for (name, place) in given.iter().take(VARIABLES_AT_MOST) {
            let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
            violations.at(&pointer, check_name(name));
            let place = place.as_str().ok_or_else(|| Complaint::format("it is not a string"));
            let place = place.and_then(str::parse);
            all.extend(violations.at(&pointer, place).map(|place| Variable { name: name.clone(), place }));
        }
        (Self(all), violations)
    }

    /// Those that a plug-in of another kind declares.
    pub(in crate::policy) const fn declared(all: Vec<Variable>) -> Self {
        Self(all)
    }

    /// The place of a variable in the list. Facts about the call need no declaration: `$CaAppId` is known everywhere.
    #[must_use]
    pub fn position(&mut self, name: &str) -> Option<usize> {
        if let Some(found) = self.0.iter().position(|variable| variable.name == name) {
            return Some(found);
        }
        let place = Place::System(SystemValue::parse(Dialect::Alibaba, name)?);
        self.0.push(Variable { name: name.to_owned(), place });
        Some(self.0.len() - 1)
    }

    /// The variables, in the order of their places.
    #[must_use]
    pub fn as_slice(&self) -> &[Variable] {
        &self.0
    }
}

impl std::str::FromStr for Place {
    type Err = Complaint;

    fn from_str(text: &str) -> Result<Self, Complaint> {
        let (location, name) = match text.split_once(':') {
            Some((location, name)) => (location.trim(), Some(name.trim()).filter(|name| !name.is_empty())),
            None => (text.trim(), None),
        };
        let wrong = |why: &str| Complaint::format(format!("`{}` {why}", shown(text)));
        let named = || name.map(str::to_owned).ok_or_else(|| wrong("names nothing: write `Location:Name`"));
        let alone = |place| match name {
            None => Ok(place),
            Some(_) => Err(wrong("takes no name after the colon")),
        };
        match location.to_ascii_lowercase().as_str() {
            "method" => alone(Self::Method),
            // A path parameter of an API is spelled `path:userId` in the vendor's samples.
            "path" if name.is_some() => named().map(Self::Parameter),
            "path" => Ok(Self::Path),
            "host" => named().map(Self::Host),
            "header" => named().map(Self::Header),
            "query" => named().map(Self::Query),
            "form" => named().map(Self::Form),
            "parameter" => named().map(Self::Parameter),
            "token" => named().map(Self::Token),
            "system" => SystemValue::parse(Dialect::Alibaba, &named()?)
                .map(Self::System)
                .ok_or_else(|| wrong("is not a system parameter")),
            "xff" => {
                named()?.parse().map(Self::ForwardedFor).map_err(|_| wrong("takes a number, as `XFF:-1`"))
            }
            "statuscode" => alone(Self::StatusCode),
            "errorcode" => alone(Self::ErrorCode),
            "bodyjsonfield" => named().map(Self::BodyField),
            _ => Err(wrong(
                "begins with none of: Method, Path, Host, Header, Query, Form, Parameter, System, Token, XFF, \
                 StatusCode, ErrorCode, BodyJsonField",
            )),
        }
    }
}

/// `[a-zA-Z_][a-zA-Z0-9]+`, with `_` and single letters too.
fn check_name(name: &str) -> Result<(), Complaint> {
    let mut characters = name.chars();
    let begins = characters.next().is_some_and(starts_name);
    if begins && characters.all(continues_name) && name.len() <= 50 {
        return Ok(());
    }
    let rule = "it begins with a letter or `_`, and letters, digits and `_` follow, 50 characters at most";
    Err(Complaint::format(format!("`{}` is not a variable's name: {rule}", shown(name))))
}

pub(super) const fn starts_name(character: char) -> bool {
    character.is_ascii_alphabetic() || character == '_'
}

pub(super) const fn continues_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}
