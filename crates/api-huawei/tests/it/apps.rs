//! Apps, their secrets and their codes.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{NOTHING, World};

#[tokio::test]
async fn an_app_lives() {
    let world = World::new().await;
    let owner = world.owner();
    let made = owner.post("apps", json!({ "name": "caller", "remark": "one" })).await;
    let (id, secret) = (made.id(), made.text("/app_secret").to_owned());
    assert_eq!(made.text("/app_key").len(), 32);
    let shown = owner.get(&format!("apps/{id}")).await;
    assert_eq!(shown.body, made.body);
    // Clients send back what they were shown.
    let mut changed = shown.body.clone();
    changed["name"] = json!("caller_2");
    assert_eq!(owner.put(&format!("apps/{id}"), changed.clone()).await.text("/name"), "caller_2");
    changed["app_secret"] = json!("another secret");
    changed["app_key"] = json!("another key");
    assert_snapshot!(owner.put(&format!("apps/{id}"), changed).await.error(), @"400 APIG.2011 Invalid parameter value,parameterName:app_key. Please refer to the support documentation (app_key: an app keeps its key; app_secret: PUT apps/secret/{app_id} changes it)");
    assert_eq!(owner.get(&format!("apps/validation/{id}")).await.text("/name"), "caller_2");
    let reset = owner.put(&format!("apps/secret/{id}"), json!({})).await;
    assert_ne!(reset.text("/app_secret"), secret);
    let reset = owner.put(&format!("apps/secret/{id}"), json!({ "app_secret": "chosen-by-me" })).await;
    assert_eq!((reset.text("/app_secret"), reset.text("/app_key")), ("chosen-by-me", made.text("/app_key")));
    assert_eq!(owner.delete(&format!("apps/{id}")).await.status, 204);
    assert_snapshot!(owner.get(&format!("apps/{NOTHING}")).await.error(), @"404 APIG.3004 The app does not exist,id:00000000000000000000000000000001");
    assert_eq!(owner.get(&format!("apps/validation/{id}")).await.code(), "404 APIG.3004");
}

#[tokio::test]
async fn apps_are_found_without_their_secrets() {
    let world = World::new().await;
    let owner = world.owner();
    for name in ["caller", "caller_2", "robot"] {
        world.app(name).await;
        world.clock.advance(1);
    }
    let all = owner.get("apps").await;
    assert_eq!(all.column("apps", "name"), ["caller", "caller_2", "robot"]);
    assert!(all.body["apps"][0].get("app_secret").is_none());
    assert_eq!(owner.get("apps?name=CALL").await.body["total"], 2);
    assert_eq!(owner.get("apps?name=caller&precise_search=name").await.body["total"], 1);
    let key = &all.column("apps", "app_key")[2];
    assert_eq!(
        owner.get(&format!("apps?app_key={key}&creator=USER")).await.column("apps", "name"),
        ["robot"]
    );
    assert_eq!(owner.get("apps?creator=MARKET").await.body["total"], 0);
}

#[tokio::test]
async fn what_is_taken_is_told() {
    let world = World::new().await;
    let owner = world.owner();
    let body = json!({ "name": "caller", "app_key": "my-own-key", "app_secret": "my-own-secret" });
    assert_eq!(owner.post("apps", body).await.status, 201);
    let same_name = owner.post("apps", json!({ "name": "caller" })).await;
    assert_eq!(same_name.code(), "400 APIG.3203");
    let same_key = owner.post("apps", json!({ "name": "other", "app_key": "my-own-key" })).await;
    assert_eq!(same_key.code(), "400 APIG.3310");
    let wrong = json!({ "name": "1", "app_key": "short", "app_secret": "s" });
    assert_snapshot!(owner.post("apps", wrong).await.error(), @"400 APIG.2012 Invalid parameter value,parameterName:name. Please refer to the support documentation (name: `1` has 1 characters, but 3 to 64 are allowed; app_key: `short` has 5 characters, but 8 to 200 are allowed; app_secret: it has 1 characters, but 8 to 128 are allowed)");
}

#[tokio::test]
async fn codes_of_an_app() {
    let world = World::new().await;
    let owner = world.owner();
    let app = world.app("caller").await;
    let path = format!("apps/{app}/app-codes");
    let chosen = owner.post(&path, json!({ "app_code": "my-very-own-code" })).await;
    assert_eq!(chosen.text("/app_code"), "my-very-own-code");
    assert_eq!(owner.post(&path, json!({ "app_code": "my-very-own-code" })).await.code(), "400 APIG.3309");
    let drawn = owner.put(&path, json!({})).await;
    let shown = owner.get(&format!("{path}/{}", drawn.id())).await;
    assert_eq!(shown.body, drawn.body);
    assert_eq!(owner.get(&path).await.body["total"], 2);
    for _ in 2..5 {
        assert_eq!(owner.put(&path, json!({})).await.status, 201);
    }
    assert_snapshot!(owner.put(&path, json!({})).await.error(), @"403 APIG.3131 The number of AppCodes exceeds the maximum allowed limit,limit:5");
    assert_eq!(owner.delete(&format!("{path}/{}", drawn.id())).await.status, 204);
    assert_eq!(owner.get(&format!("{path}/{}", drawn.id())).await.code(), "404 APIG.3082");
    assert_eq!(owner.delete(&format!("{path}/{NOTHING}")).await.code(), "404 APIG.3082");
}

#[tokio::test]
async fn an_app_calls_from_where_its_list_says() {
    let world = World::new().await;
    let owner = world.owner();
    let app = world.app("shop").await;
    let path = format!("apps/{app}/app-acl");
    assert_eq!(owner.get(&path).await.body, json!({ "app_id": app }));
    let list = json!({ "app_acl_type": "PERMIT", "app_acl_values": ["192.0.2.1", "10.0.0.0/8"] });
    let mut shown = list.clone();
    shown["app_id"] = json!(app);
    assert_eq!(owner.put(&path, list).await.body, shown);
    assert_eq!(owner.get(&path).await.body, shown);
    let wrong = json!({ "app_acl_type": "MAYBE", "app_acl_values": ["10.0.0.0/33"] });
    assert_snapshot!(owner.put(&path, wrong).await.error(), @"400 APIG.2011 Invalid parameter value,parameterName:app_acl_type. Please refer to the support documentation (app_acl_type: `MAYBE` is none of: PERMIT, DENY)");
    let wrong = json!({ "app_acl_type": "DENY", "app_acl_values": ["10.0.0.0/33"] });
    assert_snapshot!(owner.put(&path, wrong).await.error(), @"400 APIG.2011 Invalid parameter value,parameterName:app_acl_values. Please refer to the support documentation (app_acl_values: `10.0.0.0/33` is neither an address nor a network or range of them)");
    let none = json!({ "app_acl_type": "DENY", "app_acl_values": [] });
    assert_eq!(owner.put(&path, none).await.code(), "400 APIG.2011");
    owner.delete(&path).await;
    assert_eq!(owner.get(&path).await.body, json!({ "app_id": app }));
    assert_eq!(owner.get(&format!("apps/{NOTHING}/app-acl")).await.code(), "404 APIG.3004");
}
