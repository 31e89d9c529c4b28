//! Refused and failed calls by error code.

use std::sync::OnceLock;

use super::counter::Counter;

/// More codes than both dialects have together.
const ROWS: usize = 64;

/// The name under which codes are counted that found no row.
pub(super) const OTHER: &str = "other";

/// A row per code, in the order in which they first came. It has a bound; rows are never given up.
#[derive(Debug)]
pub(super) struct Errors {
    rows: [Row; ROWS],
    other: Counter,
}

#[derive(Debug, Default)]
struct Row {
    code: OnceLock<&'static str>,
    count: Counter,
}

impl Default for Errors {
    fn default() -> Self {
        Self { rows: std::array::from_fn(|_| Row::default()), other: Counter::default() }
    }
}

impl Errors {
    pub(super) fn count(&self, code: &'static str) {
        let row = self.rows.iter().find(|row| *row.code.get_or_init(|| code) == code);
        row.map_or(&self.other, |row| &row.count).add(1);
    }

    /// Each code with its count.
    pub(super) fn counts(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let coded = self.rows.iter().map_while(|row| Some((*row.code.get()?, row.count.value())));
        let other = Some((OTHER, self.other.value())).filter(|(_, count)| *count > 0);
        coded.chain(other)
    }
}
