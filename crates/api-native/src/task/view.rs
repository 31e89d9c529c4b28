//! Tasks and their items as they are shown.

use paifang_control::{Errand, Task, TaskCounts, TaskItemInfo};
use paifang_model::id::{ApiId, AppId, GrantId, StageId, TaskId, UserId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::{Problem, Reason};

/// A task, and how far it is.
#[derive(Serialize, ToSchema)]
pub(crate) struct TaskView {
    /// Its id.
    id: TaskId,
    /// What is done to each item, as when it was made.
    kind: String,
    /// The user who made it, and with whose authority it is done.
    made_by: UserId,
    /// What that user was called then.
    actor: String,
    /// `open`: some item waits; `done`: none does, also when some failed; `canceled`.
    state: &'static str,
    /// When it was made, in milliseconds since 1970.
    created_at: i64,
    /// When it ended, in milliseconds since 1970; absent: it has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at: Option<i64>,
    /// How many items there are.
    items: u64,
    /// How many of them are in which state.
    counts: Counts,
}

/// How many items are in which state.
#[derive(Serialize, ToSchema)]
struct Counts {
    /// To be done.
    waiting: u64,
    /// Done.
    done: u64,
    /// There was nothing to do: it was so already.
    skipped: u64,
    /// Not done, each for its reason.
    failed: u64,
    /// Not done, for the task was canceled before.
    canceled: u64,
}

/// An item, and how it went.
#[derive(Serialize, ToSchema)]
pub(super) struct TaskItemView {
    /// Its place in the task, from 0.
    number: u32,
    /// The API.
    #[serde(skip_serializing_if = "Option::is_none")]
    api: Option<ApiId>,
    /// The stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<StageId>,
    /// The app.
    #[serde(skip_serializing_if = "Option::is_none")]
    app: Option<AppId>,
    /// The grant.
    #[serde(skip_serializing_if = "Option::is_none")]
    grant: Option<GrantId>,
    /// `waiting`, `done`, `skipped`, `failed` or `canceled`.
    state: &'static str,
    /// Why it was skipped or failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
    /// The revision of its change: whoever serves it, or a later one, serves the change.
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<u64>,
    /// When it was settled, in milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    settled_at: Option<i64>,
}

impl From<Task> for TaskView {
    fn from(task: Task) -> Self {
        let Task { id, kind, made_by, actor, state, created_at, ended_at, counts } = task;
        let items = counts.items();
        let TaskCounts { waiting, done, skipped, failed, canceled } = counts;
        let counts = Counts { waiting, done, skipped, failed, canceled };
        Self { id, kind, made_by, actor, state: state.name(), created_at, ended_at, items, counts }
    }
}

impl From<TaskItemInfo> for TaskItemView {
    fn from(item: TaskItemInfo) -> Self {
        let (api, stage, app, grant) = match item.errand {
            Some(
                Errand::Deploy { api, stage, .. }
                | Errand::TakeOffline { api, stage, .. }
                | Errand::Follow { api, stage }
                | Errand::FollowAccess { api, stage, .. },
            ) => (Some(api), Some(stage), None, None),
            Some(Errand::Delete { api }) => (Some(api), None, None, None),
            Some(Errand::Grant { app, api, stage, .. }) => (Some(api), Some(stage), Some(app), None),
            Some(Errand::Revoke { grant }) => (None, None, None, Some(grant)),
            None => (None, None, None, None),
        };
        Self {
            number: item.number,
            api,
            stage,
            app,
            grant,
            state: item.state.name(),
            reason: item.reason.map(|error| Problem::from(error).into_reason()),
            revision: item.revision,
            settled_at: item.settled_at,
        }
    }
}
