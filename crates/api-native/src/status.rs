//! `/status`: which version runs, and how far it serves what was committed.

use axum::extract::State;
use paifang_control::{Paging, StageFilter};
use paifang_model::limits::Profile;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer};
use crate::caller::Caller;
use crate::port::{Readiness, SetAside};
use crate::state::NativeState;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(read_status))
}

/// How the gateway is.
#[derive(Serialize, ToSchema)]
struct Status {
    /// Its version.
    version: String,
    /// Whether calls should be sent here.
    ready: bool,
    /// Why not, when not.
    not_ready_because: Vec<String>,
    /// The revision up to which changes are served.
    served_revision: u64,
    /// The revision of the newest change.
    committed_revision: u64,
    /// Objects that cannot be served, and why.
    set_aside: Vec<SetAside>,
    /// Whose limits apply.
    limits: Profile,
    /// The region it says it is in.
    region: String,
    /// The domain below which groups have their subdomains.
    base_domain: String,
}

/// How the gateway is
#[utoipa::path(get, path = "/status", tag = "status", responses((status = 200, body = Status)))]
async fn read_status(State(state): State<NativeState>, Caller(control): Caller) -> Answer {
    let (observer, settings) = (state.observer(), state.control().settings());
    let readiness = observer.readiness();
    // Every page says at which revision it was read; stages are always there, and few.
    let committed_revision =
        control.list_stages(&StageFilter::default(), &Paging::default().limit(1)).await?.revision;
    answer::plain(Status {
        version: state.settings().version.clone(),
        ready: readiness == Readiness::Ready,
        not_ready_because: readiness.reasons().to_vec(),
        served_revision: observer.served_revision(),
        committed_revision,
        set_aside: observer.set_aside(),
        limits: settings.profile,
        region: settings.region.clone(),
        base_domain: settings.base_domain.clone(),
    })
}
