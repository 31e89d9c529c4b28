//! `/apis`: a draft that is edited, versions that are frozen, deployments that serve.

mod compare;
mod debug;
mod deployment;
mod draft;
mod version;

use paifang_control::Context;
use paifang_model::Dialect;
use paifang_model::id::{ApiId, StageId};
use utoipa_axum::router::OpenApiRouter;

use crate::problem::Problem;
use crate::stage;
use crate::state::NativeState;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    draft::routes()
        .merge(deployment::routes())
        .merge(version::routes())
        .merge(compare::routes())
        .merge(debug::routes())
}

/// The dialect of an API's group.
async fn dialect(control: &Context, api: ApiId) -> Result<Dialect, Problem> {
    let group = control.read_api(api).await?.value.group;
    Ok(control.read_group(group).await?.value.dialect)
}

/// The stage that an API's group knows by this id or name.
async fn stage_of(control: &Context, api: ApiId, stage: &str) -> Result<StageId, Problem> {
    stage::find(control, dialect(control, api).await?, stage).await
}
