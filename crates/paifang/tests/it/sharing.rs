//! Three gateways on one database and one Redis count a limit together.

use paifang_testkit::Redis;
use paifang_testkit::postgres::Database;
use serde_json::{Value, json};

use crate::gateway::{Gateway, place, serve};
use crate::http::Call;
use crate::postgres::{MASTER_KEY, share_credentials};
use crate::rest::mock;

const LIMIT: usize = 1000;

const HOST: &str = "shared.example.com";

/// An API of the second cloud with so many calls in a thousand days; the revision at which its policy is bound.
fn publish(gateway: &Gateway) -> u64 {
    let group = gateway.done("POST", "/groups", &json!({ "dialect": "huawei", "name": "shared" }));
    let group = group["id"].as_str().unwrap();
    gateway.done("POST", &format!("/groups/{group}/domains"), &json!({ "host": HOST }));
    let definition = json!({
        "name": "hello_world", "request": { "method": "GET", "path": "/hello" }, "auth": { "kind": "none" },
        "backend": mock("hello"),
    });
    let api = gateway.done("POST", &format!("/groups/{group}/apis"), &definition);
    let api = api["id"].as_str().unwrap();
    let deployed = gateway.done("PUT", &format!("/apis/{api}/deployments/RELEASE"), &json!({}));
    let settings = json!({ "time_interval": 1000, "time_unit": "DAY", "api_call_limits": LIMIT });
    let draft = json!({ "dialect": "huawei", "kind": "throttle", "name": "all", "settings": settings });
    let policy = gateway.done("POST", "/policies", &draft);
    let path = format!("/policies/{}/bindings", policy["id"].as_str().unwrap());
    let bound =
        gateway.done("POST", &path, &json!([{ "api": api, "stage": deployed["deployment"]["stage"] }]));
    bound["bindings"][0]["revision"].as_u64().unwrap()
}

fn ready(gateway: &Gateway) -> Value {
    let answer = Call::get("/readyz").send(gateway.management);
    assert_eq!(answer.status, 200);
    answer.json()
}

fn is_joined(gateway: &Gateway) -> bool {
    let metrics = Call::get("/metrics").send(gateway.management).body;
    ready(gateway)["reasons"] == json!([]) && metrics.contains("paifang_redis_nodes 3")
}

#[test]
fn three_processes_keep_one_limit() {
    let (database, mut redis) = (Database::fresh(), Redis::start());
    let places = [place(), place(), place()];
    let [mut one, mut two, mut three] = places.each_ref().map(|place| {
        let arguments = ["--store", &database.url(), "--redis", &redis.url()];
        let mut command = serve(&place.path().join("data"), &arguments);
        command.env(MASTER_KEY.0, MASTER_KEY.1);
        Gateway::start_as(place, command)
    });
    let revision = publish(&one);
    for gateway in [&two, &three] {
        share_credentials(&one, gateway);
        gateway.wait_until_served(revision);
    }
    one.wait_until_served(revision);
    for gateway in [&mut one, &mut two, &mut three] {
        gateway.wait_for("the others in Redis", |gateway| is_joined(gateway).then_some(()));
    }
    let calls =
        |gateway: &Gateway| (0..LIMIT / 2).filter(|_| gateway.call(HOST, "/hello").status == 200).count();
    let through: usize = std::thread::scope(|scope| {
        let hands = [&one, &two, &three].map(|gateway| scope.spawn(move || calls(gateway)));
        hands.into_iter().map(|hand| hand.join().unwrap()).sum()
    });
    assert!((LIMIT - LIMIT / 100..=LIMIT).contains(&through), "{through} of {LIMIT}");

    redis.stop();
    let told = one.wait_for("the loss to be told", |gateway| {
        // Somebody has to ask, or it is noticed with the next beat.
        ready(gateway)["reasons"][0].as_str().map(str::to_owned)
    });
    assert!(told.starts_with("limits are counted by this node alone: Redis is away since"), "{told}");
    assert!(Call::get("/metrics").send(one.management).body.contains("paifang_redis_up 0"));
    assert!(one.log().contains("Redis is away: limits are counted by this node alone"));
    [one, two, three].into_iter().for_each(Gateway::stop);
}
