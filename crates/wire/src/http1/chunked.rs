//! Takes a chunked body apart (RFC 9112 §7.1).

use bytes::{Buf, BytesMut};

use super::octets::{is_text, is_token, token_length, trim};
use super::scan::trailers;
use super::{BodyError, Decoded, Field, HeadLimits, Known, fields};
use crate::Headers;

/// The longest line with a chunk's size, its end included. Nothing useful is said in extensions.
const LINE_AT_MOST: usize = 256;
/// Bytes of extensions in one body: or else tiny chunks could cost any multiple of what they carry.
const EXTENSIONS_AT_MOST: usize = 16 * 1024;
/// More digits than that do not fit into 64 bits.
const DIGITS_AT_MOST: usize = 16;
const TRAILERS: HeadLimits = HeadLimits { fields: 32, bytes: 8 * 1024 };

/// How far a chunked body has been read.
#[derive(Clone, Debug, Default)]
pub struct ChunkedDecoder {
    state: State,
    extensions: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// A line with a size comes.
    #[default]
    Size,
    /// So many bytes of the chunk are still to come.
    Data(u64),
    /// The end of the line behind a chunk comes.
    End,
    Trailers,
    Done,
}

impl ChunkedDecoder {
    /// Before the first chunk.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nothing of the body follows.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.state == State::Done
    }

    /// Takes what comes next out of `input`.
    ///
    /// # Errors
    /// The first rule that is broken; the connection is of no more use then.
    pub fn decode(&mut self, input: &mut BytesMut) -> Result<Decoded, BodyError> {
        loop {
            match self.state {
                State::Done => return Ok(Decoded::End),
                State::Data(_) if input.is_empty() => return Ok(Decoded::More),
                State::Data(left) => {
                    let take = usize::try_from(left).map_or(input.len(), |left| left.min(input.len()));
                    let left = left - take as u64;
                    self.state = if left == 0 { State::End } else { State::Data(left) };
                    return Ok(Decoded::Data(input.split_to(take).freeze()));
                }
                State::Size => match self.size(input)? {
                    None => return Ok(Decoded::More),
                    Some(0) => self.state = State::Trailers,
                    Some(size) => self.state = State::Data(size),
                },
                State::End => match end(input)? {
                    None => return Ok(Decoded::More),
                    Some(()) => self.state = State::Size,
                },
                State::Trailers => match self.trailers(input)? {
                    None => return Ok(Decoded::More),
                    Some(trailers) => {
                        self.state = State::Done;
                        return Ok(trailers);
                    }
                },
            }
        }
    }

    /// `chunk-size [ chunk-ext ] CRLF`
    fn size(&mut self, input: &mut BytesMut) -> Result<Option<u64>, BodyError> {
        let digits = input.iter().position(|byte| !byte.is_ascii_hexdigit()).unwrap_or(input.len());
        if digits > DIGITS_AT_MOST || (digits == 0 && !input.is_empty()) {
            return Err(BodyError::ChunkSize);
        }
        match input.get(digits) {
            None => return Ok(None),
            Some(b'\r' | b';' | b' ' | b'\t') => {}
            Some(_) => return Err(BodyError::ChunkSize),
        }
        let Some(line) = memchr::memchr(b'\n', &input[..input.len().min(LINE_AT_MOST)]) else {
            return if input.len() < LINE_AT_MOST { Ok(None) } else { Err(BodyError::ChunkExtension) };
        };
        let Some(extensions) = input[digits..line].strip_suffix(b"\r") else {
            return Err(BodyError::ChunkSize);
        };
        if !are_extensions(extensions) {
            return Err(BodyError::ChunkExtension);
        }
        self.extensions += extensions.len();
        if self.extensions > EXTENSIONS_AT_MOST {
            return Err(BodyError::ChunkExtension);
        }
        let size = input[..digits].iter().fold(0, |size, digit| size << 4 | value(*digit));
        input.advance(line + 1);
        Ok(Some(size))
    }

    fn trailers(&mut self, input: &mut BytesMut) -> Result<Option<Decoded>, BodyError> {
        // Most bodies have none.
        if input.starts_with(b"\r\n") {
            input.advance(2);
            return Ok(Some(Decoded::End));
        }
        let mut found = Vec::new();
        let Some(length) = trailers(input, TRAILERS, &mut found).map_err(BodyError::Trailers)? else {
            return Ok(None);
        };
        let block = input.split_to(length).freeze();
        if found.iter().any(|field| is_forbidden(field, &block)) {
            return Err(BodyError::TrailerForbidden);
        }
        let trailers: Headers = fields(&block, &found).map_err(BodyError::Trailers)?;
        Ok(Some(Decoded::Trailers(trailers)))
    }
}

/// RFC 9110 §6.5.1: what frames or routes a message cannot come after it.
fn is_forbidden(field: &Field, block: &[u8]) -> bool {
    let name = field.name.of(block);
    !matches!(field.known, Known::Other | Known::Date)
        || [&b"trailer"[..], b"authorization", b"content-encoding", b"content-type", b"content-range"]
            .iter()
            .any(|forbidden| name.eq_ignore_ascii_case(forbidden))
}

fn end(input: &mut BytesMut) -> Result<Option<()>, BodyError> {
    match **input {
        [b'\r', b'\n', ..] => {
            input.advance(2);
            Ok(Some(()))
        }
        [] | [b'\r'] => Ok(None),
        _ => Err(BodyError::ChunkEnd),
    }
}

fn value(digit: u8) -> u64 {
    u64::from(match digit {
        b'0'..=b'9' => digit - b'0',
        _ => (digit | 0x20) - b'a' + 10,
    })
}

/// `*( BWS ";" BWS token [ BWS "=" BWS ( token / quoted-string ) ] )`
fn are_extensions(mut rest: &[u8]) -> bool {
    while !rest.is_empty() {
        let Some(after) = trim_start(rest).strip_prefix(b";") else { return false };
        rest = trim_start(after);
        let name = token_length(rest);
        if name == 0 {
            return false;
        }
        rest = &rest[name..];
        if let Some(value) = trim_start(rest).strip_prefix(b"=") {
            match after_value(trim_start(value)) {
                Some(after) => rest = after,
                None => return false,
            }
        }
    }
    true
}

fn trim_start(bytes: &[u8]) -> &[u8] {
    &bytes[trim(bytes).0..]
}

/// What stands behind a token or a quoted string (RFC 9110 §5.6.4).
fn after_value(bytes: &[u8]) -> Option<&[u8]> {
    if bytes.first().is_some_and(|byte| is_token(*byte)) {
        return Some(&bytes[token_length(bytes)..]);
    }
    let mut rest = bytes.strip_prefix(b"\"")?;
    loop {
        rest = match rest {
            [b'"', after @ ..] => return Some(after),
            [b'\\', escaped, after @ ..] if is_text(&[*escaped]) => after,
            [b'\\', ..] | [] => return None,
            [byte, after @ ..] if is_text(&[*byte]) => after,
            _ => return None,
        };
    }
}
