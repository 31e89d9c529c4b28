//! `/backend-services/{service}/definitions/{stage}`: where a service is in a stage, and the task that brings along what
//! is published there.

use paifang_control::{Defined, ServiceDefinitionDraft};
use paifang_model::id::{BackendServiceId, StageId};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::BackendServiceView;
use crate::answer::{self, Answer};
use crate::ask::{At, Expected, Sent};
use crate::caller::Caller;
use crate::state::NativeState;
use crate::task::TaskView;

pub(super) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(define_backend_service, undefine_backend_service))
}

/// A backend service whose definition for a stage was changed or taken away.
#[derive(Serialize, ToSchema)]
struct DefinedView {
    /// The service as it is now.
    service: BackendServiceView,
    /// The task that brings the published APIs there, or takes them offline; null when there are none.
    #[schema(required)]
    task: Option<TaskView>,
}

/// Say where a backend service is in a stage
///
/// APIs that are published there and use it follow in the background, each with its own result; one that would not run
/// with the definition goes on as it was. Done again, it makes a task for those that do not follow yet.
#[utoipa::path(put, path = "/backend-services/{backend_service}/definitions/{stage}", tag = "backend-services",
    request_body = ServiceDefinitionDraft,
    params(("backend_service" = BackendServiceId, Path), ("stage" = StageId, Path),
        ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = DefinedView)))]
async fn define_backend_service(
    Caller(control): Caller,
    At((service, stage)): At<(BackendServiceId, StageId)>,
    Expected(expected): Expected,
    Sent(draft): Sent<ServiceDefinitionDraft>,
) -> Answer {
    shown(control.define_backend_service(service, stage, draft, expected).await?)
}

/// Take the definition of a backend service for a stage away
///
/// APIs that are published there and use it go offline in the background, each with its own result. Done again, it makes
/// a task for those that are still online.
#[utoipa::path(delete, path = "/backend-services/{backend_service}/definitions/{stage}", tag = "backend-services",
    params(("backend_service" = BackendServiceId, Path), ("stage" = StageId, Path),
        ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = DefinedView)))]
async fn undefine_backend_service(
    Caller(control): Caller,
    At((service, stage)): At<(BackendServiceId, StageId)>,
    Expected(expected): Expected,
) -> Answer {
    shown(control.undefine_backend_service(service, stage, expected).await?)
}

fn shown(Defined { service, task }: Defined) -> Answer {
    let (revision, task) = (service.revision, task.map(TaskView::from));
    answer::at_revision(revision, DefinedView { service: service.into(), task })
}
