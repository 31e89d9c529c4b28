//! Figures that are not in the store yet: a bounded number of rows, the newest minutes of them.

use std::collections::BTreeMap;

use paifang_model::telemetry::{Figures, MinuteRow, Series};

/// Rows that wait at most: a few minutes of a gateway that has much to tell apart, hours of one that has not.
const ROWS_AT_MOST: usize = 20_000;

/// Figures that wait to be written.
#[derive(Debug, Default)]
pub(super) struct Waiting(BTreeMap<(i64, Series), Figures>);

impl Waiting {
    /// More waits. Returns how many calls of the oldest minutes there was no room for.
    pub(super) fn add(&mut self, rows: Vec<MinuteRow>) -> u64 {
        for MinuteRow { minute, series, figures } in rows {
            *self.0.entry((minute, series)).or_default() += figures;
        }
        let mut lost = 0;
        while self.0.len() > ROWS_AT_MOST
            && let Some(((_, series), figures)) = self.0.pop_first()
        {
            // Each call is in one of these, and in others too.
            lost += if matches!(series, Series::All(_)) { figures.requests } else { 0 };
        }
        lost
    }

    /// What waits, oldest minute first.
    pub(super) fn rows(&self) -> Vec<MinuteRow> {
        let row = |(&(minute, series), &figures)| MinuteRow { minute, series, figures };
        self.0.iter().map(row).collect()
    }

    /// These do not wait any more.
    pub(super) fn written(&mut self, rows: &[MinuteRow]) {
        for row in rows {
            self.0.remove(&(row.minute, row.series));
        }
    }
}
