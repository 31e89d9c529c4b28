//! A request as signatures see it, borrowed from whatever holds it.

/// Where header values are found. Implemented for lists of pairs and, with the feature `http`, for
/// `http::HeaderMap`; a gateway with a map of its own wraps it.
pub trait HeaderSource {
    /// Every value of the header, in the order received. The name is compared without case.
    fn all(&self, name: &str) -> impl Iterator<Item = &[u8]>;

    /// The first value of the header.
    fn first(&self, name: &str) -> Option<&[u8]> {
        self.all(name).next()
    }
}

impl<N: AsRef<str>, V: AsRef<[u8]>> HeaderSource for [(N, V)] {
    fn all(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        self.iter()
            .filter(move |(candidate, _)| candidate.as_ref().eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_ref())
    }
}

impl<N: AsRef<str>, V: AsRef<[u8]>, const COUNT: usize> HeaderSource for [(N, V); COUNT] {
    fn all(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        self.as_slice().all(name)
    }
}

impl<N: AsRef<str>, V: AsRef<[u8]>> HeaderSource for Vec<(N, V)> {
    fn all(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        self.as_slice().all(name)
    }
}

#[cfg(feature = "http")]
impl HeaderSource for http::HeaderMap {
    fn all(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        self.get_all(name).into_iter().map(http::HeaderValue::as_bytes)
    }

    fn first(&self, name: &str) -> Option<&[u8]> {
        self.get(name).map(http::HeaderValue::as_bytes)
    }
}

/// A request as signatures see it. Nothing is copied or decoded.
pub struct Parts<'a, H: ?Sized> {
    /// The method as sent.
    pub method: &'a str,
    /// The path as sent, without query.
    pub path: &'a [u8],
    /// The query as sent, without `?`; empty when there is none.
    pub query: &'a [u8],
    /// The body, when it is `application/x-www-form-urlencoded` and the scheme signs forms as parameters;
    /// else empty.
    pub form: &'a [u8],
    /// The headers. HTTP/2 requests must answer for `host` with their `:authority`.
    pub headers: &'a H,
}

impl<'a, H: HeaderSource + ?Sized> Parts<'a, H> {
    /// A request without form. `target` is the path and query in origin form, split at the first `?`.
    #[must_use]
    pub fn new(method: &'a str, target: &'a (impl AsRef<[u8]> + ?Sized), headers: &'a H) -> Self {
        let target = target.as_ref();
        let (path, query) = match memchr::memchr(b'?', target) {
            Some(at) => (&target[..at], &target[at + 1..]),
            None => (target, &[][..]),
        };
        Self { method, path, query, form: &[], headers }
    }

    /// The same request with a urlencoded form as its body.
    #[must_use]
    pub fn with_form(self, form: &'a (impl AsRef<[u8]> + ?Sized)) -> Self {
        Self { form: form.as_ref(), ..self }
    }

    /// The first value of a header as text; absent when it is not UTF-8.
    pub(crate) fn text(&self, name: &str) -> Option<&'a str> {
        self.headers.first(name).and_then(|value| str::from_utf8(value).ok())
    }
}

impl<H: ?Sized> Clone for Parts<'_, H> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<H: ?Sized> Copy for Parts<'_, H> {}
