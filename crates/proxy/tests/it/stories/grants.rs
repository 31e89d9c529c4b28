//! Whether an app may call an API in a stage (spec: aliyun/calling.md §2, aliyun/errors.md §4; huawei/calling.md §2).

use paifang_model::record::Key;
use paifang_model::{Dialect, Grant};
use paifang_proxy::config::{Change, Document};
use paifang_testkit::{Caller, Scene, TestGateway, api};

/// `/pets` for apps in both dialects, with a grant that the test decides on.
async fn pets(
    dialect: Dialect,
    grant: impl FnOnce(&Scene, Grant) -> Option<Grant>,
) -> (TestGateway, Caller, Grant) {
    let mut scene = Scene::new(dialect);
    let pets = scene.publish(api::get("/pets").for_apps());
    let app = scene.app("caller");
    let usual = scene.grant_until(app.app, pets, None);
    if let Some(grant) = grant(&scene, usual.clone()) {
        scene.put(Document::Grant(grant));
    }
    (scene.start().await, app, usual)
}

async fn verdict(gateway: &TestGateway, app: &Caller) -> String {
    app.sign_ca(gateway.get("/pets")).send().await.verdict()
}

fn refused(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Alibaba => "403 I403AA Unauthorized",
        Dialect::Huawei => "403 APIG.0304 The app is not authorized to access the API.",
    }
}

fn from_now(seconds: i64) -> Option<i64> {
    Some(jiff::Timestamp::now().as_millisecond() + seconds * 1000)
}

#[tokio::test]
async fn an_app_without_a_grant_is_refused() {
    for dialect in Dialect::ALL {
        let (gateway, app, _) = pets(dialect, |_, _| None).await;
        assert_eq!(verdict(&gateway, &app).await, refused(dialect));
    }
}

#[tokio::test]
async fn a_code_needs_a_grant_as_a_signature_does() {
    let (gateway, app, _) = pets(Dialect::Alibaba, |_, _| None).await;
    let call = gateway.get("/pets").header("authorization", &format!("APPCODE {}", app.code));
    assert_eq!(call.send().await.verdict(), refused(Dialect::Alibaba));
}

#[tokio::test]
async fn a_grant_that_has_ended_says_so_in_one_dialect() {
    for (dialect, expected) in [
        (Dialect::Alibaba, "403 A403EP App authorization expired"),
        (Dialect::Huawei, refused(Dialect::Huawei)),
    ] {
        let ended = |_: &Scene, grant| Some(Grant { until: from_now(-1), ..grant });
        let (gateway, app, _) = pets(dialect, ended).await;
        assert_eq!(verdict(&gateway, &app).await, expected);
    }
}

#[tokio::test]
async fn a_grant_holds_until_it_ends() {
    let (gateway, app, _) =
        pets(Dialect::Alibaba, |_, grant| Some(Grant { until: from_now(3_600), ..grant })).await;
    assert_eq!(verdict(&gateway, &app).await, "200 mock");
}

#[tokio::test]
async fn a_grant_for_another_stage_does_not_count() {
    let in_pre = |scene: &Scene, grant: Grant| {
        let stage = scene.stage("PRE");
        Some(Grant { id: Grant::id_of(grant.app, grant.api, stage), stage, ..grant })
    };
    let (gateway, app, _) = pets(Dialect::Alibaba, in_pre).await;
    assert_eq!(verdict(&gateway, &app).await, refused(Dialect::Alibaba));
}

#[tokio::test]
async fn another_apps_grant_does_not_count() {
    let mut scene = Scene::new(Dialect::Alibaba);
    let pets = scene.publish(api::get("/pets").for_apps());
    let (friend, stranger) = (scene.app("friend"), scene.app("stranger"));
    scene.grant(&friend, pets);
    let gateway = scene.start().await;
    assert_eq!(verdict(&gateway, &friend).await, "200 mock");
    assert_eq!(verdict(&gateway, &stranger).await, refused(Dialect::Alibaba));
}

#[tokio::test]
async fn grants_come_and_go_while_the_gateway_runs() {
    for dialect in Dialect::ALL {
        let (gateway, app, grant) = pets(dialect, |_, _| None).await;
        assert_eq!(verdict(&gateway, &app).await, refused(dialect));
        gateway.change(vec![Change::Put(Document::Grant(grant.clone()))]).await;
        assert_eq!(verdict(&gateway, &app).await, "200 mock");
        gateway.change(vec![Change::Delete(Key::of::<Grant>(grant.id))]).await;
        assert_eq!(verdict(&gateway, &app).await, refused(dialect));
    }
}

#[tokio::test]
async fn a_grant_can_be_prolonged() {
    let ended = |_: &Scene, grant| Some(Grant { until: from_now(-1), ..grant });
    let (gateway, app, grant) = pets(Dialect::Alibaba, ended).await;
    gateway.change(vec![Change::Put(Document::Grant(grant))]).await;
    assert_eq!(verdict(&gateway, &app).await, "200 mock");
}

#[tokio::test]
async fn a_key_that_was_taken_away_is_unknown() {
    let (gateway, app, _) = pets(Dialect::Alibaba, |_, grant| Some(grant)).await;
    assert_eq!(verdict(&gateway, &app).await, "200 mock");
    let id = paifang_model::AppKey::id_of(&app.key);
    gateway.change(vec![Change::Delete(Key::of::<paifang_model::AppKey>(id))]).await;
    assert_eq!(verdict(&gateway, &app).await, "400 A400IK Invalid AppKey");
}

#[tokio::test]
async fn a_new_secret_replaces_the_old_one() {
    let (gateway, app, _) = pets(Dialect::Alibaba, |_, grant| Some(grant)).await;
    let renewed = Caller { secret: "renewed".to_owned(), ..app.clone() };
    let key = paifang_model::AppKey {
        id: paifang_model::AppKey::id_of(&app.key),
        app: app.app,
        key: app.key.clone(),
        secret: paifang_model::Secret::new(renewed.secret.clone()),
    };
    gateway.change(vec![Change::Put(Document::AppKey(key))]).await;
    assert_eq!(verdict(&gateway, &renewed).await, "200 mock");
    assert!(verdict(&gateway, &app).await.starts_with("403 A403IS "));
}
