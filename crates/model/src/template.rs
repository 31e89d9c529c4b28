//! Texts with places for variables, `#Name#`. Nothing need stand between two places: `#ip##port#`.

use crate::name::{Characters, NameRule, shown};
use crate::path::PATTERN_AT_MOST;
use crate::violation::Complaint;

/// What encloses the name of a variable.
const MARK: char = '#';

/// The longest text with places, in characters: as long as the longest field that has some.
pub const TEMPLATE_AT_MOST: usize = PATTERN_AT_MOST;

/// What both dialects call a variable; each says how long a name may be.
const NAME: NameRule = NameRule {
    min: 1,
    max: TEMPLATE_AT_MOST,
    first: Characters::LETTERS,
    rest: Characters::ALPHANUMERIC.or("_-"),
};

/// A text with places for variables, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template<'t>(Vec<Piece<'t>>);

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// It stays as it is; never empty.
    Text(&'t str),
    /// The value of the variable with this name stands here.
    Variable(&'t str),
}

impl<'t> Template<'t> {
    /// Reads a text of at most [`TEMPLATE_AT_MOST`] characters.
    ///
    /// # Errors
    /// A sentence, when a `#` begins no place, or what stands in one is no name.
    pub fn parse(text: &'t str) -> Result<Self, Complaint> {
        if text.chars().count() > TEMPLATE_AT_MOST {
            let message = format!("a text with variables has at most {TEMPLATE_AT_MOST} characters");
            return Err(Complaint::range(message));
        }
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, from)) = rest.split_once(MARK) {
            let Some((name, after)) = from.split_once(MARK) else {
                let message = format!(
                    "`{}` begins a variable that does not end: write `#name#`",
                    shown(&rest[before.len()..])
                );
                return Err(Complaint::format(message));
            };
            NAME.check(name)?;
            pieces.extend((!before.is_empty()).then_some(Piece::Text(before)));
            pieces.push(Piece::Variable(name));
            rest = after;
        }
        pieces.extend((!rest.is_empty()).then_some(Piece::Text(rest)));
        Ok(Self(pieces))
    }

    /// The pieces, in order.
    #[must_use]
    pub fn pieces(&self) -> &[Piece<'t>] {
        &self.0
    }

    /// The names of its variables, in order, as often as they stand there.
    pub fn variables(&self) -> impl Iterator<Item = &'t str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Variable(name) => Some(*name),
            Piece::Text(_) => None,
        })
    }

    /// The text with values in their places; a variable without one leaves its place empty.
    pub fn fill<'v>(&self, value: impl Fn(&str) -> Option<&'v str>) -> String {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => *text,
            Piece::Variable(name) => value(name).unwrap_or_default(),
        });
        pieces.collect()
    }
}

/// Whether a text has places, or something that wants to be one.
#[must_use]
pub fn has_places(text: &str) -> bool {
    text.contains(MARK)
}
