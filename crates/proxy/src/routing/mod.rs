//! Finds the API for a path and a method. Our own tree, because no library lets the method take part in precedence.
//!
//! A path is cut at each `/`; case counts, and `/test` and `/test/` differ. Patterns that match the same path
//! are tried in this order, most specific first:
//!
//! 1. Segment by segment from the left, by what stands there: a literal, a parameter, a rest (`{name+}`), a
//!    wildcard (`/*`), the open end of a prefix `/test/`, the open end of a prefix `/test`. So of two prefixes
//!    the longer one comes first, and a prefix comes after everything that says more about what follows.
//! 2. Of the same pattern, exact mode before prefix mode.
//! 3. Of the same pattern and mode, `MULTIPART`, the method by its name, `ANY`.
//!
//! The first of them whose method fits is the match: a pattern without a fitting method is passed over, however
//! specific it is.
//!
//! A prefix matches its own path and whatever goes on after a `/` (spec: huawei/api-model.md §2). Where the
//! pattern ends in a rest or a wildcard, which take everything anyway, prefix mode adds nothing but comes later
//! in the order.

mod captures;
mod children;
mod conflict;
mod leaf;
mod place;
mod tree;
mod walk;

use std::sync::Arc;

use http::Method;
use paifang_model::definition::{MatchMode, MethodRule};
use paifang_model::path::PathPattern;

pub use captures::Captures;
pub use conflict::Conflict;
pub use place::Place;
use tree::Tree;

/// The APIs of one group and stage by path and method. It does not change once it is built.
#[derive(Debug)]
pub struct Table<T>(Tree<T>);

/// What a lookup goes by.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The decoded path; it starts with `/`.
    pub path: &'a str,
    /// The method.
    pub method: &'a Method,
    /// Whether the body is `multipart/form-data`.
    pub multipart: bool,
}

/// What was found.
#[derive(Debug)]
pub struct Match<'a, T> {
    /// What was added with the pattern.
    pub value: &'a T,
    /// Where the values of the pattern's parameters are in the path.
    pub captures: Captures,
    /// What follows the match: after the `/` of a wildcard or of a prefix that ends in `/`, empty or starting
    /// with `/` after any other prefix, empty where the whole path was matched.
    pub suffix: &'a str,
}

/// Why nothing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoMatch {
    /// No pattern matches the path.
    Path,
    /// Patterns match the path, but none of them the method.
    Method,
}

impl<T> Table<T> {
    /// A table to add to.
    #[must_use]
    pub fn builder() -> Builder<T> {
        Builder { tree: Tree::new(), len: 0 }
    }

    /// The first match in the module's order. Visits each node of the tree at most once, and allocates only when
    /// a match has more than eight parameters.
    ///
    /// # Errors
    /// Why nothing was found.
    pub fn find<'a>(&'a self, request: &Request<'a>) -> Result<Match<'a, T>, NoMatch> {
        walk::find(&self.0, request)
    }

    /// The same, with where the match stands among all of the path.
    ///
    /// # Errors
    /// Why nothing was found.
    pub fn find_placed<'a>(&'a self, request: &Request<'a>) -> Result<(Place<'a>, Match<'a, T>), NoMatch> {
        walk::entry(&self.0, request).map(|(entry, found)| (Place::of(entry), found))
    }
}

/// A table that is being built.
#[derive(Debug)]
pub struct Builder<T> {
    tree: Tree<T>,
    len: usize,
}

impl<T> Builder<T> {
    /// Adds a pattern, with the base path already before it.
    ///
    /// # Errors
    /// When a pattern of the same shape was added with the same method and mode; that one stays.
    pub fn add(
        &mut self,
        pattern: &Arc<PathPattern>,
        method: MethodRule,
        mode: MatchMode,
        value: T,
    ) -> Result<(), Conflict> {
        self.tree.insert(pattern, method, mode, value)?;
        self.len += 1;
        Ok(())
    }

    /// How many patterns it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The table.
    #[must_use]
    pub fn build(mut self) -> Table<T> {
        self.tree.shrink();
        Table(self.tree)
    }
}
