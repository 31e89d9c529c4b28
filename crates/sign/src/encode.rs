//! Percent-encoding as the signers do it: only `A-Za-z0-9-_.~` stay, hex digits are upper case, and an escape
//! that is none (`%zz`) is taken literally, as their URL libraries do.

use std::borrow::Cow;
use std::cmp::Ordering;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

use crate::sink::Sink;

const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
const RESERVED_IN_PATH: &AsciiSet = &RESERVED.remove(b'/');

/// What a literal `+` in a query or form means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plus {
    /// A space, as in `application/x-www-form-urlencoded`.
    Space,
    /// A plus sign, as in RFC 3986.
    Literal,
}

/// Writes `bytes` percent-encoded.
pub(crate) fn encode(bytes: &[u8], out: &mut impl Sink) {
    percent_encode(bytes, RESERVED).for_each(|chunk| out.put(chunk.as_bytes()));
}

/// The order of the encoded spellings of `a` and `b`.
pub(crate) fn encoded_order(a: &[u8], b: &[u8]) -> Ordering {
    fn spelling(bytes: &[u8]) -> impl Iterator<Item = u8> {
        percent_encode(bytes, RESERVED).flat_map(str::bytes)
    }
    spelling(a).cmp(spelling(b))
}

/// Encodes everything that is put into it.
pub(crate) struct Encoded<'o>(pub(crate) &'o mut Vec<u8>);

impl Sink for Encoded<'_> {
    fn put(&mut self, bytes: &[u8]) {
        encode(bytes, self.0);
    }
}

/// Encodes everything but `/`, and remembers whether the text so far ends with one.
pub(crate) struct EncodedPath<'o> {
    out: &'o mut Vec<u8>,
    pub(crate) ends_with_slash: bool,
}

impl<'o> EncodedPath<'o> {
    pub(crate) fn new(out: &'o mut Vec<u8>) -> Self {
        Self { out, ends_with_slash: false }
    }
}

impl Sink for EncodedPath<'_> {
    fn put(&mut self, bytes: &[u8]) {
        percent_encode(bytes, RESERVED_IN_PATH).for_each(|chunk| self.out.put(chunk.as_bytes()));
        if let Some(last) = bytes.last() {
            self.ends_with_slash = *last == b'/';
        }
    }
}

/// Writes `text` decoded once.
pub(crate) fn decode(text: &[u8], plus: Plus, out: &mut impl Sink) {
    let mut rest = text;
    while let Some(at) = next_special(rest, plus) {
        out.put(&rest[..at]);
        rest = &rest[at..];
        let (byte, length) = match rest {
            [b'+', ..] => (b' ', 1),
            [_, high, low, ..] => hex_pair(*high, *low).map_or((b'%', 1), |byte| (byte, 3)),
            _ => (b'%', 1),
        };
        out.put(&[byte]);
        rest = &rest[length..];
    }
    out.put(rest);
}

/// `text` decoded once; borrowed when there is nothing to decode.
pub(crate) fn decoded(text: &[u8], plus: Plus) -> Cow<'_, [u8]> {
    if next_special(text, plus).is_none() {
        return Cow::Borrowed(text);
    }
    let mut owned = Vec::with_capacity(text.len());
    decode(text, plus, &mut owned);
    Cow::Owned(owned)
}

fn next_special(text: &[u8], plus: Plus) -> Option<usize> {
    match plus {
        Plus::Space => memchr::memchr2(b'%', b'+', text),
        Plus::Literal => memchr::memchr(b'%', text),
    }
}

fn hex_pair(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_escapes_and_keeps_what_is_none() {
        assert_eq!(&*decoded(b"a%20b+c%zz%2", Plus::Space), b"a b c%zz%2");
        assert_eq!(&*decoded(b"a%20b+c%e4%B8%ad%", Plus::Literal), "a b+c中%".as_bytes());
        assert_eq!(&*decoded(b"%2520", Plus::Literal), b"%20");
    }

    #[test]
    fn encodes_all_but_unreserved() {
        let mut out = Vec::new();
        encode("aZ9-_.~ +*/中%".as_bytes(), &mut out);
        assert_eq!(out, b"aZ9-_.~%20%2B%2A%2F%E4%B8%AD%25");
    }

    #[test]
    fn encoded_order_is_not_that_of_the_bytes() {
        // `{` sorts after `0`, but `%7B` before it.
        assert_eq!(b"a{".as_slice().cmp(b"a0"), Ordering::Greater);
        assert_eq!(encoded_order(b"a{", b"a0"), Ordering::Less);
    }
}
