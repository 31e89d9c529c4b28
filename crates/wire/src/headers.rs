//! Header fields with the few operations that the pipeline needs.
//!
//! A vector, not a hash map: heads have a dozen fields, of which most are only passed on. A mask of the names that are there answers most
//! questions for names that are not.

use http::header::{HeaderMap, HeaderName, HeaderValue};

/// Fields are added while a message passes; room for that many saves moving them.
const ROOM: usize = 6;

/// The fields of a head or of trailers, in the order of their arrival; names compare without case.
#[derive(Debug, Default)]
pub struct Headers {
    fields: Vec<Field>,
    /// The marks of all names that are, or were, there.
    marks: u64,
}

/// A field; its name's mark tells it from most others without a look at the name.
#[derive(Debug, Clone)]
struct Field {
    mark: u64,
    name: HeaderName,
    value: HeaderValue,
}

impl Field {
    fn has(&self, mark: u64, name: &impl FieldName) -> bool {
        self.mark == mark && name.is(&self.name)
    }
}

/// With room for what whoever passes them on adds.
impl Clone for Headers {
    fn clone(&self) -> Self {
        let mut fields = Vec::with_capacity(self.fields.len() + ROOM);
        fields.extend_from_slice(&self.fields);
        Self { fields, marks: self.marks }
    }
}

/// A name to look for.
pub trait FieldName {
    /// Whether it is the same as `name`.
    fn is(&self, name: &HeaderName) -> bool;

    /// The name in any case.
    fn as_text(&self) -> &str;
}

impl FieldName for HeaderName {
    fn is(&self, name: &HeaderName) -> bool {
        self == name
    }

    fn as_text(&self) -> &str {
        self.as_str()
    }
}

impl FieldName for str {
    fn is(&self, name: &HeaderName) -> bool {
        let name = name.as_str();
        // Nearly all that is looked for is in lower case, as names of fields are.
        name.len() == self.len() && (name == self || name.eq_ignore_ascii_case(self))
    }

    fn as_text(&self) -> &str {
        self
    }
}

impl FieldName for String {
    fn is(&self, name: &HeaderName) -> bool {
        self.as_str().is(name)
    }

    fn as_text(&self) -> &str {
        self
    }
}

impl<N: FieldName + ?Sized> FieldName for &N {
    fn is(&self, name: &HeaderName) -> bool {
        (**self).is(name)
    }

    fn as_text(&self) -> &str {
        (**self).as_text()
    }
}

/// A name for a new field. Text is in lower case.
pub trait IntoFieldName: FieldName {
    /// The name.
    fn into_name(self) -> HeaderName;
}

impl IntoFieldName for HeaderName {
    fn into_name(self) -> HeaderName {
        self
    }
}

impl IntoFieldName for &HeaderName {
    fn into_name(self) -> HeaderName {
        self.clone()
    }
}

impl IntoFieldName for &'static str {
    fn into_name(self) -> HeaderName {
        HeaderName::from_static(self)
    }
}

impl Headers {
    /// No fields; allocates nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Room for `fields` fields, and some more.
    pub fn with_capacity(fields: usize) -> Self {
        Self { fields: Vec::with_capacity(fields + ROOM), marks: 0 }
    }

    /// The first value of `name`.
    pub fn get(&self, name: impl FieldName) -> Option<&HeaderValue> {
        self.get_all(name).next()
    }

    /// The first value of `name`, when it is visible ASCII.
    pub fn text(&self, name: impl FieldName) -> Option<&str> {
        self.get(name)?.to_str().ok()
    }

    /// Every value of `name`, in order.
    pub fn get_all(&self, name: impl FieldName) -> impl Iterator<Item = &HeaderValue> {
        let mark = mark(name.as_text());
        let fields = if self.may_have(mark) { self.fields.as_slice() } else { &[] };
        fields.iter().filter(move |field| field.has(mark, &name)).map(|field| &field.value)
    }

    /// Whether `name` occurs.
    pub fn contains(&self, name: impl FieldName) -> bool {
        self.get(name).is_some()
    }

    /// Sets `name` to one value; returns the first of the values that it replaced.
    pub fn insert(&mut self, name: impl IntoFieldName, value: HeaderValue) -> Option<HeaderValue> {
        let mark = mark(name.as_text());
        let Some(first) = self.position(mark, &name) else {
            self.push(mark, name, value);
            return None;
        };
        let replaced = std::mem::replace(&mut self.fields[first].value, value);
        let mut index = 0;
        self.fields.retain(|field| {
            index += 1;
            index <= first + 1 || !field.has(mark, &name)
        });
        Some(replaced)
    }

    /// Adds a value behind all fields.
    pub fn append(&mut self, name: impl IntoFieldName, value: HeaderValue) {
        self.push(mark(name.as_text()), name, value);
    }

    /// Removes every value of `name`; returns the first.
    pub fn remove(&mut self, name: impl FieldName) -> Option<HeaderValue> {
        let mark = mark(name.as_text());
        let first = self.position(mark, &name)?;
        let removed = self.fields.remove(first);
        self.fields.retain(|field| !field.has(mark, &name));
        Some(removed.value)
    }

    /// The fields but those of these names, with room for what whoever passes them on adds.
    pub fn without<'n>(&self, names: &(impl Iterator<Item = &'n HeaderName> + Clone)) -> Self {
        let marks = names.clone().fold(0, |marks, name| marks | mark(name.as_str()));
        let is_named =
            |field: &&Field| field.mark & marks != 0 && names.clone().any(|name| *name == field.name);
        let mut others = Self::with_capacity(self.fields.len());
        for field in self.fields.iter().filter(|field| !is_named(field)) {
            others.marks |= field.mark;
            others.fields.push(field.clone());
        }
        others
    }

    /// Every field, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        self.fields.iter().map(|field| (&field.name, &field.value))
    }

    /// The number of fields, counting each value of a name.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether there is no field.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// What the fields take as HTTP/1 lines: `name: value\r\n` each, in bytes.
    pub fn total_bytes(&self) -> usize {
        self.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum()
    }

    /// Whether any of the names that `marks` stands for may be there; a no is certain.
    pub(crate) fn may_have(&self, marks: u64) -> bool {
        self.marks & marks != 0
    }

    pub(crate) fn from_map(map: HeaderMap) -> Self {
        let mut headers = Self::with_capacity(map.len());
        let mut latest = None;
        for (name, value) in map {
            // The map leaves out the name of a further value.
            latest = name.or(latest);
            if let Some(name) = &latest {
                headers.append(name, value);
            }
        }
        headers
    }

    pub(crate) fn into_map(self) -> HeaderMap {
        let mut map = HeaderMap::with_capacity(self.fields.len());
        for Field { name, value, .. } in self.fields {
            map.append(name, value);
        }
        map
    }

    fn push(&mut self, mark: u64, name: impl IntoFieldName, value: HeaderValue) {
        self.marks |= mark;
        self.fields.push(Field { mark, name: name.into_name(), value });
    }

    fn position(&self, mark: u64, name: &impl FieldName) -> Option<usize> {
        if !self.may_have(mark) {
            return None;
        }
        self.fields.iter().position(|field| field.has(mark, name))
    }
}

/// One bit of 64 for a name, the same in both cases of letters.
pub(crate) const fn mark(name: &str) -> u64 {
    let bytes = name.as_bytes();
    if bytes.is_empty() {
        return 1;
    }
    let length = bytes.len();
    let letters = letter(bytes, 0) * 3 + letter(bytes, length / 2) * 7 + letter(bytes, length - 1);
    1 << ((length * 5 + letters) % 64)
}

const fn letter(bytes: &[u8], index: usize) -> usize {
    (bytes[index] | 0x20) as usize
}

/// The same values in the same order for every name; how names are ordered does not matter.
impl PartialEq for Headers {
    fn eq(&self, other: &Self) -> bool {
        let same = |field: &Field| self.get_all(&field.name).eq(other.get_all(&field.name));
        self.len() == other.len() && self.fields.iter().all(same)
    }
}

impl Eq for Headers {}

impl FromIterator<(HeaderName, HeaderValue)> for Headers {
    fn from_iter<I: IntoIterator<Item = (HeaderName, HeaderValue)>>(fields: I) -> Self {
        let mut headers = Self::new();
        fields.into_iter().for_each(|(name, value)| headers.append(name, value));
        headers
    }
}

#[cfg(test)]
mod tests {
    use http::header::{ACCEPT, HOST, USER_AGENT};
    use proptest::prelude::*;

    use super::*;

    fn name() -> impl Strategy<Value = HeaderName> {
        let own = |name: &str| HeaderName::from_bytes(name.as_bytes()).unwrap_or(HOST);
        prop::sample::select(vec![ACCEPT, HOST, USER_AGENT, own("x-sdk-date"), own("x-a"), own("x-b")])
    }

    proptest! {
        /// Leaving names out while copying is copying and then removing them.
        #[test]
        fn leaves_names_out(
            fields in prop::collection::vec(name(), 0..12),
            names in prop::collection::vec(name(), 0..4),
        ) {
            let numbered = fields.into_iter().enumerate().map(|(at, name)| (name, HeaderValue::from(at)));
            let all: Headers = numbered.collect();
            let mut expected = all.clone();
            names.iter().for_each(|name| drop(expected.remove(name)));
            let others = all.without(&names.iter());
            prop_assert!(others.iter().eq(expected.iter()));
            names.iter().for_each(|name| assert!(!others.contains(name)));
        }
    }
}
