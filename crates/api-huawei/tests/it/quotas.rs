//! Quotas as this interface tells them, and its words when one is used up.

use serde_json::json;

use crate::support::{World, pets};

#[tokio::test]
async fn configurations_say_value_and_use() {
    let world = World::new().await;
    let owner = world.owner();
    world.group("grp_1").await;
    world.set_quota("huawei.groups", 7).await;
    let list = owner.get("project/configs?limit=100").await;
    let names = list.column("configs", "config_name");
    assert_eq!((list.body["total"].as_u64(), names.len()), (Some(17), 17));
    let row = |name: &str| &list.body["configs"][names.iter().position(|known| known == name).unwrap()];
    let groups = row("APIGROUP_NUM_LIMIT");
    assert_eq!((&groups["config_value"], &groups["used"]), (&json!("7"), &json!(1)));
    assert!(groups["config_time"].is_string());
    let apps = row("APP_NUM_LIMIT");
    assert_eq!((&apps["config_value"], &apps["config_time"]), (&json!("10000000"), &json!(null)));
    assert_eq!(owner.get("project/configs?limit=5&offset=12").await.body["size"], 5);
}

#[tokio::test]
async fn every_quota_that_is_used_up_has_its_code() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    world.api(&group, pets()).await;
    let app = world.app("app_1").await;
    owner.post(&format!("api-groups/{group}/domains"), json!({ "url_domain": "a.example.com" })).await;
    owner.put(&format!("apps/{app}/app-codes"), json!({})).await;
    let throttle =
        json!({ "name": "thr_1", "time_interval": 1, "time_unit": "MINUTE", "api_call_limits": 10 });
    owner.post("throttles", throttle).await;
    let mut second = pets();
    second["name"] = json!("second");
    second["req_uri"] = json!("/second");
    second["group_id"] = json!(group);
    let mut wide = second.clone();
    let parameter = |name: &str| json!({ "name": name, "type": "STRING", "location": "QUERY" });
    wide["req_params"] = json!([parameter("one"), parameter("two")]);
    let cases = [
        ("huawei.groups", "api-groups".to_owned(), json!({ "name": "grp_2" }), "APIG.3101"),
        ("huawei.parameters_per_api", "apis".to_owned(), wide, "APIG.3111"),
        ("huawei.apis_per_group", "apis".to_owned(), second, "APIG.3125"),
        ("all.apps", "apps".to_owned(), json!({ "name": "app_2" }), "APIG.3103"),
        ("huawei.stages", "envs".to_owned(), json!({ "name": "DEV" }), "APIG.3104"),
        (
            "huawei.domains_per_group",
            format!("api-groups/{group}/domains"),
            json!({ "url_domain": "b.example.com" }),
            "APIG.3108",
        ),
        (
            "huawei.throttling_policies",
            "throttles".to_owned(),
            json!({ "name": "thr_2", "time_interval": 1, "time_unit": "MINUTE", "api_call_limits": 10 }),
            "APIG.3107",
        ),
        (
            "all.app_codes_per_app",
            format!("apps/{app}/app-codes"),
            json!({ "app_code": "GjOD3g80AABuuFeEJpVQADBlAjBh3UzC7W+gr4VJB" }),
            "APIG.3131",
        ),
    ];
    for (name, path, body, code) in cases {
        world.set_quota(name, 1).await;
        assert_eq!(owner.post(&path, body).await.code(), format!("403 {code}"), "{name}");
        world.behind().await.reset_quota(name, None).await.unwrap();
    }
}
