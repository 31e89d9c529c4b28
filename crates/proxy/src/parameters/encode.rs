//! Percent-encoding: what each place of a request needs, and the form decoding that reads it back.

use std::borrow::Cow;
use std::str::Utf8Error;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// In one segment of a path: bytes 0–31, space, 127–255 and ``? > < / % # " [ \ ] ^ ` { | }`` (spec: huawei/api-model.md §6), which
/// leaves exactly what RFC 3986 §3.3 allows there (`pchar`).
pub const PATH_SEGMENT: &AsciiSet = &PATH.add(b'/');

/// In the rest of a path, whose slashes stay.
pub const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'?')
    .add(b'>')
    .add(b'<')
    .add(b'%')
    .add(b'#')
    .add(b'"')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// In query values: bytes 0–31, space, 127–255 and ``> = < + & % # " [ \ ] ^ ` { | }`` (spec: huawei/api-model.md §6).
pub const QUERY_AS_LISTED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'>')
    .add(b'=')
    .add(b'<')
    .add(b'+')
    .add(b'&')
    .add(b'%')
    .add(b'#')
    .add(b'"')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// All but `A-Za-z0-9-_.~` (RFC 3986 §2.3).
pub const ALL_BUT_UNRESERVED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The set of `application/x-www-form-urlencoded` (WHATWG URL §1.3), before space becomes `+`.
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_').remove(b' ');

/// Appends `text` percent-encoded.
pub fn push(out: &mut String, text: &str, set: &'static AsciiSet) {
    out.extend(utf8_percent_encode(text, set));
}

/// Appends `text` as in a form: space becomes `+`.
pub fn push_form(out: &mut String, text: &str) {
    for piece in utf8_percent_encode(text, FORM) {
        let mut words = piece.split(' ');
        out.push_str(words.next().unwrap_or_default());
        words.for_each(|word| {
            out.push('+');
            out.push_str(word);
        });
    }
}

/// Decodes by the rules of forms: `+` is a space, a `%` without two hexadecimal digits stands for itself. Borrows where nothing
/// was encoded.
///
/// # Errors
/// When the decoded bytes are not UTF-8.
pub fn decode_form(raw: &[u8]) -> Result<Cow<'_, str>, Utf8Error> {
    if memchr::memchr2(b'%', b'+', raw).is_none() {
        return std::str::from_utf8(raw).map(Cow::Borrowed);
    }
    let mut decoded = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((first, more)) = rest.split_first() {
        let (byte, taken) = match (first, more) {
            (b'+', _) => (b' ', 1),
            (b'%', [high, low, ..]) => escaped(*high, *low).map_or((b'%', 1), |byte| (byte, 3)),
            (other, _) => (*other, 1),
        };
        decoded.push(byte);
        rest = &rest[taken..];
    }
    String::from_utf8(decoded).map(Cow::Owned).map_err(|error| error.utf8_error())
}

fn escaped(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? << 4 | digit(low)?).ok()
}
