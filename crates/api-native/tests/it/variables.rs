//! Variables of a group in a stage.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::World;

fn templated() -> Value {
    json!({
        "name": "list_pets",
        "request": { "method": "GET", "path": "/pets" },
        "auth": { "kind": "none" },
        "backend": { "kind": "http", "to": { "kind": "address", "url": "http://#host##port#" }, "path": "/v1" },
    })
}

#[tokio::test]
async fn a_variable_has_a_life() {
    let world = World::new().await;
    let (owner, group) = (world.owner(), world.group("alibaba").await);
    let all = format!("/groups/{group}/stages/RELEASE/variables");
    let one = format!("{all}/host");
    let made = owner.post(&all, json!({ "name": "host", "value": "10.0.0.7" })).await;
    assert_snapshot!(made.shown(), @r#"201 {"id":"…","group":"…","stage":"…","name":"host","value":"10.0.0.7","revision":3,"created_at":1767225600000,"updated_at":1767225600000}"#);
    let release = world.stage("alibaba", "RELEASE").await;
    assert_eq!(made.header("location"), format!("/api/v1/groups/{group}/stages/{release}/variables/host"));
    assert_snapshot!(owner.post(&all, json!({ "name": "host", "value": "a b" })).await.problem(), @r"
    422 invalid: /value: `a b` contains ' ', but only these are allowed: letters, digits, `_-/.:`
    /value (format): `a b` contains ' ', but only these are allowed: letters, digits, `_-/.:`
    ");
    assert_snapshot!(owner.post(&all, json!({ "name": "host", "value": "b" })).await.problem(), @r"
    409 taken: /name: `host` is taken by variable/…
    /name (duplicate): `host` is taken by variable/…
    ");
    world.clock.advance(1);
    owner.post(&all, json!({ "name": "port", "value": ":80" })).await;
    assert_eq!(owner.get(&all).await.items("name"), ["host", "port"]);
    assert_eq!(owner.get(&format!("{all}?search=OS")).await.items("value"), ["10.0.0.7"]);
    assert_eq!(owner.get(&format!("{all}?name=host")).await.items("value"), ["10.0.0.7"]);
    assert_eq!(owner.get(&format!("{all}?name=OS")).await.body["items"], json!([]));

    assert_eq!(owner.get(&one).await.body, made.body);
    let changed = owner.patch(&one, json!({ "value": "10.0.0.8" })).await;
    assert_eq!(changed.text("/value"), "10.0.0.8");
    let old = made.header("etag").to_owned();
    let late = owner.clone().with("if-match", &old).patch(&one, json!({ "value": "10.0.0.9" })).await;
    assert_eq!(late.status, 412);
    assert_eq!(owner.clone().with("if-match", &old).delete(&one).await.status, 412);
    assert_eq!(owner.delete(&one).await.status, 204);
    assert_snapshot!(owner.get(&one).await.problem(), @"404 not-found: there is no variable `host`");
    assert_eq!(owner.get(&format!("/groups/{group}/stages/NOWHERE/variables")).await.status, 404);
}

#[tokio::test]
async fn what_is_published_needs_its_variables() {
    let world = World::new().await;
    let (owner, group) = (world.owner(), world.group("huawei").await);
    let api = world.api(&group, templated()).await;
    let deploy = format!("/apis/{api}/deployments/RELEASE");
    assert_snapshot!(owner.put(&deploy, json!({})).await.problem(), @r"
    422 invalid: there are 2 complaints
    /backend/to/url (required): the variable `host` has no value in the stage
    /backend/to/url (required): the variable `port` has no value in the stage
    ");
    let all = format!("/groups/{group}/stages/RELEASE/variables");
    for (name, value) in [("host", "10.0.0.7"), ("port", ":80")] {
        owner.post(&all, json!({ "name": name, "value": value })).await;
    }
    assert_eq!(owner.put(&deploy, json!({})).await.status, 200);
    assert_snapshot!(owner.delete(&format!("{all}/host")).await.problem(), @"409 in-use: variable/… is needed by 1 others, api/… among them");
    let wrong = owner.patch(&format!("{all}/port"), json!({ "value": ":none" })).await;
    assert_snapshot!(wrong.problem(), @r"
    422 invalid: /value: the API `list_pets`, which is online, could not run: `10.0.0.7:none` is not host[:port]: the port is a number from 1 to 65535
    /value (conflict): the API `list_pets`, which is online, could not run: `10.0.0.7:none` is not host[:port]: the port is a number from 1 to 65535
    ");
    // A draft stands in no stage whose values it could take.
    let draft = json!({ "target": { "kind": "draft" } });
    assert_snapshot!(owner.post(&format!("/apis/{api}/debug"), draft).await.problem(), @"409 refused: the draft has the variable `#host#`, whose values are those of stages; debug what is published");
}
