//! Header fields with the few operations that the pipeline needs.

use http::header::{AsHeaderName, HeaderMap, HeaderName, HeaderValue, IntoHeaderName};

/// The fields of a head or of trailers, in the order of their arrival per name; names compare without case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers(HeaderMap);

impl Headers {
    /// No fields; allocates nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Room for `fields` fields.
    pub fn with_capacity(fields: usize) -> Self {
        Self(HeaderMap::with_capacity(fields))
    }

    /// The first value of `name`.
    pub fn get(&self, name: impl AsHeaderName) -> Option<&HeaderValue> {
        self.0.get(name)
    }

    /// The first value of `name`, when it is visible ASCII.
    pub fn text(&self, name: impl AsHeaderName) -> Option<&str> {
        self.0.get(name)?.to_str().ok()
    }

    /// Every value of `name`, in order.
    pub fn get_all(&self, name: impl AsHeaderName) -> impl Iterator<Item = &HeaderValue> {
        self.0.get_all(name).iter()
    }

    /// Whether `name` occurs.
    pub fn contains(&self, name: impl AsHeaderName) -> bool {
        self.0.contains_key(name)
    }

    /// Sets `name` to one value; returns the first of the values that it replaced.
    pub fn insert(&mut self, name: impl IntoHeaderName, value: HeaderValue) -> Option<HeaderValue> {
        self.0.insert(name, value)
    }

    /// Adds a value beside those that `name` has.
    pub fn append(&mut self, name: impl IntoHeaderName, value: HeaderValue) {
        self.0.append(name, value);
    }

    /// Removes every value of `name`; returns the first.
    pub fn remove(&mut self, name: impl AsHeaderName) -> Option<HeaderValue> {
        self.0.remove(name)
    }

    /// Every field; values of one name stand together.
    pub fn iter(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        self.0.iter()
    }

    /// The number of fields, counting each value of a name.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no field.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the fields take as HTTP/1 lines: `name: value\r\n` each, in bytes.
    pub fn total_bytes(&self) -> usize {
        self.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum()
    }

    /// The fields as the `http` crate knows them, for what works on any such map.
    pub fn as_map(&self) -> &HeaderMap {
        &self.0
    }

    pub(crate) fn from_map(map: HeaderMap) -> Self {
        Self(map)
    }

    pub(crate) fn into_map(self) -> HeaderMap {
        self.0
    }
}

impl FromIterator<(HeaderName, HeaderValue)> for Headers {
    fn from_iter<I: IntoIterator<Item = (HeaderName, HeaderValue)>>(fields: I) -> Self {
        let mut headers = Self::new();
        fields.into_iter().for_each(|(name, value)| headers.append(name, value));
        headers
    }
}
