//! The inventory of backend instances, from the management interface to the calls that follow it.

use serde_json::{Value, json};

use crate::backend::Backend;
use crate::gateway::{Gateway, place};

/// The backend that answers the next call to a host.
fn answered_by(gateway: &Gateway, host: &str, backend: &Backend, word: &str) {
    std::thread::scope(|scope| {
        scope.spawn(|| backend.accept().answer(word));
        let answer = gateway.call(host, "/hello");
        assert_eq!((answer.status, answer.body.as_str()), (200, word), "{answer:?}");
    });
}

#[test]
fn what_names_an_instance_moves_with_the_inventory_and_survives_a_restart() {
    let place = place();
    let gateway = Gateway::start(&place);
    let backend = Backend::start();
    let port = backend.address().port();
    // Nobody is there at first.
    let instance = |address: &str| json!({ "network": "vpc-1", "instance": "i-uf6", "address": address });
    let made = gateway.done("POST", "/backend-instances", &instance("127.0.0.9"));
    let path = format!("/backend-instances/{}", made["id"].as_str().unwrap());
    let access = json!({ "name": "barn", "network": "vpc-1", "instance": "i-uf6", "port": port });
    let access = gateway.done("POST", "/backend-accesses", &access)["id"].clone();
    let channel = json!({ "name": "herd", "port": port, "members": [{ "instance": "i-uf6" }] });
    let channel = gateway.done("POST", "/channels", &channel)["id"].clone();
    let http = |to: Value| json!({ "kind": "http", "to": to });
    gateway.publish("barn.example.com", &http(json!({ "kind": "access", "access": access })));
    gateway.publish("herd.example.com", &http(json!({ "kind": "channel", "channel": channel })));
    for host in ["barn.example.com", "herd.example.com"] {
        assert!(gateway.call(host, "/hello").status >= 500, "{host}");
    }

    let moved = gateway.done("PUT", &path, &instance("127.0.0.1"));
    gateway.wait_until_served(moved["revision"].as_u64().unwrap());
    answered_by(&gateway, "barn.example.com", &backend, "barn");
    answered_by(&gateway, "herd.example.com", &backend, "herd");
    gateway.stop();

    let gateway = Gateway::start(&place);
    answered_by(&gateway, "barn.example.com", &backend, "barn again");
    answered_by(&gateway, "herd.example.com", &backend, "herd again");
    let in_use = gateway.manage("DELETE", &path, &Value::Null);
    assert_eq!(in_use.status, 409, "{in_use:?}");
    gateway.stop();
}
