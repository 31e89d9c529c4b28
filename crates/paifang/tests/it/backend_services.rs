//! A backend service through its life: what is published where it is defined follows it, and goes offline with it.

use serde_json::{Value, json};

use crate::backend::Backend;
use crate::gateway::{Gateway, place};

const HOST: &str = "services.example.com";

/// A call that the backend answers with its own name.
fn answered_by(gateway: &Gateway, path: &str, backend: &Backend, name: &str) {
    std::thread::scope(|scope| {
        let call = scope.spawn(|| gateway.call(HOST, path));
        backend.accept().answer(name);
        assert_eq!(call.join().unwrap().body, name);
    });
}

fn release(gateway: &Gateway) -> String {
    let stages = gateway.done("GET", "/stages?dialect=alibaba", &Value::Null);
    let release = stages["items"].as_array().unwrap().iter().find(|stage| stage["name"] == "RELEASE");
    release.unwrap()["id"].as_str().unwrap().to_owned()
}

fn at(backend: &Backend) -> Value {
    let url = format!("http://{}", backend.address());
    json!({ "target": { "kind": "http", "to": { "kind": "address", "url": url } } })
}

/// Waits for the end of the task that a change made, and until what it did is served; gives the states of its items.
fn follow(gateway: &mut Gateway, changed: &Value) -> Vec<String> {
    let task = format!("/tasks/{}", changed["task"]["id"].as_str().expect("a task"));
    gateway.wait_for("the end of the task", |gateway| {
        (gateway.done("GET", &task, &Value::Null)["state"] == "done").then_some(())
    });
    let items =
        gateway.done("GET", &format!("{task}/items"), &Value::Null)["items"].as_array().unwrap().clone();
    let newest = items.iter().filter_map(|item| item["revision"].as_u64()).max();
    gateway.wait_until_served(newest.unwrap());
    items.iter().map(|item| item["state"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_is_published_follows_its_backend_service() {
    let place = place();
    let mut gateway = Gateway::start(&place);
    let group = gateway.done("POST", "/groups", &json!({ "dialect": "alibaba", "name": "pet_shop" }));
    let group = group["id"].as_str().unwrap();
    gateway.done("POST", &format!("/groups/{group}/domains"), &json!({ "host": HOST }));
    let service = gateway.done("POST", "/backend-services", &json!({ "name": "pets", "kind": "http" }));
    let id = service["id"].as_str().unwrap();
    let definition = format!("/backend-services/{id}/definitions/{}", release(&gateway));
    let apis = ["/cats", "/dogs"].map(|path| {
        let api = json!({
            "name": format!("get_{}", &path[1..]),
            "request": { "method": "GET", "path": path },
            "auth": { "kind": "none" },
            "backend": { "kind": "service", "service": id, "path": path },
        });
        let api = gateway.done("POST", &format!("/groups/{group}/apis"), &api);
        format!("/apis/{}/deployments/RELEASE", api["id"].as_str().unwrap())
    });
    let refused = gateway.manage("PUT", &apis[0], &json!({}));
    assert_eq!(refused.status, 422, "{refused:?}");
    assert!(refused.body.contains("`pets` has no definition for the stage `RELEASE`"), "{refused:?}");

    let (one, other) = (Backend::start(), Backend::start());
    let defined = gateway.done("PUT", &definition, &at(&one));
    assert_eq!(defined["task"], Value::Null, "nothing is published");
    for api in &apis {
        let deployed = gateway.done("PUT", api, &json!({}));
        gateway.wait_until_served(deployed["revision"].as_u64().unwrap());
    }
    answered_by(&gateway, "/cats", &one, "one");

    let moved = gateway.done("PUT", &definition, &at(&other));
    assert_eq!(follow(&mut gateway, &moved), ["done", "done"]);
    answered_by(&gateway, "/cats", &other, "other");
    answered_by(&gateway, "/dogs", &other, "other");
    gateway.stop();

    // It is there after a restart, which reads everything anew.
    let mut gateway = Gateway::start(&place);
    answered_by(&gateway, "/dogs", &other, "other again");
    let in_use = gateway.manage("DELETE", &format!("/backend-services/{id}"), &Value::Null);
    assert_eq!(in_use.status, 409, "{in_use:?}");

    let gone = gateway.done("DELETE", &definition, &Value::Null);
    assert_eq!(follow(&mut gateway, &gone), ["done", "done"]);
    for path in ["/cats", "/dogs"] {
        assert_eq!(gateway.call(HOST, path).status, 404, "{path} is offline");
    }
    gateway.stop();
}

/// A service of a kind with its definition for a stage, and an API of the group that uses it.
fn serving(gateway: &Gateway, group: &str, kind: &str, stage: &str, target: &Value) -> String {
    let service = json!({ "name": format!("by_{kind}"), "kind": kind });
    let service = gateway.done("POST", "/backend-services", &service);
    let service = service["id"].as_str().unwrap();
    let definition = format!("/backend-services/{service}/definitions/{stage}");
    gateway.done("PUT", &definition, &json!({ "target": target }));
    let path = format!("/{kind}");
    let api = json!({
        "name": format!("get_{kind}"),
        "request": { "method": "GET", "path": path },
        "auth": { "kind": "none" },
        "backend": { "kind": "service", "service": service, "path": path },
    });
    let api = gateway.done("POST", &format!("/groups/{group}/apis"), &api);
    api["id"].as_str().unwrap().to_owned()
}

#[test]
fn services_of_every_kind_are_called_and_hold_what_they_name() {
    let place = place();
    let mut gateway = Gateway::start(&place);
    let group = gateway.done("POST", "/groups", &json!({ "dialect": "alibaba", "name": "pet_shop" }));
    let group = group["id"].as_str().unwrap();
    gateway.done("POST", &format!("/groups/{group}/domains"), &json!({ "host": HOST }));
    let beta = gateway.done("POST", "/stages", &json!({ "dialect": "alibaba", "name": "BETA" }));
    let (inside, pool) = (Backend::start(), Backend::start());
    let at = inside.address();
    let access = json!({ "name": "inside", "network": "vpc-1", "instance": at.ip(), "port": at.port() });
    let access = gateway.done("POST", "/backend-accesses", &access);
    let members = json!([{ "host": pool.address().ip(), "port": pool.address().port() }]);
    let channel =
        gateway.done("POST", "/channels", &json!({ "name": "pool", "port": 80, "members": members }));
    let [beta, access, channel] = [&beta, &access, &channel].map(|made| made["id"].as_str().unwrap());

    let release = release(&gateway);
    let to_access = json!({ "kind": "http", "to": { "kind": "access", "access": access } });
    let to_channel = json!({ "kind": "http", "to": { "kind": "channel", "channel": channel } });
    let fixed = json!({ "kind": "mock", "status": 418, "body": "a teapot" });
    let apis = [
        serving(&gateway, group, "access", &release, &to_access),
        serving(&gateway, group, "channel", &release, &to_channel),
        serving(&gateway, group, "mock", &release, &fixed),
    ];
    let mocks = gateway.done("GET", "/backend-services?search=by_mock", &Value::Null);
    let mock = mocks["items"][0]["id"].as_str().unwrap();
    gateway.done("PUT", &format!("/backend-services/{mock}/definitions/{beta}"), &json!({ "target": fixed }));
    for held in
        [format!("/backend-accesses/{access}"), format!("/channels/{channel}"), format!("/stages/{beta}")]
    {
        let refused = gateway.manage("DELETE", &held, &Value::Null);
        assert_eq!(refused.status, 409, "{held}: {refused:?}");
        assert!(refused.body.contains("backend_service/"), "only a service names it: {refused:?}");
    }
    for api in &apis {
        let deployed = gateway.done("PUT", &format!("/apis/{api}/deployments/RELEASE"), &json!({}));
        gateway.wait_until_served(deployed["revision"].as_u64().unwrap());
    }
    answered_by(&gateway, "/access", &inside, "inside");
    answered_by(&gateway, "/channel", &pool, "pool");
    let played = gateway.call(HOST, "/mock");
    assert_eq!((played.status, played.body.as_str()), (418, "a teapot"));

    // Each API has a result of its own, also one that is not there.
    let nobody = "0".repeat(32);
    let items: Vec<Value> =
        [apis[0].as_str(), &nobody].iter().map(|api| json!({ "api": api, "stage": release })).collect();
    let task = json!({ "kind": "follow_backend_services", "items": items });
    let task = gateway.done("POST", "/tasks", &task);
    let states = {
        let path = format!("/tasks/{}", task["id"].as_str().unwrap());
        gateway.wait_for("the end of the task", |gateway| {
            (gateway.done("GET", &path, &Value::Null)["state"] == "done").then_some(())
        });
        let items = gateway.done("GET", &format!("{path}/items"), &Value::Null);
        items["items"].as_array().unwrap().iter().map(|item| item["state"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(states, ["skipped", "failed"]);
    gateway.stop();
}
