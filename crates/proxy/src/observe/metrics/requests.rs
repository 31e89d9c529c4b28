//! Calls by dialect, class of status and who answered.

use http::StatusCode;
use paifang_model::Dialect;

use super::counter::Counter;
use crate::observe::{End, Record};

pub(super) const CLASSES: [&str; 6] = ["1xx", "2xx", "3xx", "4xx", "5xx", "other"];

/// Calls by dialect, class of status and who answered.
#[derive(Debug, Default)]
pub(super) struct Requests([[[Counter; AnsweredBy::ALL.len()]; CLASSES.len()]; Dialect::ALL.len()]);

/// Who answered a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AnsweredBy {
    /// The backend.
    Backend,
    /// The gateway: a refusal, a failure, a mock, a preflight.
    Gateway,
    /// The client left before there was an answer.
    Nobody,
}

/// Where a call is counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) dialect: Dialect,
    /// An index into [`CLASSES`].
    pub(super) class: usize,
    pub(super) answered_by: AnsweredBy,
}

impl Requests {
    pub(super) fn count(&self, record: &Record) {
        let (dialect, class, answered_by) = (record.dialect, class(record.status), AnsweredBy::of(record));
        self.at(Place { dialect, class, answered_by }).add(1);
    }

    pub(super) fn at(&self, place: Place) -> &Counter {
        &self.0[place.dialect as usize][place.class][place.answered_by as usize]
    }
}

impl Place {
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let classes = |dialect| (0..CLASSES.len()).map(move |class| (dialect, class));
        let answers = |(dialect, class)| {
            AnsweredBy::ALL.into_iter().map(move |answered_by| Self { dialect, class, answered_by })
        };
        Dialect::ALL.into_iter().flat_map(classes).flat_map(answers)
    }

    /// Whether it is shown before its first call, so that rates see that one too.
    pub(super) fn is_usual(self) -> bool {
        self.answered_by != AnsweredBy::Nobody && !matches!(CLASSES[self.class], "1xx" | "other")
    }
}

impl AnsweredBy {
    const ALL: [Self; 3] = [Self::Backend, Self::Gateway, Self::Nobody];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Backend => "backend",
            Self::Gateway => "gateway",
            Self::Nobody => "nobody",
        }
    }

    fn of(record: &Record) -> Self {
        let unanswered = record.end == End::ClientGone && record.status.as_u16() == 499;
        match (record.backend, record.error) {
            (Some(_), None) => Self::Backend,
            (None, None) if unanswered => Self::Nobody,
            _ => Self::Gateway,
        }
    }
}

fn class(status: StatusCode) -> usize {
    match status.as_u16() / 100 {
        hundreds @ 1..=5 => usize::from(hundreds) - 1,
        _ => CLASSES.len() - 1,
    }
}
