//! Quotas of apps, which groups of both dialects share. This dialect has the words of too many requests for it.

use paifang_model::BoundQuota;
use paifang_model::policy::TimeUnit;
use paifang_testkit::api;
use serde_json::json;

use super::scene;

#[tokio::test]
async fn an_app_has_so_many_calls_over_all_apis() {
    let mut scene = scene();
    let apis = ["/pets", "/toys"].map(|path| scene.publish(api::get(path).for_apps()));
    let shop = scene.app("shop");
    for api in apis {
        scene.grant(&shop, api);
    }
    let quota = scene.app_quota("gold", 2, TimeUnit::Day);
    scene.change_app(&shop, |app| app.quota = Some(BoundQuota { id: quota, since: 0 }));
    // What is asked for after the parameters does not matter to it.
    let control = json!({ "unit": "DAY", "apiDefault": 9 });
    scene.throttle(apis[0], control);
    let gateway = scene.start().await;
    for path in ["/pets", "/toys"] {
        assert_eq!(shop.sign_ca(gateway.get(path)).send().await.status, 200, "{path}");
    }
    for path in ["/pets", "/toys"] {
        let refused = shop.sign_ca(gateway.get(path)).send().await.verdict();
        assert_eq!(refused, "429 T429MR Too Many Requests, throttle by app quota", "{path}");
    }
}
