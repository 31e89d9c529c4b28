//! Lets signatures look into a head: over HTTP/2 the authority stands for `Host` (RFC 9113 §8.3.1).

use http::HeaderValue;
use paifang_sign::HeaderSource;
use paifang_wire::Head;

/// A head as signatures see it.
pub(crate) struct SignedHead<'e>(pub(crate) &'e Head);

impl HeaderSource for SignedHead<'_> {
    fn all(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        let authority = self.authority_for(name);
        self.0.headers.get_all(name).map(HeaderValue::as_bytes).chain(authority)
    }

    fn first(&self, name: &str) -> Option<&[u8]> {
        self.0.headers.get(name).map(HeaderValue::as_bytes).or_else(|| self.authority_for(name))
    }
}

impl SignedHead<'_> {
    fn authority_for(&self, name: &str) -> Option<&[u8]> {
        if !name.eq_ignore_ascii_case("host") || self.0.headers.contains(http::header::HOST) {
            return None;
        }
        self.0.target.authority().map(str::as_bytes)
    }
}
