//! What is said of an app itself. This dialect has the address's error alone; a frozen app is not authorized.

use paifang_model::AppAccess;
use paifang_model::policy::Effect;
use paifang_testkit::api;

use super::scene;

#[tokio::test]
async fn apps_are_held_to_what_is_said_of_them() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets").for_apps());
    let (frozen, abroad) = (scene.app("frozen"), scene.app("abroad"));
    for app in [&frozen, &abroad] {
        scene.grant(app, pets);
    }
    scene.change_app(&frozen, |app| app.frozen = true);
    let addresses = vec!["127.0.0.0/8".to_owned()];
    scene.change_app(&abroad, |app| app.access = Some(AppAccess { effect: Effect::Deny, addresses }));
    let gateway = scene.start().await;
    assert_eq!(frozen.sign_ca(gateway.get("/pets")).send().await.verdict(), "403 I403AA Unauthorized");
    assert_eq!(
        abroad.sign_ca(gateway.get("/pets")).send().await.verdict(),
        "403 A403IP Access denied by IP Control Policy"
    );
}
