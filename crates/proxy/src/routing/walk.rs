//! One lookup: down the tree in the order of precedence, and back where a way ends without a fitting method.

use super::captures::Captures;
use super::leaf::{Entry, Rank, Wanted};
use super::tree::{Node, NodeId, Tree};
use super::{Match, NoMatch, Request};

pub(super) fn find<'a, T>(tree: &'a Tree<T>, request: &Request<'a>) -> Result<Match<'a, T>, NoMatch> {
    entry(tree, request).map(|(_, found)| found)
}

/// The match, and the entry that it is of.
pub(super) fn entry<'a, T>(
    tree: &'a Tree<T>,
    request: &Request<'a>,
) -> Result<(&'a Entry<T>, Match<'a, T>), NoMatch> {
    let path = request.path;
    // Captures are kept as 32-bit ranges; no path comes near that.
    if !path.starts_with('/') || u32::try_from(path.len()).is_err() {
        return Err(NoMatch::Path);
    }
    let wanted = Wanted::new(request.method, request.multipart);
    let mut walk = Walk { tree, path, wanted, captures: Captures::default(), path_matched: false };
    match walk.at(Tree::<T>::ROOT, 0) {
        Some(Hit { entry, suffix }) => {
            Ok((entry, Match { value: &entry.value, captures: walk.captures, suffix: &path[suffix..] }))
        }
        None if walk.path_matched => Err(NoMatch::Method),
        None => Err(NoMatch::Path),
    }
}

struct Walk<'a, T> {
    tree: &'a Tree<T>,
    path: &'a str,
    wanted: Wanted,
    captures: Captures,
    path_matched: bool,
}

/// The entry, and where in the path the suffix starts.
struct Hit<'a, T> {
    entry: &'a Entry<T>,
    suffix: usize,
}

impl<'a, T> Walk<'a, T> {
    /// Goes on from a node whose segments end before `end`: there the path is over or has a `/`. As deep as the
    /// longest pattern at most.
    fn at(&mut self, id: NodeId, end: usize) -> Option<Hit<'a, T>> {
        let tree = self.tree;
        let node = tree.node(id);
        if end == self.path.len() {
            return self.pick(node.here.from(Rank::Exact), end);
        }
        self.deeper(node, end + 1)
            .or_else(|| self.rest(node, end + 1))
            .or_else(|| self.pick(node.below.from(Rank::Exact), end + 1))
            .or_else(|| self.pick(node.here.from(Rank::Prefix), end))
    }

    /// The literal that stands at `start`, or else a parameter.
    fn deeper(&mut self, node: &Node<T>, start: usize) -> Option<Hit<'a, T>> {
        let rest = &self.path[start..];
        let end = memchr::memchr(b'/', rest.as_bytes()).map_or(self.path.len(), |length| start + length);
        let literal = node.literals.find(&self.path[start..end]);
        if let Some(hit) = literal.and_then(|child| self.at(child, end)) {
            return Some(hit);
        }
        let child = node.parameter.filter(|_| end > start)?;
        self.capturing(start, end, |walk| walk.at(child, end))
    }

    fn rest(&mut self, node: &'a Node<T>, start: usize) -> Option<Hit<'a, T>> {
        let end = self.path.len();
        if node.rest.is_empty() || start == end {
            return None;
        }
        self.capturing(start, end, |walk| walk.pick(node.rest.from(Rank::Exact), end))
    }

    /// Keeps a capture for as long as the way that it opens holds.
    fn capturing(
        &mut self,
        start: usize,
        end: usize,
        way: impl FnOnce(&mut Self) -> Option<Hit<'a, T>>,
    ) -> Option<Hit<'a, T>> {
        self.captures.push(start as u32, end as u32);
        let hit = way(self);
        if hit.is_none() {
            self.captures.pop();
        }
        hit
    }

    fn pick(&mut self, entries: &'a [Entry<T>], suffix: usize) -> Option<Hit<'a, T>> {
        self.path_matched |= !entries.is_empty();
        let entry = entries.iter().find(|entry| self.wanted.fits(entry.method))?;
        Some(Hit { entry, suffix })
    }
}
