//! Signature keys, and where they are bound.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{NOTHING, World, published};

async fn made(world: &World, name: &str) -> String {
    world.clock.advance(1);
    let body = json!({ "name": name, "sign_type": "hmac", "sign_key": "backend-key", "sign_secret": "not-a-real-secret" });
    world.owner().post("signs", body).await.id()
}

#[tokio::test]
async fn a_key_is_made_shown_changed_and_deleted() {
    let world = World::new().await;
    let owner = world.owner();
    let id = made(&world, "our_backends").await;
    let list = owner.get("signs").await;
    let shown = serde_json::to_string_pretty(&list.body["signs"][0]).unwrap().replace(&id, "ID");
    assert_snapshot!(shown, @r#"
    {
      "sign_type": "hmac",
      "sign_key": "backend-key",
      "sign_secret": "not-a-real-secret",
      "id": "ID",
      "name": "our_backends",
      "create_time": "2026-01-01T00:00:00.001Z",
      "update_time": "2026-01-01T00:00:00.001Z",
      "bind_num": 0,
      "ldapi_bind_num": 0
    }
    "#);
    let path = format!("signs/{id}");
    let renamed = owner.put(&path, json!({ "name": "new_backends" })).await;
    assert_eq!((renamed.text("/name"), renamed.text("/sign_secret")), ("new_backends", "not-a-real-secret"));
    let changed = json!({ "name": "new_backends", "sign_type": "basic", "sign_key": "user", "sign_secret": "password" });
    assert_eq!(owner.put(&path, changed).await.text("/sign_type"), "basic");
    for (query, found) in [("?name=NEW", 1), ("?name=new&precise_search=name", 0), (&format!("?id={id}"), 1)]
    {
        assert_eq!(owner.get(&format!("signs{query}")).await.body["total"], found, "{query}");
    }
    owner.delete(&path).await;
    assert_eq!(owner.delete(&path).await.code(), "404 APIG.3017");
}

/// What is left out is drawn, and keeps the rules.
#[tokio::test]
async fn key_and_secret_are_drawn() {
    let world = World::new().await;
    for (name, sign_type) in [("first", json!(null)), ("second", json!("basic"))] {
        let drawn = world.owner().post("signs", json!({ "name": name, "sign_type": sign_type })).await;
        assert!(drawn.text("/sign_key").len() > 20 && drawn.text("/sign_secret").len() == 32, "{drawn:?}");
    }
}

#[tokio::test]
async fn what_is_wrong_is_told_with_the_vendors_codes() {
    let world = World::new().await;
    let owner = world.owner();
    made(&world, "our_backends").await;
    assert_eq!(owner.post("signs", json!({ "name": "our_backends" })).await.code(), "400 APIG.3207");
    for (key, told_of) in [("k", "sign_key: `k` is no key"), ("backend-key", "sign_secret: it begins")] {
        let wrong =
            json!({ "name": "other", "sign_type": "hmac", "sign_key": key, "sign_secret": "swordfish" });
        let told = owner.post("signs", wrong).await.error();
        assert!(told.contains(told_of) && !told.contains("swordfish"), "{told}");
    }
    let aes = json!({ "name": "other", "sign_type": "aes", "sign_key": "0123456789abcdef", "sign_algorithm": "aes-128-cfb" });
    assert_eq!(owner.post("signs", aes).await.code(), "412 APIG.3458");
    assert_eq!(
        owner.put(&format!("signs/{NOTHING}"), json!({ "name": "other" })).await.code(),
        "404 APIG.3017"
    );
    world.set_quota("huawei.signature_keys", 1).await;
    assert_eq!(owner.post("signs", json!({ "name": "other" })).await.code(), "403 APIG.3105");
}

#[tokio::test]
async fn a_key_is_bound_to_publications_and_seen_from_both_sides() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("zoo").await;
    let (key, other) = (made(&world, "our_backends").await, made(&world, "other_backends").await);
    let (cats, online) = published(&world, &group, "cats").await;
    let bound = owner.post("sign-bindings", json!({ "sign_id": key, "publish_ids": [online] })).await;
    assert_eq!(
        (bound.text("/bindings/0/api_name"), bound.text("/bindings/0/sign_name")),
        ("cats", "our_backends")
    );
    let binding = bound.text("/bindings/0/id").to_owned();
    let list = async |which: &str, query: &str| owner.get(&format!("sign-bindings/{which}?{query}")).await;
    let apis = list("binded-apis", &format!("sign_id={key}")).await;
    assert_eq!(apis.column("bindings", "publish_id"), std::slice::from_ref(&online));
    let signs = list("binded-signs", &format!("api_id={cats}")).await;
    assert_eq!(signs.column("bindings", "sign_secret"), ["not-a-real-secret"]);
    let free = list("unbinded-apis", &format!("sign_id={other}")).await;
    assert_eq!(free.column("apis", "signature_name"), ["our_backends"]);
    assert_eq!(owner.delete(&format!("signs/{key}")).await.code(), "403 APIG.1020");
    owner.delete(&format!("sign-bindings/{binding}")).await;
    assert_eq!(owner.delete(&format!("sign-bindings/{binding}")).await.code(), "404 APIG.3018");
    owner.delete(&format!("signs/{key}")).await;
}
