//! What the management port offers beside the interface: probes, metrics, and a page for people.

mod console;
mod probes;

use axum::Router;
use axum::routing::get;

use crate::state::NativeState;

pub(crate) fn routes() -> Router<NativeState> {
    Router::new()
        .route("/", get(console::root))
        .route("/console", get(console::root))
        .route("/console/", get(console::page))
        .route("/healthz", get(probes::healthz))
        .route("/readyz", get(probes::readyz))
        .route("/metrics", get(probes::metrics))
}
