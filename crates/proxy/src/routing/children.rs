//! The literal segments below a node: a short list, or a map where a list would be slow to look through.

use foldhash::{HashMap, HashMapExt};

use super::tree::NodeId;

/// The longest list; comparing lengths settles most of it without touching the text.
const LIST_AT_MOST: usize = 8;

/// The literal segments below a node.
#[derive(Debug)]
pub(super) enum Children {
    List(Vec<(Box<str>, NodeId)>),
    Map(HashMap<Box<str>, NodeId>),
}

impl Children {
    pub(super) const fn new() -> Self {
        Self::List(Vec::new())
    }

    pub(super) fn find(&self, segment: &str) -> Option<NodeId> {
        match self {
            Self::List(list) => list.iter().find(|(text, _)| **text == *segment).map(|(_, node)| *node),
            Self::Map(map) => map.get(segment).copied(),
        }
    }

    pub(super) fn shrink(&mut self) {
        match self {
            Self::List(list) => list.shrink_to_fit(),
            Self::Map(map) => map.shrink_to_fit(),
        }
    }

    /// Adds a segment that is not there yet.
    pub(super) fn add(&mut self, segment: &str, node: NodeId) {
        match self {
            Self::List(list) if list.len() < LIST_AT_MOST => list.push((segment.into(), node)),
            Self::List(list) => {
                let mut map = HashMap::with_capacity(2 * LIST_AT_MOST);
                map.extend(std::mem::take(list));
                map.insert(segment.into(), node);
                *self = Self::Map(map);
            }
            Self::Map(map) => {
                map.insert(segment.into(), node);
            }
        }
    }
}
