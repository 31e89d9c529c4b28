//! A database that is away, or there and silent: what is served goes on, management says so in time, and afterwards all is
//! as it was, proof of publication included.

use std::sync::Arc;
use std::time::Instant;

use paifang_testkit::postgres::{Database, Server};
use serde_json::{Value, json};

use crate::gateway::{Gateway, place};
use crate::postgres::{
    SOON, come_through, says_that_the_store_is_away, share_credentials, start, wait_until_live,
    wait_until_managed, wait_until_served,
};
use crate::rest::mock;

#[test]
fn a_node_whose_store_came_late_counts_like_any_other() {
    let server = Arc::new(Server::start());
    let database = Database::within(&server);
    let places = [place(), place()];
    let (one, mut other) = (start(&places[0], &database), start(&places[1], &database));
    share_credentials(&one, &other);
    let api = one.publish("proof.example.com", &mock("before"));
    wait_until_served(&mut other, "proof.example.com", "before");
    one.stop();

    server.stop();
    let mut one = start(&places[0], &database);
    says_that_the_store_is_away(&one);
    server.resume();
    wait_until_managed(&mut one);
    wait_until_managed(&mut other);
    wait_until_live(&mut other, &one, true);
    wait_until_live(&mut one, &other, true);

    let mut draft = other.done("GET", &format!("/apis/{api}"), &Value::Null)["definition"].take();
    for (through, sees, body) in [(&other, &one, "second"), (&one, &other, "third")] {
        draft["backend"] = mock(body);
        through.done("PUT", &format!("/apis/{api}"), &draft);
        let path = format!("/apis/{api}/deployments/RELEASE?wait=30s");
        let deployed = through.done("PUT", &path, &json!({}));
        assert_eq!(deployed["live"]["sentence"], "live on 2 of 2", "{deployed}");
        // Nothing waits here: the answer is the proof.
        assert_eq!(sees.call("proof.example.com", "/hello").body, body);
    }
    one.stop();
    let nodes = other.done("GET", "/nodes", &Value::Null)["items"].take();
    assert_eq!(nodes.as_array().unwrap().len(), 1, "{nodes}");
    other.stop();
}

#[test]
fn calls_go_on_while_the_database_hangs() {
    come_through(|server, [one, other], load| {
        let frozen = server.freeze();
        for gateway in [one, other, one, other] {
            says_that_the_store_is_away(gateway);
        }
        refuses_to_change(one);
        apig_says_so_too(other);
        load.wait_for_calls(200);
        drop(frozen);
    });
}

fn refuses_to_change(gateway: &Gateway) {
    let asked = Instant::now();
    let draft = json!({ "dialect": "alibaba", "name": "not_made" });
    let answer = gateway.manage("POST", "/groups", &draft);
    assert_eq!(answer.status, 503, "{answer:?}");
    assert!(asked.elapsed() < SOON, "{:?}", asked.elapsed());
}

/// Spec: huawei/errors-management.json.
fn apig_says_so_too(gateway: &Gateway) {
    let asked = Instant::now();
    let path = "/v2/paifang/apigw/instances/paifang/api-groups";
    let call = gateway.caller().signed_anywhere("GET", path, &Value::Null);
    let answer = call.send(gateway.management);
    assert_eq!(answer.status, 500, "{answer:?}");
    let fault = answer.json();
    assert!(fault["error_code"].as_str().unwrap().starts_with("APIG."), "{fault}");
    assert!(!fault["error_msg"].as_str().unwrap().is_empty(), "{fault}");
    assert!(asked.elapsed() < SOON, "{:?}", asked.elapsed());
}
