//! Which of two patterns that match the same path comes first: the order of the walk, for who has both matches. Asked where a
//! preflight's own API and the one that it is about are two.

use std::cmp::Ordering;

use paifang_model::path::{PathPattern, Segment};

use super::leaf::{Entry, Rank};

/// Where a match stands among all that match the same path.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    pattern: &'a PathPattern,
    rank: Rank,
}

/// What stands where the path has a segment, or goes on; first what says most.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Literal,
    Parameter,
    Rest,
    Wildcard,
    OpenSlash,
    Open,
}

impl<'a> Place<'a> {
    pub(super) fn of<T>(entry: &'a Entry<T>) -> Self {
        Self { pattern: &entry.pattern, rank: entry.rank }
    }

    /// How this place and another of the same path follow each other; equal: the same shape in the same mode.
    #[must_use]
    pub fn order(&self, other: &Place<'_>) -> Ordering {
        self.steps().cmp(other.steps())
    }

    /// Whether both patterns have the same shape, in whichever mode.
    #[must_use]
    pub fn is_same_path(&self, other: &Place<'_>) -> bool {
        self.pattern.shape() == other.pattern.shape()
    }

    fn steps(&self) -> impl Iterator<Item = Step> {
        let segments = self.pattern.segments();
        let (way, end) = match self.rank {
            Rank::Exact => (segments, None),
            Rank::Prefix => (segments, Some(Step::Open)),
            Rank::SlashPrefix => (&segments[..segments.len().saturating_sub(1)], Some(Step::OpenSlash)),
        };
        way.iter().map(Step::of).chain(end)
    }
}

impl Step {
    const fn of(segment: &Segment) -> Self {
        match segment {
            Segment::Literal(_) => Self::Literal,
            Segment::Parameter(_) => Self::Parameter,
            Segment::Rest(_) => Self::Rest,
            Segment::Wildcard => Self::Wildcard,
        }
    }
}
