//! What a task is to do, as it is asked for: judged as a whole, before anything is written.

use std::collections::HashSet;

use paifang_model::id::{ApiId, AppId, GrantId, StageId};
use paifang_model::name::check_length;
use paifang_model::{Rule, Violations};
use serde::Deserialize;

use super::{AT_MOST, Errand, TaskKind};

/// What a task is to do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TaskDraft {
    /// What is done to each item.
    pub kind: TaskKind,
    /// What it is done to: 1 to 1,000, none of them twice.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 1000))]
    pub items: Vec<TaskItemDraft>,
    /// `deploy_apis`, `create_grants`: what is kept with each version or grant.
    #[serde(default)]
    pub remark: String,
    /// `create_grants`: when the grants end, in milliseconds since 1970; absent: never.
    #[serde(default)]
    pub until: Option<i64>,
}

/// One item. Which members it has follows from the kind: `deploy_apis`, `take_apis_offline`,
/// `follow_backend_services` and `follow_backend_accesses` have `api` and `stage`, `delete_apis` has `api`, `create_grants` has `app`, `api` and `stage`, `revoke_grants` has `grant`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct TaskItemDraft {
    /// The API.
    pub api: Option<ApiId>,
    /// The stage.
    pub stage: Option<StageId>,
    /// The app.
    pub app: Option<AppId>,
    /// The grant.
    pub grant: Option<GrantId>,
}

impl TaskDraft {
    /// What is to be done, or all complaints that need no look at what is there.
    pub(super) fn errands(&self, now: i64) -> Result<Vec<Errand>, Violations> {
        let mut violations = Violations::new();
        let given = self.items.len();
        if !(1..=AT_MOST).contains(&given) {
            let message = format!("{given} items are named: 1 to {AT_MOST} are allowed");
            violations.add("/items", Rule::Range, message);
        }
        self.check_common(now, &mut violations);
        // Only so many are looked at.
        let items = if given > AT_MOST { &[] } else { self.items.as_slice() };
        let mut seen = HashSet::new();
        let mut errands = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let pointer = format!("/items/{index}");
            if !seen.insert(item) {
                violations.add(&pointer, Rule::Duplicate, "it is there twice");
            }
            match self.errand(item) {
                Some(errand) if item.has_only(self.kind) => errands.push(errand),
                _ => item.complain(self.kind, &pointer, &mut violations),
            }
        }
        violations.or(errands)
    }

    fn check_common(&self, now: i64, violations: &mut Violations) {
        let kind = self.kind.name();
        if self.kind == TaskKind::CreateGrants {
            violations.at("/until", crate::grant::check_until(self.until, now));
            violations.at("/remark", check_length(&self.remark, 0, crate::grant::REMARK_AT_MOST));
        } else if self.until.is_some() {
            violations.add("/until", Rule::Conflict, format!("{kind} has no end: create_grants has"));
        }
        if !self.remark.is_empty() && !matches!(self.kind, TaskKind::DeployApis | TaskKind::CreateGrants) {
            violations.add("/remark", Rule::Conflict, format!("{kind} keeps no remark"));
        }
    }

    /// The errand, when the item has all that it needs.
    fn errand(&self, item: &TaskItemDraft) -> Option<Errand> {
        let TaskItemDraft { api, stage, app, grant } = *item;
        let (remark, until) = (self.remark.clone(), self.until);
        Some(match self.kind {
            TaskKind::DeployApis => Errand::Deploy { api: api?, stage: stage?, remark },
            TaskKind::TakeApisOffline => Errand::TakeOffline { api: api?, stage: stage?, service: None },
            TaskKind::FollowBackendServices => Errand::Follow { api: api?, stage: stage? },
            TaskKind::FollowBackendAccesses => {
                Errand::FollowAccess { api: api?, stage: stage?, access: None }
            }
            TaskKind::DeleteApis => Errand::Delete { api: api? },
            TaskKind::CreateGrants => Errand::Grant { app: app?, api: api?, stage: stage?, until, remark },
            TaskKind::RevokeGrants => Errand::Revoke { grant: grant? },
        })
    }
}

impl TaskItemDraft {
    fn members(&self) -> [(&'static str, bool); 4] {
        let Self { api, stage, app, grant } = self;
        [
            ("api", api.is_some()),
            ("stage", stage.is_some()),
            ("app", app.is_some()),
            ("grant", grant.is_some()),
        ]
    }

    fn has_only(&self, kind: TaskKind) -> bool {
        self.members().iter().all(|(name, there)| !there || needs(kind).contains(name))
    }

    fn complain(&self, kind: TaskKind, pointer: &str, violations: &mut Violations) {
        for (name, there) in self.members() {
            let pointer = format!("{pointer}/{name}");
            match (needs(kind).contains(&name), there) {
                (true, false) => {
                    violations.add(pointer, Rule::Required, format!("{} needs it", kind.name()));
                }
                (false, true) => {
                    violations.add(pointer, Rule::Conflict, format!("{} has none", kind.name()));
                }
                _ => {}
            }
        }
    }
}

/// The members that an item has.
fn needs(kind: TaskKind) -> &'static [&'static str] {
    match kind {
        TaskKind::DeployApis
        | TaskKind::TakeApisOffline
        | TaskKind::FollowBackendServices
        | TaskKind::FollowBackendAccesses => &["api", "stage"],
        TaskKind::DeleteApis => &["api"],
        TaskKind::CreateGrants => &["app", "api", "stage"],
        TaskKind::RevokeGrants => &["grant"],
    }
}
