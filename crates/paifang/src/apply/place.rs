//! Where in which file something stands, and what is wrong there.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// A place in a file; lines and columns begin at 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) file: Arc<str>,
    pub(crate) line: u64,
    pub(crate) column: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.file),
            line => write!(f, "{}:{line}:{}", self.file, self.column),
        }
    }
}

/// Everything that is wrong with some files, in the order of places, each thing once.
#[derive(Debug, Default)]
pub(crate) struct Complaints(BTreeSet<(Place, String, String)>);

impl Complaints {
    /// Adds one about the field that a JSON pointer leads to; an empty one means the whole document.
    pub(crate) fn add(&mut self, place: Place, pointer: &str, message: impl Into<String>) {
        self.0.insert((place, pointer.to_owned(), message.into()));
    }

    /// The value when nothing is wrong.
    pub(crate) fn or<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Place, &str, &str)> {
        self.0.iter().map(|(place, pointer, message)| (place, pointer.as_str(), message.as_str()))
    }
}

impl fmt::Display for Complaints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            1 => f.write_str("there is a complaint about the files; nothing was changed")?,
            many => write!(f, "there are {many} complaints about the files; nothing was changed")?,
        }
        for (place, pointer, message) in self.iter() {
            let field = if pointer.is_empty() { String::new() } else { format!("{pointer}: ") };
            write!(f, "\n{place}: {field}{message}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Complaints {}
