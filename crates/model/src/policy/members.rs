//! Reading the members of a JSON object with all complaints at once. A member that is null is absent; one that nobody
//! asks for is a mistake.

use serde_json::{Map, Value};

use super::alibaba::{Condition, Variables};
use crate::name::shown;
use crate::violation::{Complaint, Rule, Violations};

/// Members without a reader that are told of; a client that sends rubbish learns enough from these.
const UNKNOWN_AT_MOST: usize = 20;

/// The members of an object, and the complaints about them.
pub(super) struct Members<'g> {
    given: &'g Map<String, Value>,
    at: String,
    asked: Vec<&'static str>,
    violations: Violations,
}

impl<'g> Members<'g> {
    /// Those of an object.
    ///
    /// # Errors
    /// When it is none.
    pub(super) fn of(given: &'g Value) -> Result<Self, Violations> {
        match given {
            Value::Object(given) => Ok(Self::at(given, String::new())),
            _ => Err(Violations::one("", Rule::Format, "it is not an object")),
        }
    }

    fn at(given: &'g Map<String, Value>, at: String) -> Self {
        Self { given, at, asked: Vec::new(), violations: Violations::new() }
    }

    /// A member as it was given.
    fn raw(&mut self, name: &'static str) -> Option<&'g Value> {
        self.asked.push(name);
        self.given.get(name).filter(|value| !value.is_null())
    }

    /// Complains about a member.
    pub(super) fn complain(&mut self, name: &str, rule: Rule, message: impl Into<String>) {
        self.violations.add(format!("{}/{name}", self.at), rule, message);
    }

    /// Complains about the object as a whole.
    pub(super) fn complain_of_all(&mut self, rule: Rule, message: impl Into<String>) {
        self.violations.add(self.at.clone(), rule, message);
    }

    /// Complains at a place that [`Members::objects`] told.
    pub(super) fn complain_at(&mut self, at: String, rule: Rule, message: impl Into<String>) {
        self.violations.add(at, rule, message);
    }

    /// A number of any length, as a number or as a text of digits, if there is one.
    pub(super) fn digits(&mut self, name: &'static str) -> Option<u64> {
        let value = self.raw(name)?;
        let number = value.as_u64().or_else(|| value.as_str()?.parse().ok());
        if number.is_none() {
            let message = format!("`{}` is not a number", shown(&value.to_string()));
            self.complain(name, Rule::Format, message);
        }
        number
    }

    /// The variables of a plug-in; absent: none are declared.
    pub(super) fn variables(&mut self, name: &'static str) -> Variables {
        match self.raw(name) {
            None => Variables::default(),
            Some(Value::Object(given)) => {
                let (variables, complaints) = Variables::collect(given);
                self.violations.nest(&format!("{}/{name}", self.at), complaints);
                variables
            }
            Some(_) => {
                self.complain(name, Rule::Format, "it is not an object");
                Variables::default()
            }
        }
    }

    /// A condition over variables, if there is one.
    pub(super) fn condition(&mut self, name: &'static str, variables: &mut Variables) -> Option<Condition> {
        self.parsed(name, |text| Condition::parse(text, variables))
    }

    /// What is made of a text, if there is one.
    pub(super) fn parsed<T>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&'g str) -> Result<T, Complaint>,
    ) -> Option<T> {
        let text = self.text(name)?;
        let pointer = format!("{}/{name}", self.at);
        self.violations.at(&pointer, parse(text))
    }

    /// A whole number within bounds, if there is one.
    pub(super) fn number(&mut self, name: &'static str, min: u32, max: u32) -> Option<u32> {
        let value = self.raw(name)?;
        match value.as_i64() {
            None => {
                let message = format!("`{}` is not a whole number", shown(&value.to_string()));
                self.complain(name, Rule::Format, message);
                None
            }
            Some(number) => match u32::try_from(number).ok().filter(|number| (min..=max).contains(number)) {
                Some(number) => Some(number),
                None => {
                    let message = format!("{number} is out of range: {min} to {max} are allowed");
                    self.complain(name, Rule::Range, message);
                    None
                }
            },
        }
    }

    /// A time in milliseconds since 1970, if there is one.
    pub(super) fn time(&mut self, name: &'static str) -> Option<i64> {
        let value = self.raw(name)?;
        if value.as_i64().is_none() {
            self.complain(name, Rule::Format, "it is not a time in milliseconds since 1970");
        }
        value.as_i64()
    }

    /// A text, if there is one.
    pub(super) fn text(&mut self, name: &'static str) -> Option<&'g str> {
        let value = self.raw(name)?;
        if value.as_str().is_none() {
            self.complain(name, Rule::Format, "it is not a string");
        }
        value.as_str()
    }

    /// One of these words, if there is one.
    pub(super) fn word<T: Copy>(&mut self, name: &'static str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(name)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let allowed: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let message = format!("`{}` is none of: {}", shown(text), allowed.join(", "));
            self.complain(name, Rule::Format, message);
        }
        found
    }

    /// Reads a member that is a list of so many texts at most, each on its own; absent: an empty one.
    pub(super) fn entries<T>(
        &mut self,
        name: &'static str,
        at_most: usize,
        read: impl Fn(&str) -> Result<T, Complaint>,
    ) -> Vec<T> {
        let mut all = Vec::new();
        for (index, item) in self.list(name, at_most).iter().enumerate() {
            let pointer = format!("{}/{name}/{index}", self.at);
            let text = item.as_str().ok_or_else(|| Complaint::format("it is not a string"));
            all.extend(self.violations.at(&pointer, text.and_then(&read)));
        }
        all
    }

    /// The items of a member that is a list, so many of them at most; absent, or something else: none.
    fn list(&mut self, name: &'static str, at_most: usize) -> &'g [Value] {
        let Some(value) = self.raw(name) else { return &[] };
        let Value::Array(items) = value else {
            self.complain(name, Rule::Format, "it is not a list");
            return &[];
        };
        if items.len() > at_most {
            let message = format!("{} are too many: {at_most} are allowed", items.len());
            self.complain(name, Rule::Range, message);
        }
        &items[..items.len().min(at_most)]
    }

    /// Yes or no, as a truth value or as a text, if it is said.
    pub(super) fn flag(&mut self, name: &'static str) -> Option<bool> {
        let value = self.raw(name)?;
        let flag = value.as_bool().or_else(|| value.as_str()?.parse().ok());
        if flag.is_none() {
            self.complain(name, Rule::Format, "it is neither true nor false");
        }
        flag
    }

    /// Lets a member be whatever it is.
    pub(super) fn ignore(&mut self, name: &'static str) {
        self.asked.push(name);
    }

    /// Complains when a member is absent.
    pub(super) fn demand(&mut self, name: &str) {
        if self.given.get(name).is_none_or(Value::is_null) {
            self.complain(name, Rule::Required, "it is missing");
        }
    }

    /// Reads a member that is a list of so many objects at most; absent: an empty one.
    pub(super) fn objects<T>(
        &mut self,
        name: &'static str,
        at_most: usize,
        mut read: impl FnMut(&mut Members<'g>) -> Option<T>,
    ) -> Vec<(String, T)> {
        let mut all = Vec::new();
        for (index, item) in self.list(name, at_most).iter().enumerate() {
            let place = format!("{name}/{index}");
            let Value::Object(given) = item else {
                self.complain(&place, Rule::Format, "it is not an object");
                continue;
            };
            let at = format!("{}/{place}", self.at);
            let mut members = Self::at(given, at.clone());
            let read = read(&mut members);
            self.violations.nest("", members.finish());
            all.extend(read.map(|read| (at, read)));
        }
        all
    }

    /// Complains about each of the things that [`Members::objects`] read whose name, which is that member of theirs, another
    /// before it has.
    pub(super) fn distinct<T>(
        &mut self,
        read: Vec<(String, T)>,
        thing: &str,
        member: &str,
        name: impl Fn(&T) -> &str,
    ) -> Vec<T> {
        for (index, (at, one)) in read.iter().enumerate() {
            if read[..index].iter().any(|(_, other)| name(other) == name(one)) {
                let message = format!("the {thing} `{}` is there twice", shown(name(one)));
                self.complain_at(format!("{at}/{member}"), Rule::Duplicate, message);
            }
        }
        read.into_iter().map(|(_, one)| one).collect()
    }

    /// All complaints, those about members that nobody asked for among them.
    pub(super) fn finish(mut self) -> Violations {
        let there = self.given.iter().filter(|(_, value)| !value.is_null()).map(|(name, _)| name);
        let unknown = there.filter(|name| !self.asked.contains(&name.as_str()));
        let unknown: Vec<String> = unknown.take(UNKNOWN_AT_MOST).cloned().collect();
        for name in unknown {
            let escaped = shown(&name).replace('~', "~0").replace('/', "~1");
            self.complain(&escaped, Rule::Unknown, format!("there is no setting `{}`", shown(&name)));
        }
        self.violations
    }
}
