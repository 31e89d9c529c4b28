//! Which app may call what, seen from either side.

use serde_json::json;

use crate::support::{NOTHING, RELEASE, World, pets};

#[tokio::test]
async fn authorizations_live() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    let (api, app) = (world.api(&group, pets()).await, world.app("caller").await);
    world.publish(&api).await;
    let others = format!("app-auths/unbinded-apis?app_id={app}&env_id={RELEASE}");
    assert_eq!(owner.get(&others).await.column("apis", "id"), [api.as_str()]);
    let body = json!({ "env_id": RELEASE, "app_ids": [app], "api_ids": [api] });
    let made = owner.post("app-auths", body).await;
    let id = made.text("/auths/0/id").to_owned();
    assert_eq!(owner.get(&others).await.body["total"], 0);
    let apis = owner.get(&format!("app-auths/binded-apis?app_id={app}&api_name=PETS")).await;
    assert_eq!(apis.column("auths", "id"), [id.as_str()]);
    assert_eq!(apis.column("auths", "api_name"), ["list_pets"]);
    let apps = owner.get(&format!("app-auths/binded-apps?api_id={api}&env_id={RELEASE}")).await;
    assert_eq!(apps.column("auths", "app_name"), ["caller"]);
    assert_eq!(owner.get(&format!("app-auths/binded-apps?api_id={api}&app_name=x")).await.body["total"], 0);
    assert_eq!(owner.get("apps").await.body["apps"][0]["bind_num"], 1);
    assert_eq!(owner.delete(&format!("app-auths/{id}")).await.status, 204);
    assert_eq!(owner.delete(&format!("app-auths/{id}")).await.code(), "404 APIG.3009");
}

#[tokio::test]
async fn what_is_not_there_is_told() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    let (api, app) = (world.api(&group, pets()).await, world.app("caller").await);
    let code = async |env: &str, app: &str, api: &str| {
        let body = json!({ "env_id": env, "app_ids": [app], "api_ids": [api] });
        owner.post("app-auths", body).await.code()
    };
    assert_eq!(code(NOTHING, &app, &api).await, "404 APIG.3003");
    assert_eq!(code(RELEASE, NOTHING, &api).await, "404 APIG.3004");
    assert_eq!(code(RELEASE, &app, NOTHING).await, "404 APIG.3002");
    assert_eq!(owner.post("app-auths", json!({})).await.code(), "400 APIG.2001");
    assert_eq!(owner.get("app-auths/binded-apis").await.code(), "400 APIG.2001");
    assert_eq!(owner.get(&format!("app-auths/unbinded-apis?app_id={app}")).await.code(), "400 APIG.2001");
}

#[tokio::test]
async fn every_pair_has_its_own_result_in_its_place() {
    let world = World::new().await;
    let owner = world.owner();
    let (mut apis, mut apps) = (Vec::new(), Vec::new());
    for number in 0..5 {
        let group = world.group(&format!("grp_{number}")).await;
        apis.push(world.api(&group, pets()).await);
        apps.push(world.app(&format!("caller_{number}")).await);
    }
    for api in &apis[1..] {
        world.publish(api).await;
    }
    let body = json!({ "env_id": RELEASE, "app_ids": apps, "api_ids": apis });
    for status in ["SUCCESS", "SKIPPED"] {
        let made = owner.post("app-auths", body.clone()).await;
        let told = made.body["auths"].as_array().unwrap().iter().map(|auth| {
            let part = |pointer| auth.pointer(pointer).unwrap().as_str().unwrap().to_owned();
            [part("/api_id"), part("/app_id"), part("/auth_result/status")]
        });
        let pairs = apis.iter().flat_map(|api| apps.iter().map(move |app| (api, app)));
        let expected = pairs.map(|(api, app)| {
            let status = if *api == apis[0] { "FAILED" } else { status };
            [api.clone(), app.clone(), status.to_owned()]
        });
        assert_eq!(told.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }
}
