//! Rules for names, as tables: how long, which first character, which others.

use crate::violation::Complaint;

/// A set of characters.
#[derive(Debug, Clone, Copy)]
pub struct Characters {
    /// ASCII letters.
    pub letters: bool,
    /// ASCII digits.
    pub digits: bool,
    /// Chinese characters (the CJK Unified Ideographs block and its extension A).
    pub chinese: bool,
    /// Further characters, one by one.
    pub others: &'static str,
}

impl Characters {
    /// ASCII letters alone.
    pub const LETTERS: Self = Self { letters: true, digits: false, chinese: false, others: "" };
    /// ASCII letters and digits.
    pub const ALPHANUMERIC: Self = Self { digits: true, ..Self::LETTERS };

    /// The same set with Chinese characters.
    #[must_use]
    pub const fn or_chinese(self) -> Self {
        Self { chinese: true, ..self }
    }

    /// The same set with these characters.
    #[must_use]
    pub const fn or(self, others: &'static str) -> Self {
        Self { others, ..self }
    }

    pub(crate) fn contains(self, character: char) -> bool {
        (self.letters && character.is_ascii_alphabetic())
            || (self.digits && character.is_ascii_digit())
            || (self.chinese && matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'))
            || self.others.contains(character)
    }
}

impl std::fmt::Display for Characters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let named =
            [(self.letters, "letters"), (self.digits, "digits"), (self.chinese, "Chinese characters")];
        let mut parts: Vec<String> =
            named.iter().filter(|(there, _)| *there).map(|(_, name)| (*name).to_owned()).collect();
        if !self.others.is_empty() {
            parts.push(format!("`{}`", self.others));
        }
        f.write_str(&parts.join(", "))
    }
}

/// What makes a name valid.
#[derive(Debug, Clone, Copy)]
pub struct NameRule {
    /// The fewest characters.
    pub min: usize,
    /// The most characters.
    pub max: usize,
    /// What the first character may be.
    pub first: Characters,
    /// What the others may be.
    pub rest: Characters,
}

impl NameRule {
    /// Checks a name.
    ///
    /// # Errors
    /// A sentence with the rule and the value.
    pub fn check(&self, name: &str) -> Result<(), Complaint> {
        check_length(name, self.min, self.max)?;
        let mut characters = name.chars();
        match characters.next() {
            Some(first) if !self.first.contains(first) => {
                return Err(Complaint::format(format!(
                    "`{}` must start with one of: {}",
                    shown(name),
                    self.first
                )));
            }
            _ => {}
        }
        match characters.find(|character| !self.rest.contains(*character)) {
            Some(wrong) => Err(Complaint::format(format!(
                "`{}` contains {wrong:?}, but only these are allowed: {}",
                shown(name),
                self.rest
            ))),
            None => Ok(()),
        }
    }
}

/// Checks the number of characters of a text.
///
/// # Errors
/// A sentence with the bounds and the length.
pub fn check_length(text: &str, min: usize, max: usize) -> Result<(), Complaint> {
    let length = text.chars().count();
    if (min..=max).contains(&length) {
        return Ok(());
    }
    Err(Complaint::range(format!(
        "`{}` has {length} characters, but {min} to {max} are allowed",
        shown(text)
    )))
}

/// A value as it may appear in a message: at most 64 characters of it, on one line.
#[must_use]
pub fn shown(value: &str) -> String {
    let mut short: String = value
        .chars()
        .take(64)
        .map(|character| if character.is_control() { '#' } else { character })
        .collect();
    if value.chars().nth(64).is_some() {
        short.push('…');
    }
    short
}
