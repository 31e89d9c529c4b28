//! Gives apps a quota, and takes it from them. An app has one at most: another one gives way.

use std::collections::HashSet;

use paifang_model::id::{AppId, AppQuotaId};
use paifang_model::{App, AppQuota, Kind, Rule, Violations};
use paifang_store::Stored;
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

/// Apps bound in one call.
const AT_ONCE: usize = 1_000;

impl Context {
    /// Gives apps a quota, all of them or none; those that have it already keep it. Calls of an app that had it before,
    /// in the same period, still count.
    ///
    /// # Errors
    /// When the caller may not, there is no such quota, any of the apps is not there, or someone else changed one of them
    /// at the same moment; complaints point into the list.
    pub async fn bind_app_quota(&self, id: AppQuotaId, apps: &[AppId]) -> Result<Vec<Stored<App>>, Error> {
        let permission = self.authorize(Action::BindAppQuota, &super::path(id)).await?;
        self.documents().find::<AppQuota>(id).await?;
        let since = self.control.now();
        let (mut change, mut bound) = (Change::new().detail(json!({ "apps": apps })), Vec::new());
        for old in self.apps_to_bind(apps).await? {
            let quota = Some(old.value.bound_to(id, since));
            let app = App { quota, ..old.value.clone() };
            if app != old.value {
                change = change.replace(&old, None, &app);
            }
            bound.push((old, app));
        }
        let done = permission.commit(&self.control, change).await?;
        let stored = |(old, app): (Stored<App>, App)| {
            if app == old.value { old } else { done.changed(old.created_at, app) }
        };
        Ok(bound.into_iter().map(stored).collect())
    }

    /// Takes a quota from an app.
    ///
    /// # Errors
    /// When the caller may not, there is no such quota or app, the app does not have it, or someone else changed it at the
    /// same moment.
    pub async fn unbind_app_quota(&self, id: AppQuotaId, app: AppId) -> Result<(), Error> {
        let permission = self.authorize(Action::UnbindAppQuota, &super::path(id)).await?;
        self.documents().find::<AppQuota>(id).await?;
        let old = self.documents().find::<App>(app).await?;
        if old.value.quota.is_none_or(|quota| quota.id != id) {
            return Err(Error::not_found(Kind::AppQuota, id));
        }
        let app = App { quota: None, ..old.value.clone() };
        let change = Change::new().replace(&old, None, &app).detail(json!({ "app": app.id }));
        permission.commit(&self.control, change).await.map(|_| ())
    }

    async fn apps_to_bind(&self, ids: &[AppId]) -> Result<Vec<Stored<App>>, Error> {
        if ids.is_empty() || ids.len() > AT_ONCE {
            let message = format!("{} apps are named: 1 to {AT_ONCE} are allowed", ids.len());
            return Err(Violations::one("/apps", Rule::Range, message).into());
        }
        let (mut violations, mut seen) = (Violations::new(), HashSet::new());
        let mut found = Vec::with_capacity(ids.len());
        for (index, id) in ids.iter().enumerate() {
            let pointer = format!("/apps/{index}");
            if !seen.insert(id) {
                violations.add(pointer, Rule::Duplicate, format!("`{id}` is there twice"));
            } else if let Some(app) = self.documents().look::<App>(*id).await? {
                found.push(app);
            } else {
                violations.add(pointer, Rule::Unknown, format!("there is no app `{id}`"));
            }
        }
        Ok(violations.or(found)?)
    }
}
