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
