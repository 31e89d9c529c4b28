//! What the edge stands, whom it believes, and how many it lets in.

mod crowds;
mod http2;
mod passed_on;
mod traces;

use paifang_model::Dialect;
use paifang_proxy::EdgeSettings;
use paifang_testkit::api::Api;
use paifang_testkit::{Scene, TestAuthority, TestGateway};

/// The group's subdomain.
const HOST: &str = "group.apis.test";

/// A gateway with one API and an edge of its own.
async fn serving(dialect: Dialect, api: Api, edge: EdgeSettings) -> TestGateway {
    let mut scene = Scene::new(dialect);
    scene.publish(api);
    scene.settings.edge = edge;
    scene.start().await
}

/// Something to be served over TLS, at [`HOST`].
fn secured(own: &TestAuthority) -> Scene {
    let mut scene = Scene::new(Dialect::Alibaba);
    scene.secured_by(own, &[HOST]);
    scene
}
