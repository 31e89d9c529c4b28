//! The canonical request. Spec: huawei/calling.md §4.2.

use smallvec::SmallVec;

use crate::encode::{EncodedPath, Plus, decode, encoded_order};
use crate::pairs::{self, Pairs, TooManyParameters};
use crate::sink::{Sink as _, put_lower, put_method};
use crate::{HeaderSource, Parts};

/// What a canonical request is made of. `names` are the signed headers in the order given.
pub(super) struct Canonical<'c, 'a, H: ?Sized, N> {
    pub(super) parts: &'c Parts<'a, H>,
    pub(super) names: N,
    pub(super) query: &'c Pairs<'a>,
    pub(super) body_line: &'c [u8],
}

impl<'n, H: HeaderSource + ?Sized, N: Iterator<Item = &'n str> + Clone> Canonical<'_, '_, H, N> {
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        put_method(self.parts.method, out);
        out.put(b"\n");
        put_path(self.parts.path, out);
        out.put(b"\n");
        pairs::write(self.query, out);
        out.put(b"\n");
        for name in self.names.clone() {
            put_header(self.parts.headers, name, out);
        }
        for (at, name) in self.names.clone().enumerate() {
            out.put(if at == 0 { b"\n" } else { b";" });
            put_lower(name, out);
        }
        out.put(b"\n");
        out.put(self.body_line);
    }
}

/// Decoded once as a whole, so that `%2F` becomes a separator, then encoded segment by segment; ends with
/// `/`. No signer removes dot segments or double slashes.
fn put_path(path: &[u8], out: &mut Vec<u8>) {
    let mut encoded = EncodedPath::new(out);
    decode(path, Plus::Literal, &mut encoded);
    if !encoded.ends_with_slash {
        out.put(b"/");
    }
}

/// One line per value, values sorted, as the Go signer writes them; others cannot send a header twice.
fn put_header<H: HeaderSource + ?Sized>(headers: &H, name: &str, out: &mut Vec<u8>) {
    let mut values: SmallVec<[&[u8]; 4]> = headers.all(name).map(<[u8]>::trim_ascii).collect();
    values.sort_unstable();
    for value in values {
        put_lower(name, out);
        out.put(b":");
        out.put(value);
        out.put(b"\n");
    }
}

/// The parameters, sorted by decoded name and value. Pieces without a name are not signed.
pub(super) fn query(query: &[u8], plus: Plus) -> Result<Pairs<'_>, TooManyParameters> {
    let mut pairs = pairs::sorted(query, &[], plus)?;
    pairs.retain(|pair| !pair.name.is_empty());
    Ok(pairs)
}

/// The readings of a literal `+`: a plus sign for the Python and core signers, a space for Go's.
pub(super) fn plus_readings(query: &[u8]) -> &'static [Plus] {
    if memchr::memchr(b'+', query).is_some() { &[Plus::Literal, Plus::Space] } else { &[Plus::Literal] }
}

/// Sorts as the Java signer does, by encoded name and value; absent when that is the same order.
pub(super) fn sorted_by_encoding<'a>(query: &Pairs<'a>) -> Option<Pairs<'a>> {
    let order = |a: &pairs::Pair<'a>, b: &pairs::Pair<'a>| {
        encoded_order(&a.name, &b.name).then_with(|| encoded_order(&a.value, &b.value))
    };
    if query.is_sorted_by(|a, b| order(a, b).is_le()) {
        return None;
    }
    let mut resorted = query.clone();
    resorted.sort_by(order);
    Some(resorted)
}
