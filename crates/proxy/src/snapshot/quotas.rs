//! Quotas of apps. A quota is in the facts of each app that has it, so that a call looks nothing up; a change of it changes
//! those facts.

use std::collections::HashSet;
use std::sync::Arc;

use foldhash::HashMap;
use paifang_model::AppQuota;
use paifang_model::id::{AppId, AppQuotaId};

use crate::policy::{LimitRule, app_quota};

/// Quotas, and which apps have them.
#[derive(Debug, Default)]
pub(super) struct Quotas {
    rules: HashMap<AppQuotaId, Arc<LimitRule>>,
    of_app: HashMap<AppId, AppQuotaId>,
    apps: HashMap<AppQuotaId, HashSet<AppId>>,
}

impl Quotas {
    /// Takes a quota; tells the apps that have it.
    pub(super) fn put(&mut self, quota: &AppQuota) -> Vec<AppId> {
        self.rules.insert(quota.id, Arc::new(app_quota::rule(quota)));
        self.apps_of(quota.id)
    }

    /// Forgets a quota; tells the apps that have it all the same.
    pub(super) fn delete(&mut self, id: AppQuotaId) -> Vec<AppId> {
        self.rules.remove(&id);
        self.apps_of(id)
    }

    /// Notes which quota an app has, if any.
    pub(super) fn bind(&mut self, app: AppId, quota: Option<AppQuotaId>) {
        let before = match quota {
            Some(quota) => self.of_app.insert(app, quota),
            None => self.of_app.remove(&app),
        };
        if let Some(apps) = before.and_then(|before| self.apps.get_mut(&before)) {
            apps.remove(&app);
        }
        if let Some(quota) = quota {
            self.apps.entry(quota).or_default().insert(app);
        }
    }

    /// The limit of an app.
    pub(super) fn rule(&self, app: AppId) -> Option<Arc<LimitRule>> {
        let quota = *self.of_app.get(&app)?;
        Some(self.rules.get(&quota).map_or_else(|| Arc::new(app_quota::missing(quota)), Arc::clone))
    }

    fn apps_of(&self, quota: AppQuotaId) -> Vec<AppId> {
        self.apps.get(&quota).into_iter().flatten().copied().collect()
    }
}
