//! The parameters of a raw query or urlencoded form.

use std::borrow::Cow;

use smallvec::SmallVec;

use crate::MAX_PARAMETERS;
use crate::encode::{self, Plus};
use crate::sink::Sink;

/// A request carries more query and form parameters than a signature may cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the request has more than {MAX_PARAMETERS} query and form parameters, which cannot be signed")]
pub struct TooManyParameters;

/// The raw names and values of `text`, in order. Empty pieces (`a&&b`) are skipped; a piece without `=` has
/// an empty value.
pub(crate) fn split(text: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    text.split(|byte| *byte == b'&').filter(|piece| !piece.is_empty()).map(|piece| {
        match memchr::memchr(b'=', piece) {
            Some(at) => (&piece[..at], &piece[at + 1..]),
            None => (piece, &[][..]),
        }
    })
}

/// A decoded parameter; sorts by name, then value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pair<'a> {
    pub(crate) name: Cow<'a, [u8]>,
    pub(crate) value: Cow<'a, [u8]>,
}

pub(crate) type Pairs<'a> = SmallVec<[Pair<'a>; 6]>;

/// All parameters of both texts, decoded and sorted.
pub(crate) fn sorted<'a>(
    query: &'a [u8],
    form: &'a [u8],
    plus: Plus,
) -> Result<Pairs<'a>, TooManyParameters> {
    check_count(query, form)?;
    let decode =
        |(name, value)| Pair { name: encode::decoded(name, plus), value: encode::decoded(value, plus) };
    let mut pairs: Pairs<'a> = split(query).chain(split(form)).map(decode).collect();
    pairs.sort_unstable();
    Ok(pairs)
}

/// Writes `a=1&b=`, every name and value encoded.
pub(crate) fn write<'p, 'a: 'p>(pairs: impl IntoIterator<Item = &'p Pair<'a>>, out: &mut impl Sink) {
    for (at, pair) in pairs.into_iter().enumerate() {
        if at > 0 {
            out.put(b"&");
        }
        encode::encode(&pair.name, out);
        out.put(b"=");
        encode::encode(&pair.value, out);
    }
}

/// Refuses, without splitting, a query and a form that together may hold more than [`MAX_PARAMETERS`].
pub(crate) fn check_count(query: &[u8], form: &[u8]) -> Result<(), TooManyParameters> {
    let room = |text: &[u8], limit: usize| match text {
        [] => Some(limit),
        text => limit.checked_sub(memchr::memchr_iter(b'&', text).take(limit).count() + 1),
    };
    room(query, MAX_PARAMETERS).and_then(|left| room(form, left)).map(|_| ()).ok_or(TooManyParameters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_on_the_first_equals_sign() {
        let pairs: Vec<_> = split(b"a=1=2&&b&=c&=").collect();
        let expected: [(&[u8], &[u8]); 4] = [(b"a", b"1=2"), (b"b", b""), (b"", b"c"), (b"", b"")];
        assert_eq!(pairs, expected);
    }

    #[test]
    fn counts_query_and_form_together() {
        let many = |count: usize| vec!["a=1"; count].join("&").into_bytes();
        assert_eq!(check_count(b"", b""), Ok(()));
        assert_eq!(check_count(&many(MAX_PARAMETERS - 1), b"b=1"), Ok(()));
        assert_eq!(check_count(&many(MAX_PARAMETERS), b""), Ok(()));
        assert_eq!(check_count(&many(MAX_PARAMETERS), b"b=1"), Err(TooManyParameters));
        assert_eq!(check_count(b"", &many(MAX_PARAMETERS + 1)), Err(TooManyParameters));
    }
}
