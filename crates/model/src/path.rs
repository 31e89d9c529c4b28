//! Path patterns: literal segments, `[name]` or `{name}` for one segment, `{name+}` or a trailing `/*` for the rest.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::name::shown;
use crate::violation::Complaint;

/// The longest pattern, in characters.
pub const PATTERN_AT_MOST: usize = 512;

const BRACKETS: [char; 4] = ['[', ']', '{', '}'];

/// One segment of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Segment {
    /// This text exactly; empty between two slashes and after a trailing one.
    Literal(String),
    /// Any one segment that is not empty, kept under this name.
    Parameter(String),
    /// One or more segments up to the end, kept under this name.
    Rest(String),
    /// Whatever follows, kept under no name.
    Wildcard,
}

/// A path with places for parameters. It remembers the text it was given.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PathPattern {
    text: String,
    segments: Vec<Segment>,
}

impl PathPattern {
    /// The segments.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The text as given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The names of its parameters, in order.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Parameter(name) | Segment::Rest(name) => Some(name.as_str()),
            Segment::Literal(_) | Segment::Wildcard => None,
        })
    }

    /// The same pattern with its parameters in these brackets.
    #[must_use]
    pub fn in_brackets(&self, (open, close): (char, char)) -> Self {
        let text = self.render(|name, more| format!("{open}{name}{more}{close}"));
        Self { text, segments: self.segments.clone() }
    }

    /// The pattern with all names taken out: two patterns of one shape match the same paths.
    #[must_use]
    pub fn shape(&self) -> String {
        self.render(|_, more| format!("{{{more}}}"))
    }

    /// The pattern with its parameters replaced by `write(name, "+" or "")`.
    fn render(&self, write: impl Fn(&str, &str) -> String) -> String {
        let mut text = String::with_capacity(self.text.len());
        for segment in &self.segments {
            text.push('/');
            match segment {
                Segment::Literal(literal) => text.push_str(literal),
                Segment::Parameter(name) => text.push_str(&write(name, "")),
                Segment::Rest(name) => text.push_str(&write(name, "+")),
                Segment::Wildcard => text.push('*'),
            }
        }
        text
    }
}

impl FromStr for PathPattern {
    type Err = Complaint;

    fn from_str(text: &str) -> Result<Self, Complaint> {
        if text.chars().count() > PATTERN_AT_MOST {
            return Err(Complaint::range(format!("a path has at most {PATTERN_AT_MOST} characters")));
        }
        let Some(rest) = text.strip_prefix('/') else {
            return Err(Complaint::format(format!("the path `{}` must start with `/`", shown(text))));
        };
        let pieces: Vec<&str> = rest.split('/').collect();
        let mut segments = Vec::with_capacity(pieces.len());
        for (index, piece) in pieces.iter().enumerate() {
            let last = index + 1 == pieces.len();
            segments.push(segment(piece, last)?);
        }
        let pattern = Self { text: text.to_owned(), segments };
        pattern.refuse_repeated_names()?;
        Ok(pattern)
    }
}

impl PathPattern {
    fn refuse_repeated_names(&self) -> Result<(), Complaint> {
        let mut names: Vec<&str> = self.parameters().collect();
        names.sort_unstable();
        match names.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(Complaint::format(format!("the path names the parameter `{}` twice", pair[0]))),
            None => Ok(()),
        }
    }
}

fn segment(piece: &str, last: bool) -> Result<Segment, Complaint> {
    if piece == "*" && last {
        return Ok(Segment::Wildcard);
    }
    if let Some(name) = bracketed(piece).filter(|name| !name.contains(BRACKETS)) {
        return parameter(piece, name, last);
    }
    if piece.contains(BRACKETS) {
        return Err(Complaint::format(format!(
            "in the path segment `{}` a parameter must be the whole segment",
            shown(piece)
        )));
    }
    literal(piece)
}

fn bracketed(piece: &str) -> Option<&str> {
    let in_square = piece.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    in_square.or_else(|| piece.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')))
}

fn parameter(piece: &str, name: &str, last: bool) -> Result<Segment, Complaint> {
    let (name, rest) = match name.strip_suffix('+') {
        Some(name) => (name, true),
        None => (name, false),
    };
    let well_formed = !name.is_empty()
        && name.chars().all(|character| character.is_ascii_alphanumeric() || "_.-".contains(character));
    if !well_formed {
        return Err(Complaint::format(format!("`{}` is not a parameter name in brackets", shown(piece))));
    }
    match (rest, last) {
        (true, false) => Err(Complaint::format(format!(
            "`{}` takes the rest of the path and must come last",
            shown(piece)
        ))),
        (true, true) => Ok(Segment::Rest(name.to_owned())),
        (false, _) => Ok(Segment::Parameter(name.to_owned())),
    }
}

fn literal(piece: &str) -> Result<Segment, Complaint> {
    let wrong = |why: &str| Complaint::format(format!("the path segment `{}` {why}", shown(piece)));
    if piece == "." || piece == ".." {
        return Err(wrong("is a dot segment"));
    }
    if piece.chars().any(|character| character.is_control() || " ?#\\%".contains(character)) {
        return Err(wrong("contains a space, a control character or one of `?#\\%`: write it decoded"));
    }
    Ok(Segment::Literal(piece.to_owned()))
}

impl fmt::Display for PathPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for PathPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl Serialize for PathPattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for PathPattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
