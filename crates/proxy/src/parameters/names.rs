//! A sorted table of names, so that a request with thousands of query pieces costs a few comparisons for each.

use std::cmp::Ordering;

/// So many names are gone through one by one.
const FEW: usize = 8;

/// How names are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// Byte by byte.
    Exact,
    /// ASCII letters without regard to case.
    Ignored,
}

/// Names and what is known about each.
#[derive(Debug)]
pub(super) struct Names {
    case: Case,
    sorted: Box<[(Box<str>, Known)]>,
}

/// What is known about a name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// The declared parameter that is read here.
    pub(super) declared: Option<u16>,
    /// Whether the caller's own values go on to the backend.
    pub(super) passes: bool,
}

impl Names {
    /// Merges entries of one name: it passes when all of them let it.
    pub(super) fn new(case: Case, entries: impl IntoIterator<Item = (String, Known)>) -> Self {
        let mut sorted: Vec<(Box<str>, Known)> =
            entries.into_iter().map(|(name, known)| (case.fold(name).into_boxed_str(), known)).collect();
        sorted.sort_by(|(one, _), (other, _)| one.cmp(other));
        sorted.dedup_by(|(dropped, more), (kept, known)| {
            let same = dropped == kept;
            if same {
                known.declared = known.declared.or(more.declared);
                known.passes &= more.passes;
            }
            same
        });
        Self { case, sorted: sorted.into_boxed_slice() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    pub(super) fn find(&self, name: &str) -> Option<Known> {
        // Names mostly differ in length, which tells faster than an order does.
        let at = if self.sorted.len() <= FEW {
            self.sorted.iter().position(|(known, _)| self.case.same(known, name))?
        } else {
            self.sorted.binary_search_by(|(known, _)| self.case.compare(known, name)).ok()?
        };
        Some(self.sorted[at].1)
    }
}

impl Case {
    fn fold(self, name: String) -> String {
        match self {
            Self::Exact => name,
            Self::Ignored => name.to_ascii_lowercase(),
        }
    }

    /// Whether two names are one.
    pub(super) fn same(self, one: &str, other: &str) -> bool {
        match self {
            Self::Exact => one == other,
            Self::Ignored => one.eq_ignore_ascii_case(other),
        }
    }

    fn compare(self, folded: &str, name: &str) -> Ordering {
        match self {
            Self::Exact => folded.cmp(name),
            Self::Ignored => folded.bytes().cmp(name.bytes().map(|byte| byte.to_ascii_lowercase())),
        }
    }
}
