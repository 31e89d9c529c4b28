//! What was given for each setting, and where: later places win.

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;

use super::Complaints;
use super::key::Key;

/// A text and where it was given.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) place: Place,
}

/// Where a setting was given.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// In the settings file.
    File {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// In the environment.
    Environment(&'static str),
    /// On the command line.
    Flag(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, line } => write!(f, "{} line {line}", path.display()),
            Self::Environment(variable) => f.write_str(variable),
            Self::Flag(flag) => f.write_str(flag),
        }
    }
}

/// What was given.
#[derive(Debug, Default)]
pub(super) struct Given(HashMap<&'static str, Text>);

impl Given {
    pub(super) fn set(&mut self, key: Key, text: Text) {
        self.0.insert(key.file_name(), text);
    }

    /// The value of a setting; `default` when it was not given, or is wrong and complained about.
    pub(super) fn value<T>(
        &self,
        key: Key,
        default: T,
        parse: impl FnOnce(&str) -> Result<T, String>,
        complaints: &mut Complaints,
    ) -> T {
        let Some(Text { text, place }) = self.0.get(key.file_name()) else { return default };
        match parse(text) {
            Ok(value) => value,
            Err(reason) => {
                complaints.add(format!("{place}: {reason}"));
                default
            }
        }
    }
}
