//! The settings file: TOML, one setting per line. A name that no setting has is refused with its line.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::Complaints;
use super::given::{Given, Place, Text};
use super::key::Key;

/// The settings file that is read when none is named.
const DEFAULT: &str = "paifang.toml";

/// A settings file as it was found.
pub(super) struct SettingsFile {
    path: PathBuf,
    text: String,
}

impl SettingsFile {
    /// The file named, or the one by default if there is one.
    pub(super) fn find(named: Option<&Path>, complaints: &mut Complaints) -> Option<Self> {
        let path = named.unwrap_or(Path::new(DEFAULT));
        match std::fs::read_to_string(path) {
            Ok(text) => Some(Self { path: path.to_owned(), text }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && named.is_none() => None,
            Err(error) => {
                complaints.add(format!("the settings file `{}` cannot be read: {error}", path.display()));
                None
            }
        }
    }

    /// Takes over what it says.
    pub(super) fn read(&self, given: &mut Given, complaints: &mut Complaints) {
        let (table, errors) = DeTable::parse_recoverable(&self.text);
        let mut broken = Vec::new();
        for error in errors {
            let line = self.line(&error.span().unwrap_or(0..0));
            broken.push(line);
            complaints.add(format!("{}: {}", self.place(line), error.message()));
        }
        let mut entries: Vec<_> = table.get_ref().iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        for (name, value) in entries {
            let line = self.line(&name.span());
            if broken.contains(&line) {
                continue;
            }
            let place = self.place(line);
            let Some(key) = Key::ALL.iter().find(|key| key.file_name() == name.get_ref()) else {
                complaints.add(format!("{place}: there is no setting `{}`", name.get_ref()));
                continue;
            };
            match text(value.get_ref()) {
                Some(text) => given.set(*key, Text { text, place }),
                None => complaints.add(format!(
                    "{place}: `{}` is a text, a number or true or false, not {}",
                    key.file_name(),
                    value.get_ref().type_str()
                )),
            }
        }
    }

    fn place(&self, line: usize) -> Place {
        Place::File { path: self.path.clone(), line }
    }

    fn line(&self, span: &Range<usize>) -> usize {
        let before = &self.text.as_bytes()[..span.start.min(self.text.len())];
        1 + before.iter().filter(|byte| **byte == b'\n').count()
    }
}

fn text(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Boolean(yes) => Some(yes.to_string()),
        _ => None,
    }
}
