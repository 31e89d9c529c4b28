//! The tree: a node per segment, with up to three leaves. Nodes lie in one vector and know each other by index.

use std::sync::Arc;

use paifang_model::definition::{MatchMode, MethodRule};
use paifang_model::path::{PathPattern, Segment};

use super::children::Children;
use super::conflict::Conflict;
use super::leaf::{Entry, Leaf, Rank};

/// The tree. There is always a root.
#[derive(Debug)]
pub(super) struct Tree<T> {
    nodes: Vec<Node<T>>,
}

/// The index of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NodeId(usize);

/// What can follow the segments that lead here.
#[derive(Debug)]
pub(super) struct Node<T> {
    pub(super) literals: Children,
    pub(super) parameter: Option<NodeId>,
    /// Patterns that end here; those of prefix mode go on after a `/`.
    pub(super) here: Leaf<T>,
    /// `{name+}`: all that follows, at least one character.
    pub(super) rest: Leaf<T>,
    /// `/*` and prefixes that end in `/`: all that follows a `/`, if only nothing.
    pub(super) below: Leaf<T>,
}

#[derive(Debug, Clone, Copy)]
enum Place {
    Here,
    Rest,
    Below,
}

impl<T> Tree<T> {
    pub(super) const ROOT: NodeId = NodeId(0);

    pub(super) fn new() -> Self {
        Self { nodes: vec![Node::new()] }
    }

    pub(super) fn node(&self, id: NodeId) -> &Node<T> {
        &self.nodes[id.0]
    }

    pub(super) fn insert(
        &mut self,
        pattern: &Arc<PathPattern>,
        method: MethodRule,
        mode: MatchMode,
        value: T,
    ) -> Result<(), Conflict> {
        let (way, place, rank) = place(pattern.segments(), mode);
        let node = way.iter().fold(Self::ROOT, |node, segment| self.child(node, segment));
        let leaf = self.nodes[node.0].leaf_mut(place);
        leaf.add(Entry { rank, method, pattern: Arc::clone(pattern), value })
    }

    /// Gives back the room that was for more.
    pub(super) fn shrink(&mut self) {
        self.nodes.shrink_to_fit();
        for node in &mut self.nodes {
            node.literals.shrink();
            [&mut node.here, &mut node.rest, &mut node.below].into_iter().for_each(Leaf::shrink);
        }
    }

    /// The node below this one for a segment, made when it is not there.
    fn child(&mut self, parent: NodeId, segment: &Segment) -> NodeId {
        let new = NodeId(self.nodes.len());
        let parent = &mut self.nodes[parent.0];
        match segment {
            Segment::Literal(text) => {
                if let Some(found) = parent.literals.find(text) {
                    return found;
                }
                parent.literals.add(text, new);
            }
            // The last two only end a pattern, and what ends a pattern is a leaf.
            Segment::Parameter(_) | Segment::Rest(_) | Segment::Wildcard => {
                if let Some(found) = parent.parameter {
                    return found;
                }
                parent.parameter = Some(new);
            }
        }
        self.nodes.push(Node::new());
        new
    }
}

/// The segments that lead to a leaf, which leaf it is, and where in it the entry stands.
fn place(segments: &[Segment], mode: MatchMode) -> (&[Segment], Place, Rank) {
    match (segments.split_last(), mode) {
        (Some((Segment::Rest(_), way)), mode) => (way, Place::Rest, Rank::of(mode)),
        (Some((Segment::Wildcard, way)), mode) => (way, Place::Below, Rank::of(mode)),
        (Some((Segment::Literal(last), way)), MatchMode::Prefix) if last.is_empty() => {
            (way, Place::Below, Rank::SlashPrefix)
        }
        (_, mode) => (segments, Place::Here, Rank::of(mode)),
    }
}

impl<T> Node<T> {
    const fn new() -> Self {
        Self {
            literals: Children::new(),
            parameter: None,
            here: Leaf::new(),
            rest: Leaf::new(),
            below: Leaf::new(),
        }
    }

    const fn leaf_mut(&mut self, place: Place) -> &mut Leaf<T> {
        match place {
            Place::Here => &mut self.here,
            Place::Rest => &mut self.rest,
            Place::Below => &mut self.below,
        }
    }
}
