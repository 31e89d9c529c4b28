//! Policies: made, bound to APIs that are online, changed one special at a time.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{NOW, World, pets_for_apps};

fn throttle(name: &str) -> Value {
    let settings = json!({ "time_interval": 1, "time_unit": "MINUTE", "api_call_limits": 10 });
    json!({ "dialect": "huawei", "kind": "throttle", "name": name, "settings": settings })
}

#[tokio::test]
async fn a_policy_has_a_life() {
    let world = World::new().await;
    let owner = world.owner();
    let made = owner.post("/policies", throttle("ten_a_minute")).await;
    assert_eq!(made.status, 201, "{}", made.shown());
    let path = format!("/policies/{}", made.text("/id"));
    assert_eq!(made.header("location"), format!("/api/v1{path}"));
    let read = owner.get(&path).await;
    assert_eq!((&read.body, &read.body["settings"]), (&made.body, &throttle("")["settings"]));
    let app = world.app("shop").await;
    let special = json!({ "object": { "type": "app", "id": app }, "limit": 5 });
    let with_special = owner.put(&format!("{path}/specials"), special).await;
    assert_eq!(
        with_special.body["settings"]["specials"],
        json!([{ "object_type": "APP", "object_id": app, "call_limits": 5, "applied_at": NOW }])
    );
    let without = owner.delete(&format!("{path}/specials/{app}")).await;
    assert_eq!(without.body["settings"], throttle("")["settings"]);
    let changed = owner.patch(&path, json!({ "remark": "For the shop." })).await;
    assert_eq!(changed.body["remark"], "For the shop.");
    for (query, found) in [("", 1), ("?dialect=huawei&kind=throttle&search=TEN", 1), ("?name=other", 0)] {
        assert_eq!(owner.get(&format!("/policies{query}")).await.items("id").len(), found, "{query}");
    }
    assert_eq!(owner.delete(&path).await.status, 204);
    assert_eq!(owner.get(&path).await.status, 404);
}

#[tokio::test]
async fn every_complaint_names_its_place() {
    let world = World::new().await;
    let mut wrong = throttle("1");
    wrong["settings"] = json!({ "time_interval": 1, "time_unit": "WEEK", "user_call_limits": 3, "extra": 1 });
    assert_snapshot!(world.owner().post("/policies", wrong).await.problem(), @r"
    422 invalid: there are 4 complaints
    /name (range): `1` has 1 characters, but 3 to 64 are allowed
    /settings/api_call_limits (required): it is missing
    /settings/time_unit (format): `WEEK` is none of: SECOND, MINUTE, HOUR, DAY
    /settings/extra (unknown): there is no setting `extra`
    ");
    assert_snapshot!(world.owner().get("/policies?kind=spell").await.problem(), @r"
    400 query: ?kind: unknown variant `spell`, expected one of `throttle`, `address_list`, `account_list`, `account_id_list`, `cors`, `signature_key`, `rate_limit`
    ?kind (unknown): unknown variant `spell`, expected one of `throttle`, `address_list`, `account_list`, `account_id_list`, `cors`, `signature_key`, `rate_limit`
    ");
}

#[tokio::test]
async fn a_policy_is_bound_to_what_is_online() {
    let world = World::new().await;
    let (owner, group) = (world.owner(), world.group("huawei").await);
    let (api, stage) = (world.api(&group, pets_for_apps()).await, world.stage("huawei", "RELEASE").await);
    let made = owner.post("/policies", throttle("ten_a_minute")).await;
    let policy = made.text("/id");
    let path = format!("/policies/{policy}/bindings");
    let target = json!([{ "api": api, "stage": stage }]);
    let too_early = owner.post(&path, target.clone()).await;
    assert_eq!(too_early.status, 422);
    assert!(too_early.problem().contains("/0/stage (conflict)"), "{}", too_early.problem());
    owner.put(&format!("/apis/{api}/deployments/RELEASE"), json!({})).await;
    let bound = owner.post(&path, target).await;
    assert_eq!(bound.status, 200, "{}", bound.shown());
    let binding = bound.text("/bindings/0/id");
    for list in [
        path.clone(),
        format!("/bindings?api={api}"),
        format!("/bindings?group={group}&stage={stage}&kind=throttle"),
    ] {
        assert_eq!(owner.get(&list).await.items("id"), [binding], "{list}");
    }
    assert_eq!(owner.get(&format!("/bindings/{binding}")).await.body["policy"], policy);
    let in_use = owner.delete(&format!("/policies/{policy}")).await;
    assert_eq!(in_use.status, 409, "{}", in_use.shown());
    assert_eq!(owner.delete(&format!("/bindings/{binding}")).await.status, 204);
    assert_eq!(owner.post("/bindings/unbind", json!([binding])).await.status, 422);
    assert_eq!(owner.get(&path).await.body["items"], json!([]));
    assert_eq!(owner.get("/policies/00000000000000000000000000000001/bindings").await.status, 404);
}

#[tokio::test]
async fn a_policy_is_bound_to_a_whole_group() {
    let world = World::new().await;
    let (owner, group) = (world.owner(), world.group("alibaba").await);
    let stage = world.stage("alibaba", "RELEASE").await;
    let settings = json!({ "unit": "MINUTE", "apiDefault": 10 });
    let draft = json!({ "dialect": "alibaba", "kind": "throttle", "name": "gold", "settings": settings });
    let made = owner.post("/policies", draft).await;
    let policy = made.text("/id");
    let path = format!("/policies/{policy}/group-bindings");
    let target = json!([{ "group": group, "stage": stage }]);
    let bound = owner.post(&path, target).await;
    assert_eq!(bound.status, 200, "{}", bound.shown());
    let binding = bound.text("/group_bindings/0/id");
    for list in [path.clone(), format!("/group-bindings?group={group}&stage={stage}&kind=throttle")] {
        assert_eq!(owner.get(&list).await.items("id"), [binding], "{list}");
    }
    assert_eq!(owner.get(&format!("/group-bindings/{binding}")).await.body["policy"], policy);
    assert_eq!(owner.delete(&format!("/policies/{policy}")).await.status, 409);
    assert_eq!(owner.delete(&format!("/group-bindings/{binding}")).await.status, 204);
    assert_eq!(owner.get(&path).await.body["items"], json!([]));
    let nowhere = json!([{ "group": "00000000000000000000000000000001", "stage": stage }]);
    let refused = owner.post(&path, nowhere).await;
    assert_eq!(refused.status, 422);
    assert!(refused.problem().contains("/0/group (unknown)"), "{}", refused.problem());
}

/// Lists of addresses and of accounts share their names, as the vendor's interface shows them as one.
#[tokio::test]
async fn lists_have_names_in_common() {
    let world = World::new().await;
    let owner = world.owner();
    let list = |kind: &str, dialect: &str, settings: Value| json!({ "dialect": dialect, "kind": kind, "name": "office", "settings": settings });
    let addresses = json!({ "acl_type": "PERMIT", "acl_value": "192.0.2.0/24" });
    let control = json!("type: ALLOW\nitems: [{ blocks: [192.0.2.0/24] }]");
    let accounts = json!({ "acl_type": "DENY", "acl_value": "sellers" });
    assert_eq!(owner.post("/policies", list("address_list", "huawei", addresses)).await.status, 201);
    assert_eq!(owner.post("/policies", list("address_list", "alibaba", control)).await.status, 201);
    let taken = owner.post("/policies", list("account_list", "huawei", accounts.clone())).await;
    assert!(
        taken.problem().starts_with("409 taken: /name: `office` is taken by policy/"),
        "{}",
        taken.problem()
    );
    let unknown = owner.post("/policies", list("account_list", "alibaba", accounts)).await;
    assert!(
        unknown.problem().contains("/settings (unsupported): groups of alibaba"),
        "{}",
        unknown.problem()
    );
    for (query, found) in [
        ("?kind=address_list", 2),
        ("?kind=address_list&dialect=huawei", 1),
        ("?kind=account_list&dialect=huawei", 0),
        ("?kind=throttle", 0),
    ] {
        assert_eq!(owner.get(&format!("/policies{query}")).await.items("id").len(), found, "{query}");
    }
}

#[tokio::test]
async fn a_signature_key_shows_its_secret_when_asked() {
    let world = World::new().await;
    let owner = world.owner();
    let draft = json!({
        "dialect": "huawei", "kind": "signature_key", "name": "our_backends", "secret": "not-a-real-secret",
        "settings": { "sign_type": "hmac", "sign_key": "backend-key" },
    });
    let made = owner.post("/policies", draft).await;
    assert_eq!((made.status.as_u16(), made.body.get("secret")), (201, None), "{}", made.shown());
    let path = format!("/policies/{}", made.text("/id"));
    assert_eq!(owner.get(&path).await.body.get("secret"), None);
    let revealed = owner.post(&format!("{path}/reveal"), json!({})).await;
    assert_eq!(revealed.body, json!({ "secret": "not-a-real-secret" }));
    let wrong = owner.patch(&path, json!({ "secret": "short" })).await;
    assert_snapshot!(wrong.problem(), @r"
    422 invalid: /secret: it begins with a letter or digit; letters, digits and `_-!@#$%` follow, 16 to 64 characters in all
    /secret (format): it begins with a letter or digit; letters, digits and `_-!@#$%` follow, 16 to 64 characters in all
    ");
}
