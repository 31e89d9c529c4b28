//! Users and their access keys. Somebody always stays in charge.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::World;

#[tokio::test]
async fn a_user_is_made_promoted_and_deleted() {
    let world = World::new().await;
    let owner = world.owner();
    let made =
        owner.post("/users", json!({ "name": "eve", "role": "read_only", "password": "12345678" })).await;
    assert_snapshot!(made.shown(), @r#"201 {"id":"…","account":"…","name":"eve","role":"read_only","enabled":true,"has_password":true,"revision":2,"created_at":1767225600000,"updated_at":1767225600000}"#);
    let path = format!("/users/{}", made.id());
    assert_eq!(owner.patch(&path, json!({ "role": "owner" })).await.text("/role"), "owner");
    assert_eq!(owner.get("/users?search=EV").await.items("name"), ["eve"]);
    assert_eq!(owner.delete(&path).await.status, 204);
    let bad = json!({ "name": "system", "role": "owner", "password": "short" });
    assert_snapshot!(owner.post("/users", bad).await.problem(), @r"
    422 invalid: there are 2 complaints
    /name (format): `system` is how the gateway calls itself in the audit trail
    /password (range): it has 5 characters, but 8 to 128 are allowed
    ");
}

#[tokio::test]
async fn the_last_owner_stays() {
    let world = World::new().await;
    let admin = world.owner().get("/session").await.text("/user").to_owned();
    let path = format!("/users/{admin}");
    assert_snapshot!(world.owner().delete(&path).await.problem(), @"409 refused: the last enabled owner can be neither disabled, demoted nor deleted");
    assert_snapshot!(world.owner().patch(&path, json!({ "enabled": false })).await.problem(), @"409 refused: the last enabled owner can be neither disabled, demoted nor deleted");
}

#[tokio::test]
async fn an_access_key_signs_until_it_is_disabled() {
    let world = World::new().await;
    let owner = world.owner();
    let user = owner.post("/users", json!({ "name": "ci", "role": "owner" })).await.id();
    let keys = format!("/users/{user}/access-keys");
    let made = owner.post(&keys, json!({})).await;
    let ci = world.nobody().signing(made.text("/key"), made.text("/secret"));
    assert_eq!(ci.get("/session").await.text("/name"), "ci");
    assert!(!owner.get(&keys).await.body.to_string().contains(made.text("/secret")));

    let path = format!("/access-keys/{}", made.id());
    assert_eq!(owner.patch(&path, json!({ "enabled": false })).await.body["enabled"], false);
    assert_eq!(ci.get("/session").await.status, 401);
    owner.patch(&path, json!({ "enabled": true })).await;
    owner.patch(&format!("/users/{user}"), json!({ "enabled": false })).await;
    assert_eq!(ci.get("/session").await.status, 401, "a disabled user's key is refused too");
    assert_eq!(owner.delete(&path).await.status, 204);
    assert_eq!(owner.get(&keys).await.body["items"], json!([]));
}

#[tokio::test]
async fn a_new_password_ends_other_sessions() {
    let world = World::new().await;
    let (first, second) = (world.browser().await, world.browser().await);
    let admin = first.get("/session").await.text("/user").to_owned();
    let set =
        second.put(&format!("/users/{admin}/password"), json!({ "password": "a much better one" })).await;
    assert_eq!(set.status, 204);
    assert_eq!(first.get("/session").await.status, 401);
    assert_eq!(second.get("/session").await.status, 200);
    let old = json!({ "name": "admin", "password": crate::support::PASSWORD });
    assert_eq!(world.nobody().post("/session", old).await.status, 401);
}
