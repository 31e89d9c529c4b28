//! Calls of groups that speak the second dialect (spec: huawei/calling.md, huawei/api-model.md).

mod access;
mod app_quotas;
mod apps;
mod backend_policies;
mod backend_verifiers;
mod backends_of_policies;
mod cors;
mod cors_plugin;
mod headers;
mod limits;
mod parameters;
mod paths;
mod routing;
mod signature;
mod signature_keys;
mod signed_calls;
mod simple;
mod throttling;

use paifang_model::Dialect;
use paifang_testkit::Scene;

fn scene() -> Scene {
    Scene::new(Dialect::Huawei)
}
