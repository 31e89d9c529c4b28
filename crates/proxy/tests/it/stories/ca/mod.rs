//! The dialect whose clients sign in `X-Ca-*` headers (spec: aliyun/calling.md, aliyun/errors.md).

use paifang_model::Dialect;
use paifang_model::definition::{AppCodeMode, Authentication, SignatureMethod};
use paifang_testkit::api::{self, Api};
use paifang_testkit::{Caller, Scene, TestGateway};

mod app_codes;
mod app_quotas;
mod apps;
mod backend_verifier;
mod backends;
mod clients;
mod cors;
mod cors_plugin;
mod digests;
mod group_plugins;
mod hosts;
mod ip_control;
mod limits;
mod lists;
mod mismatches;
mod nonces;
mod paths;
mod replies;
mod signature_keys;
mod sizes;
mod stages;
mod texts;
mod times;
mod traffic_control;

fn scene() -> Scene {
    Scene::new(Dialect::Alibaba)
}

/// `/pets` with any method for granted apps, answered by the gateway, and an app that was granted it.
async fn pets() -> (TestGateway, Caller) {
    pets_of(api::any("/pets").for_apps()).await
}

/// An API of one's own and an app that was granted it.
async fn pets_of(api: Api) -> (TestGateway, Caller) {
    let mut scene = scene();
    let pets = scene.publish(api);
    let app = scene.app("caller");
    scene.grant(&app, pets);
    (scene.start().await, app)
}

/// Settings of app authentication that differ from the usual ones.
fn authentication(app_code: AppCodeMode, also: &[SignatureMethod], nonce_required: bool) -> Authentication {
    let mut signature_methods = vec![SignatureMethod::HmacSha256];
    signature_methods.extend(also);
    Authentication::App { app_code, signature_methods, nonce_required }
}

/// Milliseconds since 1970, this many seconds from now.
fn seconds_from_now(seconds: i64) -> String {
    (jiff::Timestamp::now().as_millisecond() + seconds * 1000).to_string()
}
