//! The entries that end at one place of the tree, in the order in which they are tried.

use std::sync::Arc;

use http::Method;
use paifang_model::definition::{MatchMode, MethodRule};
use paifang_model::path::PathPattern;

use super::conflict::Conflict;

/// The entries that end at one place of the tree.
#[derive(Debug)]
pub(super) struct Leaf<T>(Vec<Entry<T>>);

#[derive(Debug)]
pub(super) struct Entry<T> {
    pub(super) rank: Rank,
    pub(super) method: MethodRule,
    /// For the text of a conflict.
    pub(super) pattern: Arc<PathPattern>,
    pub(super) value: T,
}

/// What tells entries of one leaf apart before their methods do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Exact,
    Prefix,
    /// A prefix that ends in `/`, beside wildcards, which match the same paths.
    SlashPrefix,
}

impl Rank {
    pub(super) const fn of(mode: MatchMode) -> Self {
        match mode {
            MatchMode::Exact => Self::Exact,
            MatchMode::Prefix => Self::Prefix,
        }
    }

    const fn mode(self) -> MatchMode {
        match self {
            Self::Exact => MatchMode::Exact,
            Self::Prefix | Self::SlashPrefix => MatchMode::Prefix,
        }
    }
}

impl<T> Leaf<T> {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The entries from this rank on, in order.
    pub(super) fn from(&self, rank: Rank) -> &[Entry<T>] {
        let first = self.0.iter().position(|entry| entry.rank >= rank).unwrap_or(self.0.len());
        &self.0[first..]
    }

    pub(super) fn shrink(&mut self) {
        self.0.shrink_to_fit();
    }

    pub(super) fn add(&mut self, entry: Entry<T>) -> Result<(), Conflict> {
        match self.0.binary_search_by_key(&entry.order(), Entry::order) {
            Ok(found) => Err(Conflict {
                existing: PathPattern::clone(&self.0[found].pattern),
                added: PathPattern::clone(&entry.pattern),
                method: entry.method,
                mode: entry.rank.mode(),
            }),
            Err(place) => {
                self.0.insert(place, entry);
                Ok(())
            }
        }
    }
}

impl<T> Entry<T> {
    /// The method itself only makes the order total: two different ones never fit the same request.
    fn order(&self) -> (Rank, u8, MethodRule) {
        let specific = match self.method {
            MethodRule::Multipart => 0,
            MethodRule::Any => 2,
            _ => 1,
        };
        (self.rank, specific, self.method)
    }
}

/// The method that is asked for, compared with names once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    /// None: a method that only `ANY` answers.
    named: Option<MethodRule>,
    multipart: bool,
}

impl Wanted {
    pub(super) fn new(method: &Method, multipart: bool) -> Self {
        let named = Some(match *method {
            Method::GET => MethodRule::Get,
            Method::POST => MethodRule::Post,
            Method::PUT => MethodRule::Put,
            Method::DELETE => MethodRule::Delete,
            Method::HEAD => MethodRule::Head,
            Method::PATCH => MethodRule::Patch,
            Method::OPTIONS => MethodRule::Options,
            Method::TRACE => MethodRule::Trace,
            _ => return Self { named: None, multipart: false },
        });
        Self { named, multipart: multipart && named == Some(MethodRule::Post) }
    }

    pub(super) fn fits(self, rule: MethodRule) -> bool {
        match rule {
            MethodRule::Any => true,
            MethodRule::Multipart => self.multipart,
            named => self.named == Some(named),
        }
    }
}
