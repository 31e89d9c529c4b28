//! What a call may cost, by dialect: the profile's numbers, and those that somebody changed.

use foldhash::HashMap;
use paifang_model::Quota;
use paifang_model::dialect::Dialect;
use paifang_model::id::QuotaId;
use paifang_model::kind::Kind;
use paifang_model::limits::{Limits, Profile};

use crate::config::{Change, Document};

/// The numbers that somebody changed.
#[derive(Debug, Default)]
pub(super) struct Numbers(HashMap<QuotaId, Quota>);

impl Numbers {
    /// Takes a change; whether it was one of these.
    pub(super) fn apply(&mut self, change: &Change) -> bool {
        match change {
            Change::Put(Document::Quota(quota)) => {
                self.0.insert(quota.id, quota.clone());
                true
            }
            Change::Delete(key) if key.kind == Kind::Quota => self.0.remove(&key.id.into()).is_some(),
            _ => false,
        }
    }

    /// What a call to a group of a dialect may cost.
    pub(super) fn limits(&self, profile: Profile, dialect: Dialect) -> Limits {
        Limits::of(profile, dialect).changed(dialect, self.0.values())
    }
}
