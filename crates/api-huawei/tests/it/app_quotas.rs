//! App quotas, and the apps that have them.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{NOTHING, World};

fn gold() -> Value {
    json!({
        "name": "ClientQuota_demo", "call_limits": 1000, "time_unit": "DAY", "time_interval": 1,
        "reset_time": "2020-09-20 02:00:00", "remark": "for those who pay",
    })
}

#[tokio::test]
async fn a_quota_is_made_shown_changed_and_deleted() {
    let world = World::new().await;
    let owner = world.owner();
    let made = owner.post("app-quotas", gold()).await;
    let id = made.text("/app_quota_id").to_owned();
    assert_snapshot!(serde_json::to_string_pretty(&made.body).unwrap().replace(&id, "ID"), @r#"
    {
      "app_quota_id": "ID",
      "name": "ClientQuota_demo",
      "call_limits": 1000,
      "time_unit": "DAY",
      "time_interval": 1,
      "reset_time": "2020-09-20 02:00:00",
      "remark": "for those who pay",
      "create_time": "2026-01-01T00:00:00.000Z",
      "bound_app_num": 0
    }
    "#);
    let path = format!("app-quotas/{id}");
    assert_eq!(owner.get(&path).await.body, made.body);
    assert_eq!(owner.get("app-quotas?name=QUOTA").await.column("quotas", "app_quota_id"), [id.as_str()]);
    assert_eq!(owner.get("app-quotas?name=zzz").await.body["total"], 0);
    assert_snapshot!(owner.post("app-quotas", gold()).await.error().replace(&id, "ID"), @"400 APIG.3325 The API quota name already exists (name: `ClientQuota_demo` is taken by app_quota/ID)");
    // A time without a day; and none: then a period begins with the first call.
    let mut changed = gold();
    changed["reset_time"] = json!("05:05:00");
    assert_eq!(owner.put(&path, changed.clone()).await.text("/reset_time"), "2026-01-01 05:05:00");
    changed.as_object_mut().unwrap().remove("reset_time");
    changed["call_limits"] = json!(5);
    let replaced = owner.put(&path, changed).await;
    assert_eq!((&replaced.body["call_limits"], replaced.body.get("reset_time")), (&json!(5), None));
    owner.delete(&path).await;
    assert_snapshot!(owner.get(&path).await.error().replace(&id, "ID"), @"404 APIG.3093 The App quota does not exist,id:ID");
    assert_eq!(owner.delete(&path).await.code(), "404 APIG.3093");
}

#[tokio::test]
async fn every_complaint_names_its_parameter() {
    let world = World::new().await;
    let wrong = json!({
        "name": "1", "call_limits": 0, "time_unit": "YEAR", "time_interval": -1, "reset_time": "soon",
        "remark": "x".repeat(256),
    });
    assert_snapshot!(world.owner().post("app-quotas", wrong).await.error(), @"400 APIG.2011 Invalid parameter value,parameterName:time_interval. Please refer to the support documentation (time_interval: -1 is out of range: 1 to 2147483647 are allowed; time_unit: `YEAR` is none of: SECOND, MINUTE, HOUR, DAY; reset_time: `soon` is no time, as in `2026-01-01 05:05:00` or `05:05:00`)");
    let wrong = json!({ "name": "1", "call_limits": 0, "time_unit": "DAY", "time_interval": 0 });
    assert_snapshot!(world.owner().post("app-quotas", wrong).await.error(), @"400 APIG.2012 Invalid parameter value,parameterName:name. Please refer to the support documentation (name: `1` has 1 characters, but 3 to 255 are allowed; call_limits: 0 is out of range: 1 to 2147483647 are allowed; time_interval: 0 is out of range: 1 to 2147483647 are allowed)");
    assert_eq!(world.owner().post("app-quotas", json!({})).await.code(), "400 APIG.2001");
}

#[tokio::test]
async fn apps_are_bound_and_bound_anew() {
    let world = World::new().await;
    let owner = world.owner();
    let mut silver = gold();
    silver["name"] = json!("silver");
    let quota = async |body: Value| owner.post("app-quotas", body).await.text("/app_quota_id").to_owned();
    let (gold, silver) = (quota(gold()).await, quota(silver).await);
    let (one, two) = (world.app("app_1").await, world.app("app_2").await);
    let names = async |list: &str| {
        let mut names = owner.get(&format!("app-quotas/{gold}/{list}")).await.column("apps", "name");
        names.sort_unstable();
        names
    };
    assert_eq!(names("bindable-apps").await, ["app_1", "app_2"]);
    let bound =
        owner.post(&format!("app-quotas/{gold}/binding-apps"), json!({ "app_ids": [one, two] })).await;
    assert_eq!(bound.status, 201);
    assert_eq!(bound.column("applies", "app_id"), [one.as_str(), two.as_str()]);
    assert_eq!(names("bindable-apps").await, [""; 0]);
    assert_eq!(names("bound-apps").await, ["app_1", "app_2"]);
    assert_eq!(names("bound-apps?app_name=1").await, ["app_1"]);
    assert_eq!(owner.get(&format!("app-quotas/{gold}")).await.body["bound_app_num"], 2);
    assert_eq!(owner.get(&format!("apps/{one}/bound-quota")).await.text("/app_quota_id"), gold);

    // Another quota takes the place of the first.
    owner.post(&format!("app-quotas/{silver}/binding-apps"), json!({ "app_ids": [one] })).await;
    assert_eq!(names("bound-apps").await, ["app_2"]);
    let free = owner.get(&format!("app-quotas/{gold}/bindable-apps")).await;
    assert_eq!(free.column("apps", "app_quota_name"), ["silver"]);

    assert_snapshot!(owner.delete(&format!("app-quotas/{gold}")).await.error().replace(&gold, "ID"), @"403 APIG.1020 Insufficient permissions,the app quota ID is bound to 1 apps");
    assert_eq!(owner.delete(&format!("app-quotas/{gold}/bound-apps/{two}")).await.status, 204);
    assert_eq!(owner.delete(&format!("app-quotas/{gold}/bound-apps/{two}")).await.code(), "404 APIG.3093");
    assert_eq!(owner.get(&format!("apps/{two}/bound-quota")).await.code(), "404 APIG.3093");
    assert_eq!(owner.delete(&format!("app-quotas/{gold}")).await.status, 204);

    let path = format!("app-quotas/{silver}/binding-apps");
    assert_eq!(owner.post(&path, json!({ "app_ids": [NOTHING] })).await.code(), "404 APIG.3004");
    assert_eq!(owner.post(&path, json!({ "app_ids": ["x"] })).await.code(), "400 APIG.2012");
    assert_eq!(owner.post(&path, json!({})).await.code(), "400 APIG.2001");
}
