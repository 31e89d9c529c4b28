//! What the management port offers beside the interface: probes, metrics, and the console for people.

mod console;
mod probes;

use axum::Router;
use axum::routing::get;

use crate::state::NativeState;

pub(crate) fn routes() -> Router<NativeState> {
    Router::new()
        .route("/", get(console::root))
        .route("/console", get(console::root))
        .route("/console/", get(console::index))
        .route("/console/{*path}", get(console::file))
        .route("/healthz", get(probes::healthz))
        .route("/readyz", get(probes::readyz))
        .route("/metrics", get(probes::metrics))
}
