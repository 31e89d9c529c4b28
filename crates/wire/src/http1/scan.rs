//! Finds a head in what has arrived: first line and fields as spans, in one pass.

use http::Version;

use super::octets::{is_target, is_text, is_token, token_length, trim};
use super::{Facts, Field, HeadError, Known, Span};

/// How long a head may be.
#[derive(Clone, Copy, Debug)]
pub struct HeadLimits {
    /// Fields.
    pub fields: usize,
    /// Bytes from the first line to the empty one.
    pub bytes: usize,
}

/// Bytes of a method; the longest that is registered has 17 (RFC 4437).
pub const METHOD_AT_MOST: usize = 32;

/// A head under inspection; its memory serves one head after the other.
#[derive(Clone, Debug)]
pub struct Scan<L> {
    /// The first line, once it is there. Stays when a later line is refused.
    pub line: Option<L>,
    /// The fields, in order; those before the refused one when a head is refused.
    pub fields: Vec<Field>,
    /// What the fields say.
    pub facts: Facts,
    /// The bytes that the head takes, from the beginning of what was scanned and with the empty line, once all of it is there.
    pub length: usize,
}

/// A request's head.
pub type RequestScan = Scan<RequestLine>;
/// A reply's head.
pub type StatusScan = Scan<StatusLine>;

/// The first line of a message.
pub trait StartLine: Sized {
    /// Reads it from the line that stands at `line`.
    ///
    /// # Errors
    /// The rule that it breaks.
    fn read(bytes: &[u8], line: Span) -> Result<Self, HeadError>;

    /// Whether a first line can begin with `byte`: so that what is no HTTP at all is not waited for. One that can begin with a carriage
    /// return may have an empty line before it (RFC 9112 §2.2).
    fn can_begin(byte: u8) -> bool;

    /// What to say of a line that is longer than a head may be.
    const TOO_LONG: HeadError;
}

/// `method SP request-target SP HTTP-version` (RFC 9112 §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestLine {
    /// A token.
    pub method: Span,
    /// Visible ASCII; which form it has is not looked at here.
    pub target: Span,
    /// 1.0 or 1.1.
    pub version: Version,
}

/// `HTTP-version SP status-code SP [ reason-phrase ]` (RFC 9112 §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusLine {
    /// 1.0 or 1.1.
    pub version: Version,
    /// From 100 to 999.
    pub status: u16,
}

impl<L> Default for Scan<L> {
    fn default() -> Self {
        Self { line: None, fields: Vec::new(), facts: Facts::default(), length: 0 }
    }
}

impl<L: StartLine> Scan<L> {
    /// Scans `bytes` from its beginning. Says whether the whole head is there; when not, scan again from the beginning once another
    /// line feed has come: heads have few lines.
    ///
    /// # Errors
    /// The first rule that is broken. What was found before is in `self`.
    pub fn scan(&mut self, bytes: &[u8], limits: HeadLimits) -> Result<bool, HeadError> {
        self.clear();
        let complete = self.lines(bytes, limits)?;
        let taken = if complete { self.length } else { bytes.len() };
        if taken > limits.bytes {
            return Err(if self.line.is_some() { HeadError::TooLong } else { L::TOO_LONG });
        }
        Ok(complete)
    }

    fn clear(&mut self) {
        self.line = None;
        self.fields.clear();
        self.facts = Facts::default();
        self.length = 0;
    }

    fn lines(&mut self, bytes: &[u8], limits: HeadLimits) -> Result<bool, HeadError> {
        let at = if L::can_begin(b'\r') && bytes.starts_with(b"\r\n") { 2 } else { 0 };
        match bytes.get(at) {
            Some(b'\n') => return Err(HeadError::BareLineFeed),
            Some(byte) if !L::can_begin(*byte) => return Err(HeadError::StartLine),
            _ => {}
        }
        let Some((line, next)) = line(bytes, at)? else { return Ok(false) };
        if next > limits.bytes {
            return Err(L::TOO_LONG);
        }
        if line.start == line.end {
            return Err(HeadError::EmptyLines);
        }
        self.line = Some(L::read(bytes, line)?);
        self.field_lines(bytes, next, limits)
    }

    /// Fields from `at` up to the empty line.
    fn field_lines(&mut self, bytes: &[u8], mut at: usize, limits: HeadLimits) -> Result<bool, HeadError> {
        while let Some((line, next)) = line(bytes, at)? {
            if line.start == line.end {
                self.length = next;
                return Ok(true);
            }
            let field = field(bytes, line)?;
            if next > limits.bytes {
                return Err(HeadError::TooLong);
            }
            if self.fields.len() == limits.fields {
                return Err(HeadError::TooManyFields);
            }
            self.facts.note(bytes, &field)?;
            self.fields.push(field);
            at = next;
        }
        Ok(false)
    }
}

/// Scans trailers: fields without a first line (RFC 9112 §7.1.2). Returns the bytes that they take, with the empty line, once all are there.
pub(super) fn trailers(
    bytes: &[u8],
    limits: HeadLimits,
    fields: &mut Vec<Field>,
) -> Result<Option<usize>, HeadError> {
    fields.clear();
    let mut at = 0;
    while let Some((line, next)) = line(bytes, at)? {
        if next > limits.bytes {
            return Err(HeadError::TooLong);
        }
        if line.start == line.end {
            return Ok(Some(next));
        }
        if fields.len() == limits.fields {
            return Err(HeadError::TooManyFields);
        }
        fields.push(field(bytes, line)?);
        at = next;
    }
    if bytes.len() > limits.bytes { Err(HeadError::TooLong) } else { Ok(None) }
}

/// The line that begins at `at`, without its end, and where the next begins; none when its end has not come.
fn line(bytes: &[u8], at: usize) -> Result<Option<(Span, usize)>, HeadError> {
    let Some(length) = memchr::memchr(b'\n', &bytes[at..]) else { return Ok(None) };
    let end = at + length;
    if length == 0 || bytes[end - 1] != b'\r' {
        return Err(HeadError::BareLineFeed);
    }
    Ok(Some((Span::new(at, end - 1), end + 1)))
}

/// `field-name ":" OWS field-value OWS` (RFC 9112 §5).
fn field(bytes: &[u8], line: Span) -> Result<Field, HeadError> {
    let text = line.of(bytes);
    if matches!(text[0], b' ' | b'\t') {
        return Err(HeadError::Folded);
    }
    let colon = token_length(text);
    if colon == 0 || text.get(colon) != Some(&b':') {
        return Err(HeadError::FieldName);
    }
    let (blank, value) = trim(&text[colon + 1..]);
    if !is_text(value) {
        return Err(HeadError::FieldValue);
    }
    let start = line.start as usize;
    let from = start + colon + 1 + blank;
    let name = Span::new(start, start + colon);
    Ok(Field { name, value: Span::new(from, from + value.len()), known: Known::of(&text[..colon]) })
}

impl StartLine for RequestLine {
    fn read(bytes: &[u8], line: Span) -> Result<Self, HeadError> {
        let text = line.of(bytes);
        let method = token_length(text);
        if method == 0 || text.get(method) != Some(&b' ') {
            return Err(HeadError::Method);
        }
        if method > METHOD_AT_MOST {
            return Err(HeadError::MethodTooLong);
        }
        let rest = &text[method + 1..];
        let target = memchr::memchr(b' ', rest).ok_or(HeadError::StartLine)?;
        if target == 0 || !is_target(&rest[..target]) {
            return Err(HeadError::Target);
        }
        let version = version(&rest[target + 1..])?;
        let start = line.start as usize;
        let from = start + method + 1;
        let (method, target) = (Span::new(start, start + method), Span::new(from, from + target));
        Ok(Self { method, target, version })
    }

    fn can_begin(byte: u8) -> bool {
        is_token(byte) || byte == b'\r'
    }

    const TOO_LONG: HeadError = HeadError::TargetTooLong;
}

impl StartLine for StatusLine {
    fn read(bytes: &[u8], line: Span) -> Result<Self, HeadError> {
        let text = line.of(bytes);
        let version = version(text.get(..8).ok_or(HeadError::StartLine)?)?;
        let Some([b' ', digits @ ..]) = text.get(8..12) else { return Err(HeadError::Status) };
        if !digits.iter().all(u8::is_ascii_digit) || digits[0] == b'0' {
            return Err(HeadError::Status);
        }
        // Many leave out the space where there is no reason.
        if !matches!(text.get(12), None | Some(b' ')) {
            return Err(HeadError::Status);
        }
        if !is_text(&text[12..]) {
            return Err(HeadError::StartLine);
        }
        let status = digits.iter().fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0'));
        Ok(Self { version, status })
    }

    fn can_begin(byte: u8) -> bool {
        byte == b'H'
    }

    const TOO_LONG: HeadError = HeadError::TooLong;
}

/// `HTTP/1.0` or `HTTP/1.1`, in this case (RFC 9112 §2.3).
fn version(text: &[u8]) -> Result<Version, HeadError> {
    match text {
        b"HTTP/1.1" => Ok(Version::HTTP_11),
        b"HTTP/1.0" => Ok(Version::HTTP_10),
        [b'H', b'T', b'T', b'P', b'/', major, b'.', minor]
            if major.is_ascii_digit() && minor.is_ascii_digit() =>
        {
            Err(HeadError::Version)
        }
        _ => Err(HeadError::StartLine),
    }
}
