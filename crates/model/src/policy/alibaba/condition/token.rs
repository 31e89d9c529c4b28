//! A condition's words.

use crate::name::shown;
use crate::policy::alibaba::variable::{continues_name, starts_name};
use crate::violation::Complaint;

/// A word of a condition, and where it begins, in characters from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) at: usize,
    pub(super) kind: TokenKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// `$name` or `${name}`.
    Variable(String),
    /// A quoted text.
    Text(String),
    /// What looks like a number.
    Number(String),
    /// A keyword, in lower case.
    Word(String),
    /// An operator or a bracket.
    Sign(&'static str),
}

/// Longer ones first.
const SIGNS: &[&str] = &["==", "!=", "<>", "<=", ">=", "=", "<", ">", "!", "(", ")"];

/// Cuts a text into words.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Complaint> {
    let characters: Vec<char> = text.chars().collect();
    let mut all = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        if characters[at].is_whitespace() {
            at += 1;
            continue;
        }
        let (kind, length) = token(&characters[at..]).map_err(|why| wrong(at, &why))?;
        all.push(Token { at, kind });
        at += length;
    }
    Ok(all)
}

pub(super) fn wrong(at: usize, why: &str) -> Complaint {
    Complaint::format(format!("the condition cannot be read at character {}: {why}", at + 1))
}

/// The first word, and how many characters it takes.
fn token(rest: &[char]) -> Result<(TokenKind, usize), String> {
    match rest[0] {
        '$' => variable(rest),
        quote @ ('\'' | '"') => quoted(rest, quote),
        first if first.is_ascii_digit() || (matches!(first, '-' | '+' | '.') && digit_follows(rest)) => {
            let length = 1 + count(&rest[1..], |character| {
                character.is_ascii_alphanumeric() || matches!(character, '.')
            });
            Ok((TokenKind::Number(rest[..length].iter().collect()), length))
        }
        first if starts_name(first) => {
            let length = count(rest, continues_name);
            let word: String = rest[..length].iter().collect();
            Ok((TokenKind::Word(word.to_ascii_lowercase()), length))
        }
        other => {
            let begins = |sign: &&&str| sign.chars().eq(rest.iter().copied().take(sign.len()));
            let sign = SIGNS.iter().find(begins);
            sign.map(|sign| (TokenKind::Sign(sign), sign.len()))
                .ok_or_else(|| format!("`{}` is not part of the language", shown(&other.to_string())))
        }
    }
}

fn digit_follows(rest: &[char]) -> bool {
    rest.get(1).is_some_and(|next| next.is_ascii_digit() || *next == '.')
}

fn variable(rest: &[char]) -> Result<(TokenKind, usize), String> {
    let braced = rest.get(1) == Some(&'{');
    let start = if braced { 2 } else { 1 };
    let length = count(&rest[start..], continues_name);
    let name: String = rest[start..start + length].iter().collect();
    if !name.starts_with(starts_name) {
        return Err("a variable's name follows `$`, as in `$name` or `${name}`".to_owned());
    }
    let end = start + length;
    match (braced, rest.get(end)) {
        (false, _) => Ok((TokenKind::Variable(name), end)),
        (true, Some('}')) => Ok((TokenKind::Variable(name), end + 1)),
        (true, _) => Err(format!("`${{{name}` has no `}}`")),
    }
}

/// A quote inside is written twice, or with a backslash before it.
fn quoted(rest: &[char], quote: char) -> Result<(TokenKind, usize), String> {
    let mut text = String::new();
    let mut at = 1;
    loop {
        match (rest.get(at), rest.get(at + 1)) {
            (None, _) => return Err("the text has no end".to_owned()),
            (Some('\\'), Some(next)) if *next == quote || *next == '\\' => {
                text.push(*next);
                at += 2;
            }
            (Some(now), next) if *now == quote && next == Some(&quote) => {
                text.push(quote);
                at += 2;
            }
            (Some(now), _) if *now == quote => return Ok((TokenKind::Text(text), at + 1)),
            (Some(now), _) => {
                text.push(*now);
                at += 1;
            }
        }
    }
}

fn count(characters: &[char], wanted: impl Fn(char) -> bool) -> usize {
    characters.iter().take_while(|character| wanted(**character)).count()
}
