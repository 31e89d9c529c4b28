//! Where calls go: backend accesses and channels.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{World, pets};

#[tokio::test]
async fn a_backend_access_is_made_replaced_and_deleted() {
    let world = World::new().await;
    let owner = world.owner();
    let draft = json!({ "name": "shop_in_vpc", "network": "vpc-1", "instance": "10.0.0.7", "port": 8080 });
    let made = owner.post("/backend-accesses", draft.clone()).await;
    assert_snapshot!(made.shown(), @r#"201 {"id":"…","name":"shop_in_vpc","network":"vpc-1","instance":"10.0.0.7","port":8080,"scheme":"http","description":"","revision":2,"created_at":1767225600000,"updated_at":1767225600000}"#);
    let path = format!("/backend-accesses/{}", made.id());
    assert_snapshot!(owner.post("/backend-accesses", draft).await.problem(), @r"
    409 taken: there are 2 complaints
    /name (duplicate): `shop_in_vpc` is taken by backend_access/…
    /instance (duplicate): `vpc-1/10.0.0.7/8080` is taken by backend_access/…
    ");
    let other = json!({ "name": "shop_in_vpc", "network": "vpc-1", "instance": "i-7", "port": 0 });
    assert_snapshot!(owner.put(&path, other).await.problem(), @r"
    422 invalid: there are 2 complaints
    /port (range): 0 is not a port: 1 to 65535 are allowed
    /address (required): `i-7` is neither an address nor a backend instance, so say where the instance is
    ");
    let other = json!({ "name": "shop_in_vpc", "network": "vpc-1", "instance": "10.0.0.8", "port": 8080 });
    assert_eq!(owner.put(&path, other).await.text("/instance"), "10.0.0.8");
    assert_eq!(owner.get("/backend-accesses?search=shop").await.items("name"), ["shop_in_vpc"]);
    assert_eq!(owner.delete(&path).await.status, 204);
}

#[tokio::test]
async fn a_backend_instance_is_made_moved_and_kept_while_it_is_meant() {
    let world = World::new().await;
    let owner = world.owner();
    let draft = |address: &str| json!({ "network": "vpc-1", "instance": "i-7", "address": address });
    let made = owner.post("/backend-instances", draft("10.0.0.7")).await;
    assert_eq!((made.status.as_u16(), made.text("/address")), (201, "10.0.0.7"));
    let path = format!("/backend-instances/{}", made.id());
    let has = |problem: String, said: &str| assert!(problem.contains(said), "{problem}");
    let taken = owner.post("/backend-instances", draft("10.0.0.8")).await.problem();
    has(taken, "/instance (duplicate): `vpc-1/i-7` is taken by backend_instance/…");
    let wrong = json!({ "instance": "i.7", "address": "http://a" });
    has(owner.put(&path, wrong).await.problem(), "422 invalid: there are 2 complaints");
    assert_eq!(owner.put(&path, draft("10.0.0.8")).await.text("/address"), "10.0.0.8");
    let access = json!({ "name": "shop_in_vpc", "network": "vpc-1", "instance": "i-7", "port": 80 });
    let access = owner.post("/backend-accesses", access).await;
    assert_eq!(access.status, 201, "{}", access.shown());
    let members = json!([{ "instance": "i-7" }, { "instance": "i-8" }]);
    let pool = json!({ "name": "shops", "port": 80, "members": members });
    let unknown = owner.post("/channels", pool).await.problem();
    has(unknown, "/members/1/instance (unknown): there is no backend instance `i-8`");
    has(owner.delete(&path).await.problem(), "409 ");
    assert_eq!(owner.delete(&format!("/backend-accesses/{}", access.id())).await.status, 204);
    assert_eq!(owner.get("/backend-instances?search=I-").await.items("instance"), ["i-7"]);
    assert_eq!(owner.delete(&path).await.status, 204);
    assert_eq!(owner.get(&path).await.status, 404);
}

#[tokio::test]
async fn a_channel_has_members_that_are_changed_together() {
    let world = World::new().await;
    let owner = world.owner();
    let members = json!([{ "host": "10.0.0.1" }, { "host": "10.0.0.2", "weight": 5 }]);
    let made = owner.post("/channels", json!({ "name": "shops", "port": 80, "members": members })).await;
    assert_eq!(made.status, 201, "{}", made.shown());
    let path = format!("/channels/{}", made.id());
    let (first, second) = (made.text("/members/0/id").to_owned(), made.text("/members/1/id").to_owned());

    let weights = json!([{ "id": first, "weight": 3 }, { "id": second, "enabled": false }]);
    let changed = owner.patch(&format!("{path}/members"), weights).await;
    assert_eq!(changed.body["members"][0]["weight"], 3);
    assert_eq!(changed.body["members"][1]["enabled"], false);
    let unknown = json!([{ "id": first, "weight": 4 }, { "id": "0".repeat(32), "weight": 4 }]);
    assert_snapshot!(owner.patch(&format!("{path}/members"), unknown).await.problem(), @r"
    422 invalid: /1/id: the channel has no member `…`
    /1/id (unknown): the channel has no member `…`
    ");
    assert_eq!(owner.get(&path).await.body["members"][0]["weight"], 3, "all or none");

    let added = owner.post(&format!("{path}/members"), json!([{ "host": "10.0.0.3" }])).await;
    assert_eq!(added.body["members"].as_array().unwrap().len(), 3);
    let removed = owner.delete(&format!("{path}/members/{second}")).await;
    assert_eq!(removed.body["members"].as_array().unwrap().len(), 2);
    let replaced = owner.put(&format!("{path}/members"), json!([{ "host": "10.0.0.9" }])).await;
    assert_eq!(replaced.text("/members/0/host"), "10.0.0.9");
    let twice = json!([{ "host": "10.0.0.9" }, { "host": "10.0.0.9", "port": 80 }]);
    assert_snapshot!(owner.put(&format!("{path}/members"), twice).await.problem(), @r"
    409 taken: /1/host: `10.0.0.9` with port 80 is there twice
    /1/host (duplicate): `10.0.0.9` with port 80 is there twice
    ");
    assert_eq!(owner.patch(&path, json!({ "port": 81 })).await.body["port"], 81);

    let health = json!({ "protocol": "http", "path": "/up", "codes": "200" });
    let checked = owner.patch(&path, json!({ "health": health, "balance": "uri_hash" })).await;
    assert_eq!(
        (checked.body["health"]["interval_s"].as_u64(), checked.text("/balance")),
        (Some(10), "uri_hash")
    );
    let known = owner.patch(&path, json!({ "groups": [{ "name": "blue", "weight": 7 }] })).await;
    assert_eq!(known.body["groups"][0]["weight"], 7);
    // The fake node knows the member whose id is the channel's.
    let members = json!([{ "host": "10.0.0.7", "id": made.id() }, { "host": "10.0.0.8" }, { "host": "10.0.0.9", "enabled": false }]);
    assert_eq!(owner.put(&format!("{path}/members"), members).await.status, 200);
    let states = owner.get(&format!("{path}/health")).await;
    let state = |index: usize| states.body["members"][index]["state"].clone();
    assert_eq!([state(0), state(1), state(2)], ["unhealthy", "unknown", "disabled"]);
    assert_eq!(states.text("/members/0/reason"), "connecting failed");
    assert_eq!(owner.patch(&path, json!({ "health": null })).await.body["health"], json!(null));

    let mut definition = pets();
    let to = json!({ "kind": "channel", "channel": made.id() });
    definition["backend"] = json!({ "kind": "http", "to": to });
    let group = world.group("huawei").await;
    let api = world.api(&group, definition).await;
    assert_eq!(owner.get(&format!("/apis?channel={}", made.id())).await.items("id"), [api.as_str()]);
    assert_snapshot!(owner.delete(&path).await.problem(), @"409 in-use: channel/… is needed by 1 others, api/… among them");
    owner.delete(&format!("/apis/{api}")).await;
    assert_eq!(owner.delete(&path).await.status, 204);
}
