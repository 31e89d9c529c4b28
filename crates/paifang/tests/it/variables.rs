//! A variable through its life: publishing needs it, and calls follow its value without another publication.

use serde_json::{Value, json};

use crate::backend::Backend;
use crate::gateway::{Gateway, place};

/// A group at a host, by its id.
fn group(gateway: &Gateway, host: &str) -> String {
    let group = gateway.done("POST", "/groups", &json!({ "dialect": "huawei", "name": "pet_shop" }));
    let group = group["id"].as_str().unwrap().to_owned();
    gateway.done("POST", &format!("/groups/{group}/domains"), &json!({ "host": host }));
    group
}

/// A call that the backend answers with its own name.
fn answered_by(gateway: &Gateway, host: &str, backend: &Backend, name: &str) {
    std::thread::scope(|scope| {
        let call = scope.spawn(|| gateway.call(host, "/hello"));
        backend.accept().answer(name);
        assert_eq!(call.join().unwrap().body, name);
    });
}

fn set(gateway: &Gateway, variable: &str, value: &str) {
    let changed = gateway.done("PATCH", variable, &json!({ "value": value }));
    gateway.wait_until_served(changed["revision"].as_u64().unwrap());
}

#[test]
fn calls_follow_a_variable_without_another_publication() {
    let place = place();
    let gateway = Gateway::start(&place);
    let host = "variables.example.com";
    let group = group(&gateway, host);
    let definition = json!({
        "name": "hello_world",
        "request": { "method": "GET", "path": "/hello" },
        "auth": { "kind": "none" },
        "backend": { "kind": "http", "to": { "kind": "address", "url": "http://#address##port#" } },
    });
    let api = gateway.done("POST", &format!("/groups/{group}/apis"), &definition);
    let deploy = format!("/apis/{}/deployments/RELEASE", api["id"].as_str().unwrap());
    let refused = gateway.manage("PUT", &deploy, &json!({}));
    assert_eq!(refused.status, 422, "{refused:?}");
    assert!(refused.body.contains("the variable `address` has no value in the stage"), "{refused:?}");

    let (one, other) = (Backend::start(), Backend::start());
    let all = format!("/groups/{group}/stages/RELEASE/variables");
    let port = |backend: &Backend| format!(":{}", backend.address().port());
    for (name, value) in [("address", "127.0.0.1"), ("port", port(&one).as_str())] {
        gateway.done("POST", &all, &json!({ "name": name, "value": value }));
    }
    let deployed = gateway.done("PUT", &deploy, &json!({}));
    gateway.wait_until_served(deployed["revision"].as_u64().unwrap());
    answered_by(&gateway, host, &one, "one");

    set(&gateway, &format!("{all}/port"), &port(&other));
    answered_by(&gateway, host, &other, "other");

    let needed = gateway.manage("DELETE", &format!("{all}/port"), &Value::Null);
    assert_eq!(needed.status, 409, "{needed:?}");
    gateway.stop();

    // What was set is there after a restart, which reads everything anew.
    let gateway = Gateway::start(&place);
    answered_by(&gateway, host, &other, "other again");
    gateway.stop();
}
