//! Cancels a task: what has not been done by now is not done.

use paifang_model::id::TaskId;
use paifang_store::{Task, TaskWrite};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Cancels a task. What was done stays done; an item that is being done at this moment is either done before this
    /// returns, or not at all.
    ///
    /// # Errors
    /// When the caller may not, there is no such task, or it has ended.
    pub async fn cancel_task(&self, id: TaskId) -> Result<Task, Error> {
        let permission = self.authorize(Action::CancelTask, &super::path(id)).await?;
        let kind = self.documents().find_task(id).await?.kind;
        let change = Change::new().task(TaskWrite::Cancel(id)).detail(json!({ "kind": kind }));
        permission.commit(&self.control, change).await?;
        self.documents().find_task(id).await
    }
}
