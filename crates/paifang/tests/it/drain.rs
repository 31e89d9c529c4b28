//! Ending: calls under way are answered.

use std::net::TcpStream;

use serde_json::json;

use crate::backend::Backend;
use crate::gateway::{Gateway, place};
use crate::http::Call;

#[test]
fn a_call_under_way_is_answered_before_the_end() {
    let place = place();
    let gateway = Gateway::start(&place);
    let backend = Backend::start();
    let url = format!("http://{}", backend.address());
    gateway.publish("slow.example.com", &json!({ "kind": "http", "to": { "kind": "address", "url": url } }));
    std::thread::scope(|scope| {
        let call = scope.spawn(|| Call::get("/hello").header("Host", "slow.example.com").send(gateway.http));
        let waiting = backend.accept();
        gateway.signal("TERM");
        let run = gateway.data.join("run.json");
        while run.exists() {
            std::thread::yield_now();
        }
        // Nobody new is let in; the one inside is waited for.
        while TcpStream::connect(gateway.http).is_ok() {
            std::thread::yield_now();
        }
        waiting.answer("in the end");
        let answer = call.join().unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (200, "in the end"));
    });
    assert!(gateway.ended().success());
}

#[test]
fn a_call_that_takes_too_long_is_cut() {
    let place = place();
    let gateway = Gateway::start_with(&place, &["--drain-timeout", "0"]);
    let backend = Backend::start();
    let url = format!("http://{}", backend.address());
    gateway.publish("slow.example.com", &json!({ "kind": "http", "to": { "kind": "address", "url": url } }));
    std::thread::scope(|scope| {
        let call =
            scope.spawn(|| Call::get("/hello").header("Host", "slow.example.com").try_send(gateway.http));
        let _waiting = backend.accept();
        gateway.signal("TERM");
        // However it shows: the connection is gone.
        let answer = call.join();
        assert!(!answer.is_ok_and(|answer| answer.is_ok_and(|answer| answer.status == 200)));
    });
    assert!(gateway.ended().success());
}

#[test]
fn it_is_not_ready_while_it_waits_and_ends_at_once_when_told_twice() {
    let place = place();
    let mut gateway = Gateway::start_with(&place, &["--drain-delay", "3600"]);
    gateway.publish("patient.example.com", &crate::rest::mock("still here"));
    gateway.signal("TERM");
    let not_ready = gateway.wait_for("not ready", |gateway| {
        let answer = Call::get("/readyz").send(gateway.management);
        (answer.status == 503).then_some(answer)
    });
    assert_eq!(not_ready.json()["reasons"][0], "the gateway is ending");
    // Whoever has not noticed yet is served.
    assert_eq!(gateway.call("patient.example.com", "/hello").body, "still here");
    gateway.signal("TERM");
    assert!(gateway.ended().success());
}
