//! Backend services: definitions by stage, and who uses them where.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{World, pets};

fn at(url: &str) -> Value {
    json!({ "target": { "kind": "http", "to": { "kind": "address", "url": url } } })
}

#[tokio::test]
async fn a_service_is_made_defined_used_and_deleted() {
    let world = World::new().await;
    let owner = world.owner();
    let made = owner.post("/backend-services", json!({ "name": "cattle", "kind": "http" })).await;
    assert_snapshot!(made.shown(), @r#"201 {"id":"…","name":"cattle","kind":"http","description":"","definitions":[],"revision":2,"created_at":1767225600000,"updated_at":1767225600000}"#);
    let path = format!("/backend-services/{}", made.id());
    assert_snapshot!(owner.post("/backend-services", json!({ "name": "cattle", "kind": "mock" })).await.problem(), @r"
    409 taken: /name: `cattle` is taken by backend_service/…
    /name (duplicate): `cattle` is taken by backend_service/…
    ");
    assert_eq!(owner.get("/backend-services?search=CAT&kind=http").await.items("name"), ["cattle"]);
    assert_eq!(owner.get("/backend-services?kind=mock").await.items("name"), Vec::<String>::new());
    assert_snapshot!(owner.get("/backend-services?kind=queue").await.problem(), @r"
    400 query: ?kind: unknown variant `queue`, expected one of `http`, `access`, `channel`, `mock`
    ?kind (unknown): unknown variant `queue`, expected one of `http`, `access`, `channel`, `mock`
    ");
    assert_eq!(
        owner.patch(&path, json!({ "description": "The herd." })).await.text("/description"),
        "The herd."
    );

    let test = format!("{path}/definitions/{}", world.stage("alibaba", "TEST").await);
    assert_snapshot!(owner.put(&test, json!({ "target": { "kind": "mock", "status": 1 } })).await.problem(), @r"
    422 invalid: /target/kind: it is `mock`, and the service is `http`
    /target/kind (conflict): it is `mock`, and the service is `http`
    ");
    assert_snapshot!(owner.put(&test, at("cattle.example.com")).await.problem(), @r"
    422 invalid: /target/to/url: `cattle.example.com` is not a backend address: write http://host[:port] or https://host[:port]
    /target/to/url (format): `cattle.example.com` is not a backend address: write http://host[:port] or https://host[:port]
    ");
    let defined = owner.put(&test, at("http://cattle.example.com")).await;
    assert_eq!(defined.status, 200, "{}", defined.shown());
    assert_eq!(defined.body["task"], Value::Null);
    assert_eq!(defined.text("/service/definitions/0/target/to/url"), "http://cattle.example.com");

    let mut definition = pets();
    definition["backend"] = json!({ "kind": "service", "service": made.id(), "path": "/herd" });
    let group = world.group("alibaba").await;
    let api = world.api(&group, definition).await;
    let deployment = |name: &str| format!("/apis/{api}/deployments/{name}");
    assert_snapshot!(owner.put(&deployment("RELEASE"), json!({})).await.problem(), @r"
    422 invalid: /backend/service: the backend service `cattle` has no definition for the stage `RELEASE`: make one first
    /backend/service (required): the backend service `cattle` has no definition for the stage `RELEASE`: make one first
    ");
    assert_eq!(owner.put(&deployment("TEST"), json!({})).await.status, 200);
    let used = format!("backend_service={}", made.id());
    assert_eq!(owner.get(&format!("/apis?{used}")).await.items("id"), [api.as_str()]);
    let in_stage = async |name| {
        let stage = world.stage("alibaba", name).await;
        owner.get(&format!("/deployments?{used}&stage={stage}")).await.items("api")
    };
    assert_eq!((in_stage("TEST").await, in_stage("PRE").await), (vec![api.clone()], Vec::new()));

    let moved = owner.put(&test, at("http://moved.example.com")).await;
    assert_eq!(moved.text("/task/kind"), "follow_backend_services");
    let items = owner.get(&format!("/tasks/{}/items", moved.text("/task/id"))).await;
    assert_eq!(items.text("/items/0/api"), api);
    let stale = world.owner().with("if-match", "\"r1\"").delete(&test).await;
    assert_eq!(stale.status, 412, "{}", stale.shown());
    let gone = owner.delete(&test).await;
    assert_eq!(gone.text("/task/kind"), "take_apis_offline");
    assert_snapshot!(owner.delete(&path).await.problem(), @"409 in-use: backend_service/… is needed by 2 others, api/… among them");
}
