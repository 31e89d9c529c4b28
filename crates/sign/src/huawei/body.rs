//! The last line of the canonical request: how the body is covered.

use smallvec::SmallVec;

use super::signature::Mismatch;
use crate::{EMPTY_SHA256, HeaderSource};

/// The value of `X-Sdk-Content-Sha256` that leaves the body out of the signature.
pub const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

const HEADER: &str = "x-sdk-content-sha256";

/// What `X-Sdk-Content-Sha256` declares; tells a gateway whether it has to read and hash the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Declared<'a> {
    /// The header is absent: the body must be hashed.
    Nothing,
    /// The body is not covered.
    Unsigned,
    /// The client says what the hash is; compare it with that of the body.
    Hash(&'a str),
}

impl<'a> Declared<'a> {
    /// Reads the header. A value that is not UTF-8 is a hash that no body has.
    pub fn of<H: HeaderSource + ?Sized>(headers: &'a H) -> Self {
        match headers.first(HEADER).map(|value| str::from_utf8(value.trim_ascii()).unwrap_or("")) {
            None => Self::Nothing,
            Some(UNSIGNED_PAYLOAD) => Self::Unsigned,
            Some(hash) => Self::Hash(hash),
        }
    }
}

/// What the caller knows about the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyHash<'a> {
    /// There is no body.
    Empty,
    /// The SHA-256 of the body. A hash declared by the client must be the same.
    Computed([u8; 32]),
    /// The client declared [`UNSIGNED_PAYLOAD`], and the API accepts it.
    Unsigned,
    /// The hash that the client declared; **the caller compares it** with the body once it has been read.
    Declared(&'a str),
}

/// Hash lines that the client may have signed, the likeliest first.
pub(super) type Lines<'l> = SmallVec<[&'l [u8]; 2]>;

impl BodyHash<'_> {
    /// `hex` holds the text of a computed hash.
    pub(super) fn lines<'l>(
        &'l self,
        declared: Declared<'l>,
        hex: &'l mut [u8; 64],
    ) -> Result<Lines<'l>, Mismatch> {
        let one = |line: &'l str| Ok(Lines::from_slice(&[line.as_bytes()]));
        match self {
            Self::Empty => Ok(empty_lines(declared)),
            Self::Unsigned => one(UNSIGNED_PAYLOAD),
            Self::Declared(hash) => one(hash),
            Self::Computed(hash) => {
                hex::encode_to_slice(hash, hex).map_err(|_| Mismatch::Body)?;
                match declared {
                    Declared::Nothing => Ok(Lines::from_slice(&[&*hex])),
                    Declared::Unsigned => one(UNSIGNED_PAYLOAD),
                    Declared::Hash(line) if line.as_bytes().eq_ignore_ascii_case(hex) => one(line),
                    Declared::Hash(_) => Err(Mismatch::Body),
                }
            }
        }
    }
}

/// Most signers write what the header declares; the core SDK writes the hash of nothing regardless.
fn empty_lines(declared: Declared<'_>) -> Lines<'_> {
    let empty = EMPTY_SHA256.as_bytes();
    match declared {
        Declared::Unsigned => Lines::from_slice(&[UNSIGNED_PAYLOAD.as_bytes(), empty]),
        Declared::Hash(line) if line.eq_ignore_ascii_case(EMPTY_SHA256) => {
            Lines::from_slice(&[line.as_bytes(), empty])
        }
        Declared::Nothing | Declared::Hash(_) => Lines::from_slice(&[empty]),
    }
}
