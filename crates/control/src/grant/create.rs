//! Grants APIs to apps: all of a call, or none of it, with every reason.

use std::collections::HashSet;

use paifang_model::id::{ApiId, AppId, StageId};
use paifang_model::name::check_length;
use paifang_model::{Api, App, Dialect, Grant, Group, Id, Key, Record, Rule, Stage, Violations};
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::json;

use super::{AT_ONCE, REMARK_AT_MOST};
use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::resource::ResourcePath;

/// Which apps may call which APIs: each of these each of those, 100 pairs at most.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GrantsDraft {
    /// The apps.
    pub apps: Vec<AppId>,
    /// The APIs; they need not be published yet.
    pub apis: Vec<ApiId>,
    /// The stage, of the APIs' dialect.
    pub stage: StageId,
    /// When it ends, in milliseconds since 1970; absent: never.
    #[serde(default)]
    pub until: Option<i64>,
    /// What is to be remembered about it.
    #[serde(default)]
    pub remark: String,
}

impl Context {
    /// Grants APIs to apps. A grant that is there gets the new end and remark.
    ///
    /// # Errors
    /// When the caller may not, or there is a complaint about any of them; complaints point into the lists.
    pub async fn create_grants(&self, draft: &GrantsDraft) -> Result<Vec<Stored<Grant>>, Error> {
        let permission = self.authorize(Action::CreateGrants, &path(draft)).await?;
        let grants = self.build(draft).await?;
        let mut change = Change::new().detail(json!({
            "apps": draft.apps, "apis": draft.apis, "stage": draft.stage, "until": draft.until,
        }));
        let mut made_at = Vec::with_capacity(grants.len());
        for grant in &grants {
            let there = self.documents().look::<Grant>(grant.id).await?;
            if there.is_none() {
                change = change.made(Key::of::<Grant>(grant.id));
            }
            made_at.push(there.map(|there| there.created_at));
            change = change.put(grant);
        }
        let done = permission.commit(&self.control, change).await?;
        let stored = |(grant, made_at): (Grant, Option<i64>)| done.changed(made_at.unwrap_or(done.at), grant);
        Ok(grants.into_iter().zip(made_at).map(stored).collect())
    }

    /// The grants that a draft asks for, or all complaints about it.
    async fn build(&self, draft: &GrantsDraft) -> Result<Vec<Grant>, Error> {
        let mut violations = Violations::new();
        check_number(draft, &mut violations);
        violations.at("/until", super::check_until(draft.until, self.control.now()));
        violations.at("/remark", check_length(&draft.remark, 0, REMARK_AT_MOST));
        // Only so many are looked up.
        let mut violations = violations.or(Violations::new())?;
        let stage = self.documents().look::<Stage>(draft.stage).await?.map(|stage| stage.value.dialect);
        if stage.is_none() {
            violations.add("/stage", Rule::Unknown, format!("there is no stage `{}`", draft.stage));
        }
        let apps = self.look_all::<App>("/apps", &draft.apps, &mut violations).await?;
        let apis = self.look_all::<Api>("/apis", &draft.apis, &mut violations).await?;
        if let Some(dialect) = stage {
            self.check_dialects(&apis, dialect, &mut violations).await?;
        }
        let pairs = apps.iter().flat_map(|(_, app)| apis.iter().map(move |(_, api)| (app.id, api)));
        Ok(violations.or(pairs.map(|(app, api)| grant(draft, app, api)).collect())?)
    }

    /// Those of a list that are there, with their places in it.
    async fn look_all<R: Record>(
        &self,
        pointer: &str,
        ids: &[impl Into<Id> + Copy + Sync],
        violations: &mut Violations,
    ) -> Result<Vec<(usize, R)>, Error> {
        let mut seen = HashSet::new();
        let mut found = Vec::with_capacity(ids.len());
        for (index, id) in ids.iter().enumerate() {
            let id: Id = (*id).into();
            let pointer = format!("{pointer}/{index}");
            if !seen.insert(id) {
                violations.add(pointer, Rule::Duplicate, format!("`{id}` is there twice"));
            } else if let Some(there) = self.documents().look::<R>(id).await? {
                found.push((index, there.value));
            } else {
                violations.add(pointer, Rule::Unknown, format!("there is no {} `{id}`", R::KIND));
            }
        }
        Ok(found)
    }

    async fn check_dialects(
        &self,
        apis: &[(usize, Api)],
        dialect: Dialect,
        violations: &mut Violations,
    ) -> Result<(), Error> {
        for (index, api) in apis {
            let other = self.documents().find::<Group>(api.group).await?.value.dialect;
            if other != dialect {
                let message = format!("it is of {other}, and the stage is for {dialect}");
                violations.add(format!("/apis/{index}"), Rule::Conflict, message);
            }
        }
        Ok(())
    }
}

fn check_number(draft: &GrantsDraft, violations: &mut Violations) {
    for (pointer, length) in [("/apps", draft.apps.len()), ("/apis", draft.apis.len())] {
        if length == 0 {
            violations.add(pointer, Rule::Required, "name at least one");
        }
    }
    let pairs = draft.apps.len().saturating_mul(draft.apis.len());
    if pairs > AT_ONCE {
        violations.add(
            "",
            Rule::Range,
            format!("{pairs} grants are too many at once: {AT_ONCE} are allowed"),
        );
    }
}

fn grant(draft: &GrantsDraft, app: AppId, api: &Api) -> Grant {
    Grant {
        id: Grant::id_of(app, api.id, draft.stage),
        app,
        api: api.id,
        group: api.group,
        stage: draft.stage,
        until: draft.until,
        remark: draft.remark.clone(),
    }
}

/// The one app when there is one; else all of them.
fn path(draft: &GrantsDraft) -> ResourcePath {
    match draft.apps.as_slice() {
        [app] => crate::app::path(*app).then_all(Noun::Grant),
        _ => ResourcePath::all(Noun::Grant),
    }
}
