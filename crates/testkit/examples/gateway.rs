//! A gateway without a control plane, for profilers: `gateway BACKEND-ADDRESS` serves `/plain` and `/code` before
//! the backend and prints where it listens, and the code to show.
#![allow(clippy::unwrap_used, reason = "an example")]

use paifang_model::Dialect;
use paifang_testkit::{Scene, api};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let backend = std::env::args().nth(1).expect("the backend's address, as in 127.0.0.1:9001");
    let url = format!("http://{backend}");
    let mut scene = Scene::new(Dialect::Alibaba);
    scene.publish(api::any("/plain").to_url(&url));
    scene.group.subdomain = "127.0.0.1".to_owned();
    let code = scene.publish(api::any("/code").for_apps().to_url(&url));
    let caller = scene.app("profiler");
    scene.grant(&caller, code);
    let gateway = scene.start().await;
    println!("{} {}", gateway.address, caller.code);
    std::future::pending::<()>().await;
}
