//! The backend's path: a template whose literals are encoded at release.

use super::source::{Given, Source};
use crate::parameters::encode::{self, PATH, PATH_SEGMENT};
use crate::parameters::error::{ParameterError, quoted};

/// The backend's path.
#[derive(Debug)]
pub(in crate::parameters) struct Template {
    pub(in crate::parameters) pieces: Box<[Piece]>,
    pub(in crate::parameters) suffix: Suffix,
    /// Whether it ends with `/*`, whose place the suffix takes.
    pub(in crate::parameters) has_place: bool,
}

/// A piece of a path.
#[derive(Debug)]
pub(in crate::parameters) enum Piece {
    /// Encoded text, with its slashes.
    Text(Box<str>),
    /// One segment.
    Segment(Source),
    /// The rest, with its slashes.
    Rest(Source),
}

/// What of the request's path follows the match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::parameters) enum Suffix {
    /// Nothing ever does.
    None,
    /// What follows a slash that belongs to the API's path.
    Relative,
    /// What begins with a slash, or nothing.
    Slashed,
}

impl Template {
    pub(super) fn write(&self, out: &mut String, given: &Given<'_>) -> Result<(), ParameterError> {
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Segment(source) => {
                    let text = path_value(source, given)?;
                    encode::push(out, &text, PATH_SEGMENT);
                }
                Piece::Rest(source) => {
                    let text = path_value(source, given)?;
                    encode::push(out, &text, PATH);
                }
            }
        }
        self.write_suffix(out, given.input.suffix);
        Ok(())
    }

    /// Between template and suffix stands exactly one slash.
    fn write_suffix(&self, out: &mut String, suffix: &str) {
        if self.suffix == Suffix::None || (suffix.is_empty() && !self.has_place) {
            return;
        }
        let relative = match self.suffix {
            Suffix::Slashed => suffix.strip_prefix('/').unwrap_or(suffix),
            Suffix::Relative | Suffix::None => suffix,
        };
        if !out.ends_with('/') {
            out.push('/');
        }
        encode::push(out, relative, PATH);
    }
}

/// The first text of a source. A path has no place for a value that is not there, and none for one that would climb out of it: some
/// backends decode `%2F` and `%5C` before they resolve dots.
fn path_value(source: &Source, given: &Given<'_>) -> Result<String, ParameterError> {
    let drawn = source.draw(given);
    let text = drawn.texts().next();
    let declared = source.declared(given);
    match (text, declared) {
        (None, Some(declared)) => Err(ParameterError::missing(&declared.name)),
        (None, None) => Ok(String::new()),
        (Some(text), declared) if text.split(['/', '\\']).any(|piece| matches!(piece, "." | "..")) => {
            let name = declared.map_or("path", |declared| &*declared.name);
            let reason = format!(
                "`{}` holds a dot segment, which the backend's path may not",
                quoted(text.as_bytes())
            );
            Err(ParameterError::invalid(name, reason))
        }
        (Some(text), _) => Ok(text.to_owned()),
    }
}
