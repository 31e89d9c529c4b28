//! The value of a `Content-Type` header (RFC 9110 §8.3.1).

use std::borrow::Cow;

use paifang_wire::{Headers, header};

/// A media type; nothing is copied unless a quoted parameter holds a backslash.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MediaType<'a> {
    essence: &'a str,
    parameters: &'a str,
}

impl<'a> MediaType<'a> {
    /// That of a message, as far as it is UTF-8: a strange byte in a parameter does not hide what comes before it.
    pub(crate) fn of(headers: &'a Headers) -> Option<Self> {
        let value = headers.get(header::CONTENT_TYPE)?.as_bytes();
        Some(Self::read(value.utf8_chunks().next().map_or("", |chunk| chunk.valid())))
    }

    pub(crate) fn read(text: &'a str) -> Self {
        let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
        Self { essence: essence.trim(), parameters }
    }

    pub(crate) fn is_form(&self) -> bool {
        self.essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
    }

    pub(crate) fn is_multipart_form(&self) -> bool {
        self.essence.eq_ignore_ascii_case("multipart/form-data")
    }

    /// The first parameter of this name.
    pub(crate) fn parameter(&self, name: &str) -> Option<Cow<'a, str>> {
        parameters(self.parameters)
            .find(|(there, _)| there.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}

/// `name=value` pairs between semicolons; values may be quoted (RFC 9110 §5.6.6). Ends at a quote that
/// nobody closes.
pub(super) fn parameters(text: &str) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches([' ', '\t', ';']);
        let (name, after) = rest.split_once('=')?;
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => read_quoted(quoted)?,
            None => {
                let (value, after) = after.split_at(after.find(';').unwrap_or(after.len()));
                (Cow::Borrowed(value.trim()), after)
            }
        };
        rest = after;
        // A piece without `=` is no parameter; what follows its semicolon may be one.
        Some((name.rsplit(';').next().unwrap_or_default().trim(), value))
    })
}

/// What stands before the closing quote, and what follows it. A backslash escapes quotes and itself; elsewhere it is kept, because
/// some clients send paths of files with it.
fn read_quoted(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let mut value = Cow::Borrowed("");
    let mut from = 0;
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => {
                value += &text[from..at];
                return Some((value, &text[at + 1..]));
            }
            b'\\' if matches!(text.as_bytes().get(at + 1), Some(b'"' | b'\\')) => {
                value += &text[from..at];
                from = at + 1;
                bytes.next();
            }
            _ => {}
        }
    }
    None
}
