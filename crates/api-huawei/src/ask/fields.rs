//! The members of a JSON object. A member that is null is absent: SDKs leave null members out, others send them.

use serde_json::{Map, Value};

use crate::fault::{Code, Complaints, codes};

/// Objects of one list; no list of the interface may hold more than a tenth of it.
pub(crate) const OBJECTS_AT_MOST: usize = 500;

/// The members of an object, and the complaints about them.
pub(crate) struct Fields<'g, 'c> {
    given: &'g Map<String, Value>,
    at: String,
    complaints: &'c mut Complaints,
}

impl<'g, 'c> Fields<'g, 'c> {
    /// Those of the whole body.
    pub(crate) fn of(given: &'g Map<String, Value>, complaints: &'c mut Complaints) -> Self {
        Self { given, at: String::new(), complaints }
    }

    /// A member as it was given.
    pub(crate) fn raw(&self, name: &str) -> Option<&'g Value> {
        self.given.get(name).filter(|value| !value.is_null())
    }

    /// All members as they were given.
    pub(crate) fn given(&self) -> &'g Map<String, Value> {
        self.given
    }

    /// What the interface calls a member.
    fn name(&self, name: &str) -> String {
        format!("{}{name}", self.at)
    }

    pub(crate) fn complain(&mut self, code: Code, name: &str, message: impl Into<String>) {
        let name = self.name(name);
        self.complaints.add(code, name, message);
    }

    /// A text, if there is one.
    pub(crate) fn text(&mut self, name: &str) -> Option<&'g str> {
        let value = self.raw(name)?;
        if value.as_str().is_none() {
            self.complain(codes::INVALID_VALUE, name, "it is not a string");
        }
        value.as_str()
    }

    /// A text of so many characters at most, if there is one.
    pub(crate) fn short_text(&mut self, name: &str, at_most: usize) -> Option<&'g str> {
        let text = self.text(name)?;
        let length = text.chars().count();
        if length > at_most {
            let message = format!("it has {length} characters, but {at_most} are allowed");
            self.complain(codes::INVALID_VALUE, name, message);
        }
        Some(text)
    }

    /// A text that must be there.
    pub(crate) fn required(&mut self, name: &str) -> &'g str {
        self.demand(name);
        self.text(name).unwrap_or_default()
    }

    /// Complains when a member is absent.
    pub(crate) fn demand(&mut self, name: &str) {
        if self.raw(name).is_none() {
            self.complain(codes::MISSING, name, "it is missing");
        }
    }

    /// A whole number, if there is one.
    pub(crate) fn integer(&mut self, name: &str) -> Option<i64> {
        let value = self.raw(name)?;
        if value.as_i64().is_none() {
            self.complain(codes::INVALID_VALUE, name, "it is not a whole number");
        }
        value.as_i64()
    }

    /// Yes or no, if it is said.
    pub(crate) fn flag(&mut self, name: &str) -> Option<bool> {
        let value = self.raw(name)?;
        if value.as_bool().is_none() {
            self.complain(codes::INVALID_VALUE, name, "it is not true or false");
        }
        value.as_bool()
    }

    /// 1 for yes and 2 for no, if it is said.
    pub(crate) fn one_or_two(&mut self, name: &str) -> Option<bool> {
        match self.integer(name)? {
            1 => Some(true),
            2 => Some(false),
            other => {
                self.complain(codes::INVALID_VALUE, name, format!("it is {other}, but 1 and 2 are allowed"));
                None
            }
        }
    }

    /// One of these words, if there is one.
    pub(crate) fn word<T: Copy>(&mut self, name: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(name)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let allowed: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let shown = paifang_model::name::shown(text);
            let message = format!("`{shown}` is none of: {}", allowed.join(", "));
            self.complain(codes::INVALID_VALUE, name, message);
        }
        found
    }

    /// One of these words, which must be there.
    pub(crate) fn required_word<T: Copy>(&mut self, name: &str, words: &[(&str, T)], otherwise: T) -> T {
        self.demand(name);
        self.word(name, words).unwrap_or(otherwise)
    }

    /// One of these words, which must be there; of some of them the gateway knows, and does not offer them yet.
    pub(crate) fn offered<T: Copy>(&mut self, name: &str, words: &[(&str, Option<T>)]) -> Option<T> {
        self.demand(name);
        let found = self.word(name, words)?;
        if found.is_none() {
            let word = self.raw(name).and_then(Value::as_str).unwrap_or_default();
            self.complain(codes::NOT_OFFERED, name, format!("`{word}` is not offered yet"));
        }
        found
    }

    /// Complains about a member that says anything, when what it asks for is not offered.
    pub(crate) fn refuse(&mut self, name: &str, why: &str) {
        let says_nothing = match self.raw(name) {
            None | Some(Value::Bool(false)) => true,
            Some(Value::String(text)) => text.is_empty(),
            Some(Value::Array(items)) => items.is_empty(),
            Some(Value::Object(members)) => members.is_empty(),
            Some(Value::Bool(true) | Value::Number(_) | Value::Null) => false,
        };
        if !says_nothing {
            self.complain(codes::NOT_OFFERED, name, why);
        }
    }

    /// Complains about a member that is there; it was expected to be an object and is none.
    pub(crate) fn refuse_other(&mut self, name: &str) {
        if self.raw(name).is_some() {
            self.complain(codes::INVALID_VALUE, name, "it is not an object");
        }
    }

    /// Complains about a member that is no list.
    pub(crate) fn list(&mut self, name: &str) {
        if self.raw(name).is_some_and(|value| !value.is_array()) {
            self.complain(codes::INVALID_VALUE, name, "it is not a list");
        }
    }

    /// A list of texts; absent: an empty one.
    pub(crate) fn texts(&mut self, name: &str) -> Vec<String> {
        let Some(value) = self.raw(name) else { return Vec::new() };
        let texts: Option<Vec<String>> = value
            .as_array()
            .and_then(|items| items.iter().map(|item| item.as_str().map(str::to_owned)).collect());
        if texts.is_none() {
            self.complain(codes::INVALID_VALUE, name, "it is not a list of strings");
        }
        texts.unwrap_or_default()
    }

    /// Reads a member that is an object, if there is one.
    pub(crate) fn object<T>(&mut self, name: &str, read: impl FnOnce(&mut Fields<'g, '_>) -> T) -> Option<T> {
        let value = self.raw(name)?;
        let Value::Object(given) = value else {
            self.complain(codes::INVALID_VALUE, name, "it is not an object");
            return None;
        };
        let at = format!("{}.", self.name(name));
        Some(read(&mut Fields { given, at, complaints: &mut *self.complaints }))
    }

    /// Reads a member that is a list of objects; absent: an empty one.
    pub(crate) fn objects<T>(
        &mut self,
        name: &str,
        mut read: impl FnMut(&mut Fields<'g, '_>) -> T,
    ) -> Vec<T> {
        let Some(value) = self.raw(name) else { return Vec::new() };
        let Value::Array(items) = value else {
            self.complain(codes::INVALID_VALUE, name, "it is not a list");
            return Vec::new();
        };
        if items.len() > OBJECTS_AT_MOST {
            let message = format!("{} are too many: {OBJECTS_AT_MOST} are read", items.len());
            self.complain(codes::INVALID_VALUE, name, message);
        }
        let mut all = Vec::with_capacity(items.len().min(OBJECTS_AT_MOST));
        for (index, item) in items.iter().take(OBJECTS_AT_MOST).enumerate() {
            let at = self.name(&format!("{name}[{index}]"));
            match item {
                Value::Object(given) => {
                    all.push(read(&mut Fields {
                        given,
                        at: format!("{at}."),
                        complaints: &mut *self.complaints,
                    }));
                }
                _ => self.complaints.add(codes::INVALID_VALUE, at, "it is not an object"),
            }
        }
        all
    }
}
