//! One document of a file: what kind of object it is about, its fields, and where each of them stands.

use std::collections::BTreeSet;
use std::sync::Arc;

use paifang_model::{Kind, Violation};
use serde_json::{Map, Value};

use super::node::Places;
use super::parse::Parsed;
use super::secret::{self, Sources};
use crate::apply::place::{Complaints, Place};

/// The kinds that documents may be about.
const KINDS: [Kind; 18] = [
    Kind::Group,
    Kind::Stage,
    Kind::Variable,
    Kind::BackendInstance,
    Kind::BackendAccess,
    Kind::Channel,
    Kind::BackendService,
    Kind::Api,
    Kind::AppQuota,
    Kind::App,
    Kind::Grant,
    Kind::Certificate,
    Kind::Domain,
    Kind::Policy,
    Kind::Binding,
    Kind::GroupBinding,
    Kind::AccessList,
    Kind::BlackList,
];

/// One document.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) kind: Kind,
    /// Its members but `kind`, with secrets in place of references to them.
    pub(crate) fields: Map<String, Value>,
    file: Arc<str>,
    places: Places,
    /// Pointers to texts that hold secrets.
    hidden: BTreeSet<String>,
    secrets: Vec<String>,
}

impl Document {
    /// Reads what was parsed; none when something is wrong with it.
    pub(super) fn read(
        parsed: Parsed,
        file: &Arc<str>,
        sources: &Sources<'_>,
        complaints: &mut Complaints,
    ) -> Option<Self> {
        let Parsed { value, places } = parsed;
        let (file, hidden, secrets) = (Arc::clone(file), BTreeSet::new(), Vec::new());
        let mut document = Self { kind: Kind::Group, fields: Map::new(), file, places, hidden, secrets };
        let Value::Object(mut fields) = value else {
            document.complain("", "a document is a map, with `kind` and the object's fields", complaints);
            return None;
        };
        let mut sound = true;
        match kind(fields.shift_remove("kind").as_ref()) {
            Ok(kind) => document.kind = kind,
            Err(message) => {
                document.complain("/kind", message, complaints);
                sound = false;
            }
        }
        let mut value = Value::Object(fields);
        sound &= document.resolve("", &mut value, sources, complaints);
        if let Value::Object(fields) = value {
            document.fields = fields;
        }
        sound.then_some(document)
    }

    /// Puts secrets in place of references, and says whether all were there.
    fn resolve(
        &mut self,
        pointer: &str,
        value: &mut Value,
        sources: &Sources<'_>,
        complaints: &mut Complaints,
    ) -> bool {
        match value {
            Value::String(text) => match secret::resolve(text, sources) {
                Ok(resolved) => {
                    if !resolved.secrets.is_empty() {
                        self.hidden.insert(pointer.to_owned());
                        self.secrets.extend(resolved.secrets);
                    }
                    *text = resolved.text;
                    true
                }
                Err(message) => {
                    self.complain(pointer, message, complaints);
                    false
                }
            },
            Value::Array(items) => items.iter_mut().enumerate().fold(true, |sound, (index, item)| {
                self.resolve(&format!("{pointer}/{index}"), item, sources, complaints) & sound
            }),
            Value::Object(members) => members.iter_mut().fold(true, |sound, (name, member)| {
                let name = name.replace('~', "~0").replace('/', "~1");
                self.resolve(&format!("{pointer}/{name}"), member, sources, complaints) & sound
            }),
            _ => true,
        }
    }

    /// Where a field stands, or what it would stand in.
    pub(crate) fn place(&self, pointer: &str) -> Place {
        let mut pointer = pointer;
        loop {
            if let Some((line, column)) = self.places.get(pointer) {
                return Place { file: Arc::clone(&self.file), line: *line, column: *column };
            }
            let Some(shorter) = pointer.rfind('/') else {
                return Place { file: Arc::clone(&self.file), line: 1, column: 1 };
            };
            pointer = &pointer[..shorter];
        }
    }

    /// Notes a complaint about a field.
    pub(crate) fn complain(&self, pointer: &str, message: impl AsRef<str>, complaints: &mut Complaints) {
        complaints.add(self.place(pointer), pointer, self.without_secrets(message.as_ref()));
    }

    /// Notes a complaint of the model's. What it says about a secret would quote it.
    pub(crate) fn note(&self, violation: &Violation, complaints: &mut Complaints) {
        let Violation { pointer, rule, message } = violation;
        if self.hidden.contains(pointer) {
            let message = format!("the secret that stands here breaks a rule ({rule:?})");
            self.complain(pointer, message, complaints);
        } else {
            self.complain(pointer, message, complaints);
        }
    }

    /// Whether what a pointer leads to is, holds or belongs to a secret.
    pub(crate) fn is_hidden(&self, pointer: &str) -> bool {
        self.hidden.iter().any(|hidden| within(hidden, pointer) || within(pointer, hidden))
    }

    /// A text in which no secret of this document can be read.
    pub(crate) fn without_secrets(&self, text: &str) -> String {
        self.secrets.iter().fold(text.to_owned(), |text, secret| {
            let quoted = format!("{secret:?}");
            text.replace(quoted.trim_matches('"'), "…").replace(secret.as_str(), "…")
        })
    }
}

fn within(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn kind(given: Option<&Value>) -> Result<Kind, String> {
    let known = || KINDS.map(|kind| format!("`{kind}`")).join(", ");
    match given {
        Some(Value::String(name)) => {
            let found = KINDS.into_iter().find(|kind| kind.name() == name);
            found.ok_or_else(|| {
                format!(
                    "no document is about `{}`: it is one of {}",
                    paifang_model::name::shown(name),
                    known()
                )
            })
        }
        _ => Err(format!("say what the document is about: one of {}", known())),
    }
}

#[cfg(test)]
impl Document {
    /// A document that says nothing, for what only carries one along.
    pub(crate) fn nothing() -> Self {
        Self {
            kind: Kind::Group,
            fields: Map::new(),
            file: "nothing.yaml".into(),
            places: Places::new(),
            hidden: BTreeSet::new(),
            secrets: Vec::new(),
        }
    }
}
