//! The documents behind the lists that are no single API's. They are few and change rarely: a change makes all of them
//! ready anew.

use std::sync::Arc;

use foldhash::HashMap;
use paifang_model::id::{AccessListId, BlackListId};
use paifang_model::{AccessList, BlackList};

use super::Snapshot;
use crate::outsiders::{AccessRules, BlackLists};

/// The lists, and whether they are others than those of the last snapshot.
#[derive(Debug, Default)]
pub(super) struct Outsiders {
    access: HashMap<AccessListId, AccessList>,
    black: HashMap<BlackListId, BlackList>,
    access_changed: bool,
    black_changed: bool,
}

impl Outsiders {
    pub(super) fn put_access(&mut self, list: AccessList) {
        self.access_changed = true;
        self.access.insert(list.id, list);
    }

    pub(super) fn delete_access(&mut self, id: AccessListId) {
        self.access_changed |= self.access.remove(&id).is_some();
    }

    pub(super) fn put_black(&mut self, list: BlackList) {
        self.black_changed = true;
        self.black.insert(list.id, list);
    }

    pub(super) fn delete_black(&mut self, id: BlackListId) {
        self.black_changed |= self.black.remove(&id).is_some();
    }

    /// Puts what changed into a snapshot.
    pub(super) fn settle(&mut self, snapshot: &mut Snapshot) {
        if std::mem::take(&mut self.access_changed) {
            snapshot.access_rules = AccessRules::of(self.access.values()).map(Arc::new);
        }
        if std::mem::take(&mut self.black_changed) {
            snapshot.black_lists = BlackLists::of(self.black.values()).map(Arc::new);
        }
    }
}
