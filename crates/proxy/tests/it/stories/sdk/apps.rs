//! What is said of an app itself: from where it calls, and whether it is frozen (spec: huawei/throttling-and-access.md §4,
//! huawei/errors.md). Calls come from 127.0.0.1.

use paifang_model::AppAccess;
use paifang_model::policy::Effect;
use paifang_proxy::config::{Change, Document};
use paifang_testkit::api;

use super::scene;

const ADDRESS: &str = "403 APIG.0405 The app is not accessed from a trusted IP address.";
const FROZEN: &str = "405 APIG.0502 The app has been frozen.";

fn access(effect: Effect, addresses: &[&str]) -> Option<AppAccess> {
    Some(AppAccess { effect, addresses: addresses.iter().map(ToString::to_string).collect() })
}

#[tokio::test]
async fn an_app_calls_from_where_it_may() {
    for (effect, addresses, admitted) in [
        (Effect::Allow, &["192.0.2.1", "127.0.0.0-127.0.0.9"][..], true),
        (Effect::Allow, &["192.0.2.0/24"], false),
        (Effect::Deny, &["127.0.0.0/8"], false),
        (Effect::Deny, &["192.0.2.0/24"], true),
    ] {
        let mut scene = scene();
        let (pets, open) = (scene.publish(api::get("/pets").for_apps()), scene.publish(api::get("/open")));
        let (shop, other) = (scene.app("shop"), scene.app("other"));
        scene.grant(&shop, pets);
        scene.grant(&other, pets);
        scene.change_app(&shop, |app| app.access = access(effect, addresses));
        assert_ne!(open, pets);
        let gateway = scene.start().await;
        let verdict = shop.sign_sdk(gateway.get("/pets")).send().await.verdict();
        assert!(verdict.starts_with(if admitted { "200" } else { ADDRESS }), "{addresses:?}: {verdict}");
        assert_eq!(other.sign_sdk(gateway.get("/pets")).send().await.status, 200, "another app");
        assert_eq!(gateway.get("/open").send().await.status, 200, "nobody is asked");
    }
}

#[tokio::test]
async fn an_app_is_frozen_and_thawed_while_serving() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets").for_apps());
    let shop = scene.app("shop");
    scene.grant(&shop, pets);
    let mut thawed = None;
    scene.change_app(&shop, |app| {
        thawed = Some(app.clone());
        app.frozen = true;
        app.access = access(Effect::Allow, &["192.0.2.1"]);
    });
    let gateway = scene.start().await;
    let call = || shop.sign_sdk(gateway.get("/pets"));
    assert_eq!(call().send().await.verdict(), FROZEN, "its address is not looked at");
    gateway.change(vec![Change::Put(Document::App(thawed.unwrap()))]).await;
    assert_eq!(call().send().await.status, 200);
}
