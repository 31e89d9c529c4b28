//! Decodes a path once and refuses what two readers could understand in two ways.
//!
//! Pure functions over text: the surface for fuzzing.

use std::borrow::Cow;
use std::fmt;

/// How much of a refused value is shown.
const SHOWN: usize = 200;

/// `raw` percent-decoded once. A path of plain ASCII without escapes is borrowed.
///
/// # Errors
/// The rule that it broke, see [`TargetRule`]. What comes back never holds a `.` or `..` segment, however it was written.
pub fn decode_path(raw: &str) -> Result<Cow<'_, str>, TargetError> {
    let refuse = |rule| TargetError::new(rule, raw);
    let looks = Looks::at(raw.as_bytes());
    if !looks.escaped {
        check(raw, looks).map_err(refuse)?;
        return Ok(Cow::Borrowed(raw));
    }
    let decoded = unescape(raw.as_bytes()).ok_or_else(|| refuse(TargetRule::BadEscape))?;
    let decoded = String::from_utf8(decoded).map_err(|_| refuse(TargetRule::InvalidUtf8))?;
    check(&decoded, Looks::at(decoded.as_bytes())).map_err(refuse)?;
    Ok(Cow::Owned(decoded))
}

/// What one pass over a path saw.
#[derive(Clone, Copy, Default)]
struct Looks {
    escaped: bool,
    nul: bool,
    backslash: bool,
    /// Some segment begins with a dot.
    dotted: bool,
}

impl Looks {
    fn at(path: &[u8]) -> Self {
        let mut looks = Self::default();
        let mut before = b'/';
        for &byte in path {
            looks.escaped |= byte == b'%';
            looks.nul |= byte == 0;
            looks.backslash |= byte == b'\\';
            looks.dotted |= byte == b'.' && before == b'/';
            before = byte;
        }
        looks
    }
}

fn check(decoded: &str, looks: Looks) -> Result<(), TargetRule> {
    if looks.nul {
        return Err(TargetRule::Nul);
    }
    if looks.backslash {
        return Err(TargetRule::Backslash);
    }
    if looks.dotted && decoded.split('/').any(|segment| matches!(segment, "." | "..")) {
        return Err(TargetRule::DotSegment);
    }
    // An escape that is left after decoding was encoded twice; whoever decodes again would see a dot.
    if looks.escaped && holds_escaped_dot(decoded.as_bytes()) {
        return Err(TargetRule::DoubleEncodedDot);
    }
    Ok(())
}

fn holds_escaped_dot(decoded: &[u8]) -> bool {
    decoded.windows(3).any(|w| w.eq_ignore_ascii_case(b"%2e"))
}

fn unescape(raw: &[u8]) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'%', rest) {
        let (high, low) = (digit(rest.get(at + 1)?)?, digit(rest.get(at + 2)?)?);
        decoded.extend_from_slice(&rest[..at]);
        decoded.push(high << 4 | low);
        rest = &rest[at + 3..];
    }
    decoded.extend_from_slice(rest);
    Some(decoded)
}

fn digit(byte: &u8) -> Option<u8> {
    (*byte as char).to_digit(16).map(|digit| digit as u8)
}

/// A request target was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the path `{value}` {rule}")]
pub struct TargetError {
    /// The rule that was broken.
    pub rule: TargetRule,
    /// The value as sent, control characters escaped, cut after 200 characters.
    pub value: Box<str>,
}

impl TargetError {
    pub(super) fn new(rule: TargetRule, value: &str) -> Self {
        let value =
            value.chars().take(SHOWN).flat_map(char::escape_debug).collect::<String>().into_boxed_str();
        Self { rule, value }
    }
}

/// Why a path is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetRule {
    /// It is no request target at all (RFC 9112 §3.2).
    Malformed,
    /// A `%` is not followed by two hexadecimal digits (RFC 3986 §2.1).
    BadEscape,
    /// The decoded bytes are not UTF-8.
    InvalidUtf8,
    /// A segment is `.` or `..`, plainly or encoded.
    DotSegment,
    /// An encoded dot is left after decoding once (`%252e`).
    DoubleEncodedDot,
    /// It holds a NUL byte.
    Nul,
    /// It holds a backslash, which some servers take for a slash.
    Backslash,
}

impl fmt::Display for TargetRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "is not a request target",
            Self::BadEscape => "has a `%` without two hexadecimal digits",
            Self::InvalidUtf8 => "is not UTF-8 after decoding",
            Self::DotSegment => "has a `.` or `..` segment",
            Self::DoubleEncodedDot => "has a dot that is encoded twice",
            Self::Nul => "has a NUL byte",
            Self::Backslash => "has a backslash",
        })
    }
}
