//! Takes a backend access away although APIs go through it (decision 0035).

use paifang_model::id::BackendAccessId;
use paifang_model::{Api, BackendAccess, Deployment, Key, Rule, Violations};
use paifang_store::{Query, Stored, Task, TaskWrite};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;
use crate::task::{Errand, TaskKind};

/// The most drafts and published APIs, together, that one change may touch.
const AT_MOST: usize = 1_000;

/// A backend access that is gone.
#[derive(Debug, Clone)]
pub struct Retired {
    /// What was served through it.
    pub served: Vec<Deployment>,
    /// What takes that offline; none when there is nothing.
    pub task: Option<Task>,
}

impl Context {
    /// Takes a backend access away. In the same commit drafts that go through it name it by its name from then on, so that
    /// they cannot be published until an access has that name again, and a task begins that takes offline what was served
    /// through it. Calls until then are answered as where an access is gone.
    ///
    /// # Errors
    /// When the caller may not, also not edit one of the drafts or take an API offline, there is no such backend access, a
    /// backend service names it, more than 1,000 drafts and published APIs go through it, or someone else changed one of
    /// them meanwhile.
    pub async fn retire_backend_access(
        &self,
        id: BackendAccessId,
        expected: Option<u64>,
    ) -> Result<Retired, Error> {
        let permission = self.authorize(Action::RetireBackendAccess, &super::path(id)).await?;
        let access = self.documents().find::<BackendAccess>(id).await?.value;
        let naming = Query::of::<Api>().linked::<BackendAccess>("access", id);
        let drafts = self.documents().all::<Api>(naming).await?;
        let served = self.users_of_access(id).await?;
        check_count(drafts.len() + served.len())?;
        self.may_touch(&drafts, &served).await?;
        let errands: Vec<Errand> = served.iter().map(|serving| offline(&serving.value)).collect();
        let task = self.task_of(TaskKind::TakeApisOffline, &errands).await?;
        let began = task.as_ref().map(|task| task.id);
        let mut change = Change::new().detail(json!({ "name": access.name, "task": began }));
        for draft in &drafts {
            let definition = draft.value.definition.clone().naming(&access);
            change = change.replace(draft, None, &Api { definition, ..draft.value.clone() });
        }
        for serving in &served {
            change = change.replace(serving, None, &serving.value.clone().without_access(id));
        }
        change.tasks.extend(task.map(TaskWrite::Create));
        permission.commit(&self.control, change.delete(Key::of::<BackendAccess>(id), expected)).await?;
        let task = match began {
            Some(task) => Some(self.task_begun(task).await?),
            None => None,
        };
        Ok(Retired { served: served.into_iter().map(|serving| serving.value).collect(), task })
    }

    /// Drafts are edited by this, and what serves is taken offline.
    async fn may_touch(&self, drafts: &[Stored<Api>], served: &[Stored<Deployment>]) -> Result<(), Error> {
        for draft in drafts {
            self.may(Action::EditApi, &crate::api::path_of(&draft.value)).await?;
        }
        for Stored { value: serving, .. } in served {
            self.may(Action::TakeApiOffline, &crate::api::path(serving.group, serving.api)).await?;
        }
        Ok(())
    }
}

fn offline(serving: &Deployment) -> Errand {
    Errand::TakeOffline { api: serving.api, stage: serving.stage, service: None }
}

fn check_count(count: usize) -> Result<(), Error> {
    if count > AT_MOST {
        let message = format!(
            "{count} drafts and published APIs go through it, and {AT_MOST} may: take some offline, or edit them, first"
        );
        return Err(Violations::one("", Rule::Range, message).into());
    }
    Ok(())
}
