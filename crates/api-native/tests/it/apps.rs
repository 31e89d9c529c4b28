//! Apps, their keys and codes: secrets are shown when they are made, or when somebody who may asks for them.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::World;

#[tokio::test]
async fn an_app_is_made_with_a_key_and_its_secret() {
    let world = World::new().await;
    let owner = world.owner();
    let made = owner.post("/apps", json!({ "name": "cat_lovers" })).await;
    let path = format!("/apps/{}", made.id());
    let secret = made.text("/key/secret").to_owned();
    assert_eq!(made.status, 201);
    assert_eq!(secret.len(), 32);

    for shown in [owner.get(&path).await, owner.get("/apps").await, owner.get(&format!("{path}/keys")).await]
    {
        assert!(!shown.body.to_string().contains(&secret), "{}", shown.shown());
    }
    let key = format!("{path}/keys/{}", made.text("/key/id"));
    assert_eq!(owner.post(&format!("{key}/reveal"), json!({})).await.text("/secret"), secret);
    let reset = owner.post(&format!("{key}/reset"), json!({})).await;
    assert_ne!(reset.text("/secret"), secret);
    assert_snapshot!(owner.delete(&key).await.problem(), @"409 refused: the last key of an app cannot be deleted; reset its secret, or delete the app");

    assert_eq!(owner.patch(&path, json!({ "description": "meow" })).await.text("/description"), "meow");
    assert_eq!(owner.delete(&path).await.status, 204);
    assert_eq!(owner.get(&path).await.status, 404);
}

#[tokio::test]
async fn an_app_has_keys_of_its_own_choice() {
    let world = World::new().await;
    let (owner, app) = (world.owner(), world.app("cat_lovers").await);
    let keys = format!("/apps/{app}/keys");
    let own = owner.post(&keys, json!({ "key": "my-own-key", "secret": "my-own-secret" })).await;
    assert_eq!((own.text("/key"), own.text("/secret")), ("my-own-key", "my-own-secret"));
    assert_snapshot!(owner.post(&keys, json!({ "key": "my-own-key" })).await.problem(), @r"
    409 taken: /key: `my-own-key` is taken by app_key/…
    /key (duplicate): `my-own-key` is taken by app_key/…
    ");
    assert_snapshot!(owner.post(&keys, json!({ "key": "a b", "secret": "short" })).await.problem(), @r"
    422 invalid: there are 2 complaints
    /key (range): `a b` has 3 characters, but 8 to 200 are allowed
    /secret (range): it has 5 characters, but 8 to 128 are allowed
    ");
    assert_eq!(owner.delete(&format!("{keys}/{}", own.id())).await.status, 204);
    assert_eq!(owner.get(&keys).await.body["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_code_is_masked_in_lists() {
    let world = World::new().await;
    let (owner, app) = (world.owner(), world.app("cat_lovers").await);
    let codes = format!("/apps/{app}/codes");
    let drawn = owner.post(&codes, json!({})).await;
    let code = drawn.text("/code").to_owned();
    assert_eq!((drawn.status.as_u16(), code.len()), (201, 32));
    let listed = owner.get(&codes).await;
    assert!(!listed.body.to_string().contains(&code));
    assert_eq!(listed.items("masked"), [format!("{}…", &code[..3])]);
    let path = format!("{codes}/{}", drawn.id());
    assert_eq!(owner.post(&format!("{path}/reveal"), json!({})).await.text("/code"), code);
    assert_snapshot!(owner.post(&codes, json!({ "code": code })).await.problem(), @r"
    409 taken: /code: it is taken by app_code/…
    /code (duplicate): it is taken by app_code/…
    ");
    for _ in 0..4 {
        assert_eq!(owner.post(&codes, json!({})).await.status, 201);
    }
    let sixth = owner.post(&codes, json!({})).await;
    assert_snapshot!(sixth.problem(), @"409 quota-exceeded: there may be 5 of kind app_code at most");
    assert_eq!(sixth.body["limit"], 5);
    assert_eq!(owner.delete(&path).await.status, 204);
    assert_eq!(owner.post(&codes, json!({})).await.status, 201);
}

#[tokio::test]
async fn somebody_elses_key_is_not_there() {
    let world = World::new().await;
    let owner = world.owner();
    let (cats, dogs) = (world.app("cat_lovers").await, world.app("dog_lovers").await);
    let keys = owner.get(&format!("/apps/{cats}/keys")).await;
    let key = keys.items("id").remove(0);
    assert_snapshot!(owner.post(&format!("/apps/{dogs}/keys/{key}/reveal"), json!({})).await.problem(), @"404 not-found: there is no app_key `…`");
}

#[tokio::test]
async fn an_app_is_frozen_and_held_to_its_addresses() {
    let world = World::new().await;
    let owner = world.owner();
    let path = format!("/apps/{}", world.app("shop").await);
    let shown = owner.get(&path).await;
    assert_eq!((&shown.body["frozen"], shown.body.get("access")), (&json!(false), None));
    let access = json!({ "effect": "allow", "addresses": ["192.0.2.0/24"] });
    let changed = owner.patch(&path, json!({ "frozen": true, "access": access })).await;
    assert_eq!((&changed.body["frozen"], &changed.body["access"]), (&json!(true), &access));
    let wrong = json!({ "access": { "effect": "deny", "addresses": ["192.0.2.0/40", "shop"] } });
    assert_snapshot!(owner.patch(&path, wrong).await.problem(), @r"
    422 invalid: there are 2 complaints
    /access/addresses/0 (format): `192.0.2.0/40` is neither an address nor a network or range of them
    /access/addresses/1 (format): `shop` is neither an address nor a network or range of them
    ");
    let thawed = owner.patch(&path, json!({ "frozen": false, "access": null })).await;
    assert_eq!((&thawed.body["frozen"], thawed.body.get("access")), (&json!(false), None));
}
