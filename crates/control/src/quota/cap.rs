//! What the store is asked to uphold when one more is made.

use paifang_model::quota::{Counted, Item, Within};
use paifang_model::{Dialect, Id, Kind, Policy, PolicyKind};
use paifang_store::{Expectation, Query};

use crate::control::Control;
use crate::error::Error;

/// A number that the store must uphold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cap {
    /// What the store counts.
    pub(crate) expectation: Expectation,
    /// The number as the caller knows it.
    pub(crate) at_most: u64,
}

impl Control {
    /// What the store must uphold when one more of a kind is made in a scope; nothing where there is no quota.
    pub(crate) async fn quota(
        &self,
        kind: Kind,
        dialect: Option<Dialect>,
        scope: Id,
    ) -> Result<Vec<Cap>, Error> {
        let mut caps = Vec::new();
        for item in Item::counting(kind) {
            let Some(at_most) = self.number(item, dialect).await? else { continue };
            let within = item.counted().map(|Counted { within, .. }| within);
            let (scope, others) = match (within, dialect) {
                (Some(Within::Group | Within::GroupAndStage | Within::App), _) => (Some(scope), 0),
                (Some(Within::Dialect), Some(dialect)) => (None, self.others(kind, dialect).await?),
                _ => (None, 0),
            };
            let expectation = Expectation::AtMost { kind, scope, n: at_most.saturating_add(others) };
            caps.push(Cap { expectation, at_most });
        }
        Ok(caps)
    }

    /// What the store must uphold when one more policy is made; none where there is no quota. The store counts all
    /// policies; those of other dialects and kinds are let through beside the quota.
    pub(crate) async fn policy_quota(
        &self,
        dialect: Dialect,
        kind: PolicyKind,
    ) -> Result<Option<Cap>, Error> {
        let Some(item) = Item::counting_policies(kind) else { return Ok(None) };
        let Some(at_most) = self.number(item, Some(dialect)).await? else { return Ok(None) };
        let all = self.documents().count(Query::of::<Policy>()).await?;
        let family = Query::of::<Policy>().eq("family", Policy::family(dialect, kind));
        let others = all.saturating_sub(self.documents().count(family).await?);
        let n = at_most.saturating_add(others);
        Ok(Some(Cap { expectation: Expectation::AtMost { kind: Kind::Policy, scope: None, n }, at_most }))
    }

    /// How many there are of other dialects. The store counts all; these are let through beside the quota.
    async fn others(&self, kind: Kind, dialect: Dialect) -> Result<u64, Error> {
        let mut others = 0;
        for other in Dialect::ALL.into_iter().filter(|other| *other != dialect) {
            others += self.documents().count(Query::of_kind(kind).eq("dialect", other.name())).await?;
        }
        Ok(others)
    }
}
