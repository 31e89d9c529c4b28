//! What is about to be committed: writes, what must hold, and where the caller gave what may be refused.

use std::borrow::Cow;

use paifang_model::{Id, Key, Kind, Record};
use paifang_store::{Expectation, KeyChange, Stored, TaskWrite, Write};
use serde_json::Value;

use crate::quota::Cap;

/// A change in the making.
#[derive(Debug, Default)]
pub(crate) struct Change {
    pub(crate) writes: Vec<Write>,
    pub(crate) expectations: Vec<Expectation>,
    pub(crate) keys: Option<KeyChange>,
    pub(crate) made: Vec<Key>,
    pub(crate) detail: Option<Value>,
    pub(crate) places: Places,
    pub(crate) tasks: Vec<TaskWrite>,
}

impl Change {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Makes a document that must not be there yet.
    pub(crate) fn create<R: Record>(self, record: &R) -> Self {
        let key = Key { kind: R::KIND, id: record.id() };
        self.expect(Expectation::Absent(key)).put(record).made(key)
    }

    /// That this was not there before: a manifest, if one was named, remembers it as its own.
    pub(crate) fn made(mut self, key: Key) -> Self {
        // Versions come and go with what is published.
        if key.kind != Kind::Version {
            self.made.push(key);
        }
        self
    }

    /// Replaces a document as it was read, or as the caller read it.
    pub(crate) fn replace<R: Record>(self, old: &Stored<R>, expected: Option<u64>, new: &R) -> Self {
        let key = Key { kind: R::KIND, id: new.id() };
        self.expect(Expectation::Revision(key, expected.unwrap_or(old.revision))).put(new)
    }

    /// Makes or replaces a document, whatever is there.
    pub(crate) fn put<R: Record>(mut self, record: &R) -> Self {
        self.writes.push(Write::put(record));
        self
    }

    /// Deletes a document that must be there.
    pub(crate) fn delete(self, key: Key, expected: Option<u64>) -> Self {
        let expectation = match expected {
            Some(revision) => Expectation::Revision(key, revision),
            None => Expectation::Present(key),
        };
        self.expect(expectation).drop(key)
    }

    /// Deletes a document if it is there.
    pub(crate) fn drop(mut self, key: Key) -> Self {
        self.writes.push(Write::delete(key));
        self
    }

    /// Says something about a task.
    pub(crate) fn task(mut self, write: TaskWrite) -> Self {
        self.tasks.push(write);
        self
    }

    /// What must hold.
    pub(crate) fn expect(mut self, expectation: impl Into<Option<Expectation>>) -> Self {
        self.expectations.extend(expectation.into());
        self
    }

    /// How many there may be afterwards.
    pub(crate) fn cap(mut self, caps: impl IntoIterator<Item = Cap>) -> Self {
        for Cap { expectation, at_most } in caps {
            if let Expectation::AtMost { scope, .. } = expectation {
                self.places.1.push((scope, at_most));
            }
            self = self.expect(expectation);
        }
        self
    }

    /// How the keys change.
    pub(crate) fn keys(mut self, change: KeyChange) -> Self {
        self.keys = Some(change);
        self
    }

    /// What the audit line says beside action and resource; no secrets.
    pub(crate) fn detail(mut self, detail: Value) -> Self {
        self.detail = Some(detail);
        self
    }

    /// Where the caller gave the value of a field, the target of an edge, or the name of a kind.
    pub(crate) fn given(
        mut self,
        name: &'static str,
        pointer: impl Into<Cow<'static, str>>,
        value: &str,
    ) -> Self {
        self.places.0.push((name, Place::Field { pointer: pointer.into(), value: value.to_owned() }));
        self
    }

    /// That the value of a field, or the id of a kind, was drawn at random or counted up.
    pub(crate) fn drawn(mut self, name: &'static str) -> Self {
        self.places.0.push((name, Place::Drawn));
        self
    }
}

/// Where a value came from.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// The caller gave it here.
    Field {
        /// A JSON pointer into what was sent.
        pointer: Cow<'static, str>,
        /// The value, as it may be shown.
        value: String,
    },
    /// We made it up; a collision calls for another try.
    Drawn,
}

/// Where values came from, by the store's names for them, and the quotas as the caller knows them, by what is counted
/// within.
#[derive(Debug, Default)]
pub(crate) struct Places(Vec<(&'static str, Place)>, Vec<(Option<Id>, u64)>);

impl Places {
    pub(crate) fn of(&self, name: &str) -> Option<&Place> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, place)| place)
    }

    /// Where the caller named the target of an edge; an edge may lead to several.
    pub(crate) fn of_target(&self, edge: &str, target: Id) -> Option<&Place> {
        let target = target.to_string();
        let is_named = |place: &Place| matches!(place, Place::Field { value, .. } if *value == target);
        let named = self.0.iter().find(|(known, place)| *known == edge && is_named(place));
        named.map(|(_, place)| place).or_else(|| self.of(edge))
    }

    pub(crate) fn at_most(&self, within: Option<Id>) -> Option<u64> {
        self.1.iter().find(|(scope, _)| *scope == within).map(|(_, at_most)| *at_most)
    }

    /// Pointer and value; the whole input where nothing is known.
    pub(crate) fn shown(&self, name: &str) -> (&str, String) {
        match self.of(name) {
            Some(Place::Field { pointer, value }) => (pointer, value.clone()),
            _ => ("", String::new()),
        }
    }
}

/// A change that was made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Done {
    /// The revision that it made.
    pub(crate) revision: u64,
    /// When: milliseconds since 1970.
    pub(crate) at: i64,
}

impl Done {
    /// A document that is new.
    pub(crate) fn made<R>(self, value: R) -> Stored<R> {
        Stored { value, revision: self.revision, created_at: self.at, updated_at: self.at }
    }

    /// A document that replaces one made at some time.
    pub(crate) fn changed<R>(self, created_at: i64, value: R) -> Stored<R> {
        Stored { created_at, ..self.made(value) }
    }
}
