//! How many of each there may be: the table, and what the store is asked to uphold.

use paifang_model::limits::Profile;
use paifang_model::{Dialect, Id, Kind, Policy, PolicyKind};
use paifang_store::{Expectation, Query};

use crate::control::Control;
use crate::error::Error;

/// One line of the table.
struct Quota {
    kind: Kind,
    /// Whose groups it is for; none: everybody's.
    dialect: Option<Dialect>,
    within: Within,
    at_most: u64,
}

/// What a quota counts in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// All there are.
    All,
    /// Those of the same dialect.
    Dialect,
    /// Those that belong to the same document.
    Scope,
}

/// The clouds' numbers (spec: aliyun/console-and-quotas.md §4, aliyun/calling.md §8, huawei/console-and-quotas.md).
#[rustfmt::skip]
const CLOUD: &[Quota] = &[
    Quota { kind: Kind::Group, dialect: Some(Dialect::Alibaba), within: Within::Dialect, at_most: 50 },
    Quota { kind: Kind::Group, dialect: Some(Dialect::Huawei), within: Within::Dialect, at_most: 50 },
    Quota { kind: Kind::Api, dialect: Some(Dialect::Alibaba), within: Within::Scope, at_most: 200 },
    // The cloud counts all groups together; here each may use the number up.
    Quota { kind: Kind::Api, dialect: Some(Dialect::Huawei), within: Within::Scope, at_most: 200 },
    Quota { kind: Kind::Variable, dialect: None, within: Within::Scope, at_most: 50 },
    Quota { kind: Kind::Domain, dialect: None, within: Within::Scope, at_most: 5 },
    // Apps are shared by both dialects: the larger number.
    Quota { kind: Kind::App, dialect: None, within: Within::All, at_most: 1_000 },
    Quota { kind: Kind::Channel, dialect: None, within: Within::All, at_most: 30 },
];

/// Policies, which are counted by dialect and kind (spec: huawei/console-and-quotas.md).
const CLOUD_POLICIES: &[(Dialect, PolicyKind, u64)] = &[(Dialect::Huawei, PolicyKind::Throttle, 30)];

/// A number that the store must uphold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cap {
    /// What the store counts.
    pub(crate) expectation: Expectation,
    /// The number as the caller knows it.
    pub(crate) at_most: u64,
}

impl Cap {
    /// So many of a kind within a document.
    pub(crate) fn within(scope: impl Into<Id>, kind: Kind, at_most: u64) -> Self {
        Self { expectation: Expectation::AtMost { kind, scope: Some(scope.into()), n: at_most }, at_most }
    }
}

impl Control {
    /// What the store must uphold when one more is made; none where there is no quota.
    pub(crate) async fn quota(
        &self,
        kind: Kind,
        dialect: Option<Dialect>,
        scope: Id,
    ) -> Result<Option<Cap>, Error> {
        let applies =
            |quota: &&Quota| quota.kind == kind && (quota.dialect.is_none() || quota.dialect == dialect);
        let Some(quota) = table(self.settings().profile).iter().find(applies) else { return Ok(None) };
        let (scope, others) = match (quota.within, dialect) {
            (Within::Scope, _) => (Some(scope), 0),
            (Within::Dialect, Some(dialect)) => (None, self.others(kind, dialect).await?),
            (Within::Dialect | Within::All, _) => (None, 0),
        };
        let expectation = Expectation::AtMost { kind, scope, n: quota.at_most + others };
        Ok(Some(Cap { expectation, at_most: quota.at_most }))
    }

    /// How many stages there may be is a rule of the dialect, in every profile.
    pub(crate) async fn stage_quota(&self, dialect: Dialect) -> Result<Cap, Error> {
        let at_most = dialect.rules().stages_at_most;
        let n = at_most + self.others(Kind::Stage, dialect).await?;
        Ok(Cap { expectation: Expectation::AtMost { kind: Kind::Stage, scope: None, n }, at_most })
    }

    /// What the store must uphold when one more policy is made; none where there is no quota. The store counts all
    /// policies; those of other families are let through beside the quota.
    pub(crate) async fn policy_quota(
        &self,
        dialect: Dialect,
        kind: PolicyKind,
    ) -> Result<Option<Cap>, Error> {
        let quota = match self.settings().profile {
            Profile::Own => None,
            Profile::Cloud => CLOUD_POLICIES.iter().find(|quota| (quota.0, quota.1) == (dialect, kind)),
        };
        let Some((_, _, at_most)) = quota else { return Ok(None) };
        let all = self.documents().count(Query::of::<Policy>()).await?;
        let family = Query::of::<Policy>().eq("family", Policy::family(dialect, kind));
        let others = all.saturating_sub(self.documents().count(family).await?);
        let expectation = Expectation::AtMost { kind: Kind::Policy, scope: None, n: at_most + others };
        Ok(Some(Cap { expectation, at_most: *at_most }))
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

const fn table(profile: Profile) -> &'static [Quota] {
    match profile {
        Profile::Own => &[],
        Profile::Cloud => CLOUD,
    }
}
