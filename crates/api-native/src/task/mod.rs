//! `/tasks`: up to 1,000 items done in the background, with progress and a result for each.

mod view;

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse as _;
use paifang_control::{Cursor, ItemState, TaskDraft, TaskFilter, TaskKind, TaskState};
use paifang_model::id::TaskId;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, Item, List};
use crate::ask::{self, Asked, At, FromParams, Params, Sent};
use crate::caller::Caller;
use crate::router::BASE;
use crate::state::NativeState;
use view::TaskItemView;

pub(crate) use view::TaskView;

type TaskList = List<TaskView>;
type TaskItemList = List<TaskItemView>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default()
        .routes(routes!(list_tasks, create_task))
        .routes(routes!(read_task))
        .routes(routes!(list_task_items))
        .routes(routes!(cancel_task))
}

/// Which tasks are wanted; all that is set must hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct TaskParams {
    /// In this state.
    #[param(inline)]
    state: Option<StateWord>,
    /// Of this kind.
    kind: Option<TaskKind>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// At most so many tasks: 1 to 500; 100 when absent.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
}

/// Which items are wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct TaskItemParams {
    /// In this state.
    #[param(inline)]
    state: Option<ItemStateWord>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// At most so many items: 1 to 500; 100 when absent.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
}

/// The states of a task.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum StateWord {
    Open,
    Done,
    Canceled,
}

/// The states of an item.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ItemStateWord {
    Waiting,
    Done,
    Skipped,
    Failed,
    Canceled,
}

impl FromParams for TaskParams {
    fn from_params(params: &mut Params) -> Self {
        let (state, kind) = (params.word("state"), params.word("kind"));
        Self { state, kind, cursor: params.text("cursor"), limit: ask::limit(params) }
    }
}

impl FromParams for TaskItemParams {
    fn from_params(params: &mut Params) -> Self {
        let (state, cursor) = (params.word("state"), params.text("cursor"));
        Self { state, cursor, limit: ask::limit(params) }
    }
}

/// Tasks, newest first; those that ended are kept for 30 days
#[utoipa::path(get, path = "/tasks", tag = "tasks", params(TaskParams),
    responses((status = 200, body = TaskList)))]
async fn list_tasks(Caller(control): Caller, Asked(params): Asked<TaskParams>) -> Answer {
    let TaskParams { state, kind, cursor, limit } = params;
    let filter = TaskFilter { state: state.map(TaskState::from), kind };
    let page = control.list_tasks(&filter, cursor.map(Cursor::new), limit.unwrap_or(ask::LIMIT)).await?;
    let items = page.tasks.into_iter().map(TaskView::from).map(Item::Readable).collect();
    answer::plain(List { items, next: page.next.map(|next| next.to_string()), total: None })
}

/// Do something to up to 1,000 items in the background
///
/// Each item is done on its own, with your authority as it is by then, and has its own line in the audit trail and its
/// own result. The gateway goes on with it after a restart.
#[utoipa::path(post, path = "/tasks", tag = "tasks", request_body = TaskDraft,
    responses((status = 202, body = TaskView)))]
async fn create_task(Caller(control): Caller, Sent(draft): Sent<TaskDraft>) -> Answer {
    let task = control.create_task(&draft).await?;
    let location = format!("{BASE}/tasks/{}", task.id);
    Ok((StatusCode::ACCEPTED, [(LOCATION, location)], Json(TaskView::from(task))).into_response())
}

/// A task, and how far it is
#[utoipa::path(get, path = "/tasks/{task}", tag = "tasks", params(("task" = TaskId, Path)),
    responses((status = 200, body = TaskView)))]
async fn read_task(Caller(control): Caller, At(task): At<TaskId>) -> Answer {
    answer::plain(TaskView::from(control.read_task(task).await?))
}

/// The items of a task in their order, and how each went
#[utoipa::path(get, path = "/tasks/{task}/items", tag = "tasks", params(("task" = TaskId, Path), TaskItemParams),
    responses((status = 200, body = TaskItemList)))]
async fn list_task_items(
    Caller(control): Caller,
    At(task): At<TaskId>,
    Asked(params): Asked<TaskItemParams>,
) -> Answer {
    let TaskItemParams { state, cursor, limit } = params;
    let (state, after) = (state.map(ItemState::from), cursor.map(Cursor::new));
    let page = control.task_items(task, state, after, limit.unwrap_or(ask::LIMIT)).await?;
    let items = page.items.into_iter().map(TaskItemView::from).map(Item::Readable).collect();
    answer::plain(List { items, next: page.next.map(|next| next.to_string()), total: None })
}

/// Cancel a task: what was done stays done, and nothing more is
#[utoipa::path(post, path = "/tasks/{task}/cancel", tag = "tasks", params(("task" = TaskId, Path)),
    responses((status = 200, body = TaskView)))]
async fn cancel_task(Caller(control): Caller, At(task): At<TaskId>) -> Answer {
    answer::plain(TaskView::from(control.cancel_task(task).await?))
}

impl From<StateWord> for TaskState {
    fn from(word: StateWord) -> Self {
        match word {
            StateWord::Open => Self::Open,
            StateWord::Done => Self::Done,
            StateWord::Canceled => Self::Canceled,
        }
    }
}

impl From<ItemStateWord> for ItemState {
    fn from(word: ItemStateWord) -> Self {
        match word {
            ItemStateWord::Waiting => Self::Waiting,
            ItemStateWord::Done => Self::Done,
            ItemStateWord::Skipped => Self::Skipped,
            ItemStateWord::Failed => Self::Failed,
            ItemStateWord::Canceled => Self::Canceled,
        }
    }
}
