//! Makes a task.

use std::collections::HashMap;

use paifang_model::id::{StageId, TaskId};
use paifang_model::{Rule, Stage, Violations};
use paifang_store::{NewTask, Task, TaskWrite};
use serde_json::json;

use super::{Errand, TaskDraft, TaskKind};
use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;
use crate::permission::Permission;

impl Context {
    /// Makes a task; its items are done in the background, in no order that could be relied on. What an item names is
    /// looked for when its turn comes, and so is whether the caller still may: each item has its own result.
    ///
    /// # Errors
    /// When the caller may not, or there is a complaint about what is asked; complaints point into it.
    pub async fn create_task(&self, draft: &TaskDraft) -> Result<Task, Error> {
        let id = TaskId::random();
        let permission = self.authorize(Action::CreateTask, &super::path(id)).await?;
        let errands = draft.errands(self.control.now())?;
        self.check_stages(draft).await?;
        self.make_task(id, permission, draft.kind, &errands).await
    }

    /// Makes a task that follows from what the caller did, of any number of items; none when there is nothing to do.
    pub(crate) async fn start_task(
        &self,
        kind: TaskKind,
        errands: Vec<Errand>,
    ) -> Result<Option<Task>, Error> {
        if errands.is_empty() {
            return Ok(None);
        }
        let id = TaskId::random();
        let permission = self.authorize(Action::CreateTask, &super::path(id)).await?;
        self.make_task(id, permission, kind, &errands).await.map(Some)
    }

    /// The same to be made by the commit of what it follows from. Once that is done, [`Context::task_begun`].
    pub(crate) async fn task_of(&self, kind: TaskKind, errands: &[Errand]) -> Result<Option<NewTask>, Error> {
        if errands.is_empty() {
            return Ok(None);
        }
        let id = TaskId::random();
        self.may(Action::CreateTask, &super::path(id)).await?;
        self.new_task(id, kind, errands).map(Some)
    }

    /// A task that was just made.
    pub(crate) async fn task_begun(&self, id: TaskId) -> Result<Task, Error> {
        self.control.task_made().notify_one();
        self.documents().find_task(id).await
    }

    fn new_task(&self, id: TaskId, kind: TaskKind, errands: &[Errand]) -> Result<NewTask, Error> {
        let items = errands.iter().map(serde_json::to_vec).collect::<Result<Vec<_>, _>>();
        Ok(NewTask {
            id,
            kind: kind.name().to_owned(),
            made_by: self.principal.user,
            actor: self.principal.name.clone(),
            items: items.map_err(|error| Error::Unavailable(Box::new(error)))?,
        })
    }

    async fn make_task(
        &self,
        id: TaskId,
        permission: Permission,
        kind: TaskKind,
        errands: &[Errand],
    ) -> Result<Task, Error> {
        let task = self.new_task(id, kind, errands)?;
        let detail = json!({ "kind": task.kind, "items": task.items.len() });
        permission.commit(&self.control, Change::new().task(TaskWrite::Create(task)).detail(detail)).await?;
        self.task_begun(id).await
    }

    /// Stages are few, and one that is not there is a mistake in the request, not in its items.
    async fn check_stages(&self, draft: &TaskDraft) -> Result<(), Error> {
        let mut violations = Violations::new();
        let mut known: HashMap<StageId, bool> = HashMap::new();
        for (index, stage) in draft.items.iter().enumerate().filter_map(|(at, item)| Some((at, item.stage?)))
        {
            let there = match known.get(&stage) {
                Some(there) => *there,
                None => self.documents().look::<Stage>(stage).await?.is_some(),
            };
            known.insert(stage, there);
            if !there {
                let pointer = format!("/items/{index}/stage");
                violations.add(pointer, Rule::Unknown, format!("there is no stage `{stage}`"));
            }
        }
        Ok(violations.or(())?)
    }
}
