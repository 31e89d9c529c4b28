//! Where the values of a pattern's parameters are in the path: ranges, so that nothing is copied.

use smallvec::SmallVec;

/// How many are kept without an allocation.
const INLINE: usize = 8;

/// Where the values of a pattern's parameters are in the path, in the pattern's order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Captures(SmallVec<[(u32, u32); INLINE]>);

impl Captures {
    /// The values, in the pattern's order.
    ///
    /// # Panics
    /// May panic when `path` is not the path that was looked up.
    pub fn iter<'p>(&self, path: &'p str) -> impl Iterator<Item = &'p str> + use<'_, 'p> {
        self.0.iter().map(move |(start, end)| &path[*start as usize..*end as usize])
    }

    /// Start and end of each value, in bytes.
    #[must_use]
    pub fn ranges(&self) -> &[(u32, u32)] {
        &self.0
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn push(&mut self, start: u32, end: u32) {
        self.0.push((start, end));
    }

    pub(super) fn pop(&mut self) {
        self.0.pop();
    }
}
