//! Lists the numbers: what each is, how much of it is used, and why it is what it is.

use std::collections::HashMap;

use paifang_model::id::{AppId, GroupId, StageId};
use paifang_model::quota::{Counted, Within};
use paifang_model::{App, Dialect, Group, Policy, Quota, QuotaName, Stage, Variable};
use paifang_store::{Query, Stored};

use super::QuotaState;
use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::resource::ResourcePath;

/// Which numbers are wanted, and within what their use is counted; all that is set must hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QuotaFilter {
    /// Of this dialect, and those of all.
    pub dialect: Option<Dialect>,
    /// With the use within this group; of its dialect, and those of all.
    pub group: Option<GroupId>,
    /// With the use within this stage of the group.
    pub stage: Option<StageId>,
    /// With the use within this app.
    pub app: Option<AppId>,
}

impl Context {
    /// The numbers, those of all groups first. Their use is counted from the store's rows, never by reading documents.
    ///
    /// # Errors
    /// When the caller may not, or there is no such group, stage or app; a stage without a group says nothing.
    pub async fn list_quotas(&self, filter: QuotaFilter) -> Result<Vec<QuotaState>, Error> {
        self.may(Action::ReadQuotas, &ResourcePath::all(Noun::Quota)).await?;
        let dialect = self.asked_dialect(filter).await?;
        let mut changed = self.changed_quotas().await?;
        let mut states = Vec::new();
        for name in QuotaName::all() {
            if dialect.is_some() && name.dialect.is_some() && name.dialect != dialect {
                continue;
            }
            let used = self.used(name, filter).await?;
            let changed = changed.remove(&name);
            states.push(QuotaState::of(name, changed, used, self.control.settings().profile));
        }
        Ok(states)
    }

    /// One number, by its name.
    ///
    /// # Errors
    /// When the caller may not, or there is no such number.
    pub async fn read_quota(&self, name: &str) -> Result<QuotaState, Error> {
        let name = super::named(name)?;
        self.may(Action::ReadQuotas, &super::path(name)).await?;
        self.quota_state(name).await
    }

    pub(super) async fn quota_state(&self, name: QuotaName) -> Result<QuotaState, Error> {
        let changed = self.documents().look::<Quota>(Quota::id_of(name)).await?;
        let used = self.used(name, QuotaFilter::default()).await?;
        Ok(QuotaState::of(name, changed, used, self.control.settings().profile))
    }

    async fn asked_dialect(&self, filter: QuotaFilter) -> Result<Option<Dialect>, Error> {
        if let Some(app) = filter.app {
            self.documents().find::<App>(app).await?;
        }
        if let Some(stage) = filter.stage {
            self.documents().find::<Stage>(stage).await?;
        }
        match filter.group {
            Some(group) => Ok(Some(self.documents().find::<Group>(group).await?.value.dialect)),
            None => Ok(filter.dialect),
        }
    }

    async fn changed_quotas(&self) -> Result<HashMap<QuotaName, Stored<Quota>>, Error> {
        let changed = self.documents().all::<Quota>(Query::of::<Quota>()).await?;
        Ok(changed.into_iter().map(|quota| (quota.value.name, quota)).collect())
    }

    async fn used(&self, name: QuotaName, filter: QuotaFilter) -> Result<Option<u64>, Error> {
        let Some(Counted { kind, within }) = name.item.counted() else { return Ok(None) };
        let all = Query::of_kind(kind);
        let counted = match (within, name.dialect) {
            (Within::All, _) => Some(all),
            (Within::Dialect, Some(dialect)) => Some(all.eq("dialect", dialect.name())),
            (Within::Policies(kind), Some(dialect)) => Some(all.eq("family", Policy::family(dialect, kind))),
            (Within::Dialect | Within::Policies(_), None) => None,
            (Within::Group, _) => filter.group.map(|group| all.within(group)),
            (Within::GroupAndStage, _) => filter
                .group
                .zip(filter.stage)
                .map(|(group, stage)| all.within(Variable::scope_of(group, stage))),
            (Within::App, _) => filter.app.map(|app| all.within(app)),
        };
        match counted {
            Some(query) => Ok(Some(self.documents().count(query).await?)),
            None => Ok(None),
        }
    }
}
