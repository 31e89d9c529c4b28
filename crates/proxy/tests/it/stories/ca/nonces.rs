//! Nonces (spec: aliyun/calling.md §4.5).

use paifang_model::definition::AppCodeMode;
use paifang_testkit::api;

use super::{authentication, pets, pets_of};

const USED: &str = "403 S403NU Nonce Used";

#[tokio::test]
async fn a_nonce_works_once() {
    let (gateway, app) = pets().await;
    let signed = app.sign_ca(gateway.get("/pets"));
    assert_eq!(signed.send().await.verdict(), "200 mock");
    assert_eq!(signed.send().await.verdict(), USED);
    let other_text = app.sign_ca(gateway.get("/pets?a=1").header("x-ca-nonce", &nonce(&signed)));
    assert_eq!(other_text.send().await.verdict(), USED);
}

fn nonce(call: &paifang_testkit::Call) -> String {
    call.headers["x-ca-nonce"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn it_works_once_for_each_api_and_each_key() {
    let mut scene = super::scene();
    let (pets, toys) =
        (scene.publish(api::get("/pets").for_apps()), scene.publish(api::get("/toys").for_apps()));
    let app = scene.app("caller");
    let second = app.further();
    scene.enroll(&second);
    scene.grant(&app, pets);
    scene.grant(&app, toys);
    let gateway = scene.start().await;
    for (caller, path) in [(&app, "/pets"), (&app, "/toys"), (&second, "/pets")] {
        let call = || caller.sign_ca(gateway.get(path).header("x-ca-nonce", "one"));
        assert_eq!(call().send().await.verdict(), "200 mock", "{path}");
        assert_eq!(call().send().await.verdict(), USED, "{path}");
    }
}

#[tokio::test]
async fn all_workers_remember_it() {
    let mut scene = super::scene();
    scene.workers = 4;
    let pets = scene.publish(api::get("/pets").for_apps());
    let app = scene.app("caller");
    scene.grant(&app, pets);
    let gateway = scene.start().await;
    let signed = app.sign_ca(gateway.get("/pets"));
    assert_eq!(signed.send().await.verdict(), "200 mock");
    for _ in 0..16 {
        assert_eq!(signed.send().await.verdict(), USED);
    }
}

#[tokio::test]
async fn a_call_that_was_wrongly_signed_does_not_burn_it() {
    let (gateway, app) = pets().await;
    let signed = app.sign_ca(gateway.get("/pets"));
    let forged = signed.clone().header("x-ca-signature", "bm8=").send().await;
    assert_eq!(forged.header("x-ca-error-code"), "A403IS");
    assert_eq!(signed.send().await.verdict(), "200 mock");
}

#[tokio::test]
async fn an_api_can_ask_for_one() {
    let auth = authentication(AppCodeMode::Header, &[], true);
    let (gateway, app) = pets_of(api::get("/pets").with(|api| api.auth = auth)).await;
    let call = gateway.get("/pets").header("x-ca-key", &app.key);
    let without = app.sign_ca_list(call.clone(), "x-ca-key");
    assert_eq!(without.send().await.verdict(), "400 I400NC X-Ca-Nonce is required");
    // One that is not signed could be replaced by anyone.
    let loose = app.sign_ca_list(call.header("x-ca-nonce", "one"), "x-ca-key");
    assert_eq!(loose.send().await.verdict(), "400 I400NC X-Ca-Nonce is required");
    assert_eq!(app.sign_ca(gateway.get("/pets")).send().await.verdict(), "200 mock");
    let code = gateway.get("/pets").header("authorization", &format!("APPCODE {}", app.code));
    assert_eq!(code.send().await.verdict(), "200 mock");
}

#[tokio::test]
async fn elsewhere_a_call_need_not_have_one() {
    let (gateway, app) = pets().await;
    let call = app.sign_ca_list(gateway.get("/pets").header("x-ca-key", &app.key), "x-ca-key");
    assert_eq!(call.send().await.verdict(), "200 mock");
    assert_eq!(call.send().await.verdict(), "200 mock");
}
