//! The state of members, from the data plane to whoever asks the management interfaces.

use std::net::{SocketAddr, TcpListener};

use serde_json::{Value, json};

use crate::backend::Backend;
use crate::gateway::{Gateway, place};

/// An address where nobody listens.
fn absent() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

fn channel(gateway: &Gateway, member: SocketAddr, health: &Value) -> String {
    let members = json!([{ "host": member.ip(), "port": member.port() }]);
    let draft = json!({ "name": "stores", "port": 80, "members": members, "health": health });
    gateway.done("POST", "/channels", &draft)["id"].as_str().unwrap().to_owned()
}

/// The member, when it has come to this state.
fn in_state(gateway: &mut Gateway, channel: &str, state: &str) -> Value {
    gateway.wait_for(state, |gateway| {
        let health = gateway.done("GET", &format!("/channels/{channel}/health"), &Value::Null);
        let member = health["members"][0].clone();
        (member["state"] == state).then_some(member)
    })
}

/// The same as the second cloud's operations tell it, of the member and of its channel: 1 is well, 2 is not.
fn health_status(gateway: &Gateway, channel: &str) -> (String, Value) {
    let manage =
        |path: &str| gateway.caller().signed_anywhere("GET", path, &Value::Null).send(gateway.management);
    let instances = "/v2/default/apigw/instances";
    let instance = manage(instances).json()["instances"][0]["id"].as_str().unwrap().to_owned();
    let channel = manage(&format!("{instances}/{instance}/vpc-channels/{channel}")).json();
    (channel["members"][0]["health_status"].as_str().unwrap().to_owned(), channel["status"].clone())
}

#[test]
fn what_health_checks_find_is_told_with_its_reason() {
    let place = place();
    let mut gateway = Gateway::start(&place);
    let member = absent();
    let check = json!({ "healthy_after": 1, "unhealthy_after": 1, "timeout_s": 1, "interval_s": 2 });
    let channel = channel(&gateway, member, &check);
    let unwell = in_state(&mut gateway, &channel, "unhealthy");
    assert!(unwell["reason"].as_str().unwrap().contains("refused"), "{unwell}");
    assert!(unwell["since_ms"].as_i64().unwrap() > 0, "{unwell}");
    assert_eq!(health_status(&gateway, &channel), ("2".to_owned(), json!(2)));

    let _listener = TcpListener::bind(member).unwrap();
    let well = in_state(&mut gateway, &channel, "healthy");
    assert_eq!(well["reason"], unwell["reason"], "the last that was wrong stays");
    assert!(well["since_ms"].as_i64() > unwell["since_ms"].as_i64(), "{well}");
    assert_eq!(health_status(&gateway, &channel), ("1".to_owned(), json!(1)));
    gateway.stop();
}

#[test]
fn a_member_that_calls_found_dead_is_told_with_its_reason() {
    let place = place();
    let mut gateway = Gateway::start(&place);
    let channel = channel(&gateway, absent(), &Value::Null);
    let backend = json!({ "kind": "http", "to": { "kind": "channel", "channel": channel } });
    gateway.publish("stores.example.com", &backend);
    (0..3).for_each(|_| drop(gateway.call("stores.example.com", "/hello")));
    let out = in_state(&mut gateway, &channel, "ejected");
    assert!(out["reason"].as_str().unwrap().contains("refused"), "{out}");
    assert_eq!(health_status(&gateway, &channel), ("2".to_owned(), json!(2)));
    gateway.stop();
}

#[test]
fn a_load_balancer_takes_the_calls_and_is_never_moved() {
    let place = place();
    let gateway = Gateway::start(&place);
    let balancer = Backend::start();
    let there = |name: &str| {
        let (port, members) = (balancer.address().port(), json!([{ "host": "127.0.0.1" }]));
        json!({ "name": name, "kind": "load_balancer", "port": port, "members": members })
    };
    let made = gateway.done("POST", "/channels", &there("edge"));
    let path = format!("/channels/{}", made["id"].as_str().unwrap());
    let backend = json!({ "kind": "http", "to": { "kind": "channel", "channel": made["id"] } });
    gateway.publish("lb.example.com", &backend);

    let second = gateway.manage("POST", "/channels", &there("edge2"));
    assert_eq!(second.status, 409, "a balancer has one channel: {second:?}");
    for (method, path, change) in [
        ("PATCH", path.clone(), json!({ "port": 8080 })),
        ("PATCH", path.clone(), json!({ "members": [{ "host": "127.0.0.2" }] })),
        ("PUT", format!("{path}/members"), json!([{ "host": "127.0.0.2" }])),
        ("POST", format!("{path}/members"), json!([{ "host": "127.0.0.2" }])),
    ] {
        let refused = gateway.manage(method, &path, &change);
        assert!(matches!(refused.status, 400 | 409 | 422), "{method} {path}: {refused:?}");
    }
    gateway.done("PATCH", &path, &json!({ "name": "brink", "host": "inside.example.com" }));
    let answered = std::thread::scope(|scope| {
        scope.spawn(|| balancer.accept().answer("here"));
        gateway.call("lb.example.com", "/hello").body
    });
    assert_eq!(answered, "here");
    gateway.stop();
}
