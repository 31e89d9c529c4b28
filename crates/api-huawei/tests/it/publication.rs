//! The whole walk: group, environment, API, published, modified, published again, switched, offline, deleted; and the
//! error of each wrong order.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{NOTHING, RELEASE, World, pets};

fn with_remark(group: &str, remark: &str) -> Value {
    let mut body = pets();
    body["group_id"] = json!(group);
    body["remark"] = json!(remark);
    body
}

#[tokio::test]
async fn the_whole_walk() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    let api = world.api(&group, with_remark(&group, "first")).await;
    let app = world.app("caller").await;
    let authorize = json!({ "env_id": RELEASE, "app_ids": [app], "api_ids": [api] });

    // Nothing is published.
    let early = owner.post("app-auths", authorize.clone()).await;
    assert_eq!(early.text("/auths/0/auth_result/status"), "FAILED");
    assert_eq!(early.text("/auths/0/auth_result/error_code"), "APIG.3015");
    let offline = json!({ "action": "offline", "env_id": RELEASE, "api_id": api });
    assert_snapshot!(owner.post("apis/action", offline.clone()).await.error(), @"404 APIG.3015 The API publication record does not exist");
    assert_eq!(owner.get(&format!("apis/runtime/{api}")).await.code(), "404 APIG.3015");

    // Published, and authorized.
    let online = json!({ "action": "online", "env_id": RELEASE, "api_id": api, "remark": "one" });
    let published = owner.post("apis/action", online.clone()).await;
    let first = published.text("/version_id").to_owned();
    let publish_id = published.text("/publish_id").to_owned();
    assert_eq!((published.text("/env_id"), published.text("/remark")), (RELEASE, "one"));
    let authorized = owner.post("app-auths", authorize.clone()).await;
    assert_eq!(authorized.text("/auths/0/auth_result/status"), "SUCCESS");
    assert_eq!(owner.post("app-auths", authorize).await.text("/auths/0/auth_result/status"), "SKIPPED");

    // Modified: what is published stays.
    world.clock.advance(61_000);
    owner.put(&format!("apis/{api}"), with_remark(&group, "second")).await;
    let runs = owner.get(&format!("apis/runtime/{api}?env_id={RELEASE}")).await;
    assert_eq!((runs.text("/remark"), runs.text("/publish_id")), ("first", publish_id.as_str()));
    let shown = owner.get(&format!("apis/{api}")).await;
    assert_eq!((shown.text("/remark"), shown.text("/run_env_name")), ("second", "RELEASE"));

    // Published again.
    let again = owner.post("apis/action", online).await;
    let second = again.text("/version_id").to_owned();
    assert_eq!(again.text("/publish_id"), publish_id);
    let versions = owner.get(&format!("apis/publish/{api}?env_name=RELEASE")).await;
    assert_eq!(versions.column("api_versions", "version_id"), [second.as_str(), first.as_str()]);
    assert_eq!(versions.column("api_versions", "version_no"), ["20260101000101", "20260101000000"]);
    assert_eq!(versions.body["api_versions"][0]["status"], 1);
    assert_eq!(versions.body["api_versions"][1]["status"], 2);
    assert_eq!(owner.get(&format!("apis/versions/{first}")).await.text("/remark"), "first");

    // Switched back.
    let switched = owner.put(&format!("apis/publish/{api}"), json!({ "version_id": first })).await;
    assert_eq!(switched.text("/version_id"), first);
    assert_eq!(owner.get(&format!("apis/runtime/{api}")).await.text("/remark"), "first");

    // What is published is neither deleted nor is its group.
    assert_snapshot!(owner.delete(&format!("apis/{api}")).await.code(), @"403 APIG.3416");
    assert_eq!(owner.delete(&format!("api-groups/{group}")).await.code(), "403 APIG.3415");

    // Only the version that serves is taken offline.
    assert_eq!(owner.delete(&format!("apis/versions/{second}")).await.code(), "404 APIG.3015");
    assert_eq!(owner.delete(&format!("apis/versions/{first}")).await.status, 204);
    assert_eq!(owner.post("apis/action", offline).await.code(), "404 APIG.3015");
    assert_eq!(owner.delete(&format!("apis/{api}")).await.status, 204);
    assert_eq!(owner.delete(&format!("apis/{api}")).await.code(), "404 APIG.3002");
    assert_eq!(owner.delete(&format!("api-groups/{group}")).await.status, 204);
}

#[tokio::test]
async fn what_is_not_there_is_told() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    let (api, other) = (world.api(&group, pets()).await, world.group("grp_2").await);
    let other = world.api(&other, pets()).await;
    let version = world.publish(&other).await;
    let act = async |env: &str, api: &str| {
        owner.post("apis/action", json!({ "action": "online", "env_id": env, "api_id": api })).await.code()
    };
    assert_eq!(act(NOTHING, &api).await, "404 APIG.3003");
    assert_eq!(act("production", &api).await, "400 APIG.2012");
    assert_eq!(act(RELEASE, NOTHING).await, "404 APIG.3002");
    let wrong = owner.post("apis/action", json!({ "action": "away" })).await;
    assert_snapshot!(wrong.error(), @"400 APIG.2011 Invalid parameter value,parameterName:action. Please refer to the support documentation (action: `away` is none of: online, offline; env_id: it is missing; api_id: it is missing)");
    let switch = async |version: &str| {
        owner.put(&format!("apis/publish/{api}"), json!({ "version_id": version })).await.code()
    };
    assert_eq!(switch(NOTHING).await, "404 APIG.3022");
    assert_eq!(switch(&version).await, "404 APIG.3022");
    assert_eq!(owner.get(&format!("apis/versions/{NOTHING}")).await.code(), "404 APIG.3022");
    assert_eq!(owner.get(&format!("apis/publish/{api}?env_name=NOWHERE")).await.code(), "404 APIG.3003");
}

#[tokio::test]
async fn ten_versions_are_kept() {
    let world = World::new().await;
    let group = world.group("grp_1").await;
    let api = world.api(&group, pets()).await;
    for _ in 0..12 {
        world.publish(&api).await;
        world.clock.advance(1_000);
    }
    let versions = world.owner().get(&format!("apis/publish/{api}?limit=3")).await;
    assert_eq!((&versions.body["total"], &versions.body["size"]), (&json!(10), &json!(3)));
}

#[tokio::test]
async fn several_at_once() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    let first = world.api(&group, pets()).await;
    let body = json!({ "apis": [first, NOTHING, "b"], "env_id": RELEASE, "remark": "all" });
    let done = owner.post("apis/publish?action=online", body.clone()).await;
    assert_eq!(done.column("success", "api_id"), [first.as_str()]);
    assert_eq!(done.column("failure", "error_code"), ["APIG.3002", "APIG.2012"]);
    let whole = json!({ "group_id": group, "env_id": RELEASE });
    let done = owner.post("apis/publish?action=offline", whole.clone()).await;
    assert_eq!(done.column("success", "api_name"), ["list_pets"]);
    let again = owner.post("apis/publish?action=offline", whole).await;
    assert_eq!(again.column("failure", "error_code"), ["APIG.3015"]);
    assert_snapshot!(owner.post("apis/publish?action=away", body.clone()).await.error(), @r#"400 APIG.2011 Invalid parameter value,parameterName:action. Please refer to the support documentation (action: it should be "online" or "offline")"#);
    assert_eq!(owner.post("apis/publish", body).await.code(), "400 APIG.2001");
}
