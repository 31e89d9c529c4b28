//! Three gateways on one database and one Redis count a limit together.

use std::time::Duration;

use paifang_testkit::Redis;
use paifang_testkit::postgres::Database;
use serde_json::{Value, json};

use crate::gateway::{Gateway, place, serve};
use crate::http::Call;
use crate::postgres::{MASTER_KEY, share_credentials};
use crate::rest::mock;

/// Calls in a minute.
const LIMIT: usize = 1000;

/// Callers of each gateway, and calls of each caller: half as much again as may pass.
const CALLERS: usize = 4;
const CALLS: usize = 125;

const HOST: &str = "shared.example.com";

/// An API of the second cloud with so many calls in a minute; the revision at which its policy is bound.
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
    let settings = json!({ "time_interval": 1, "time_unit": "MINUTE", "api_call_limits": LIMIT });
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

/// What comes of work that begins early in a minute of the clock, in which nothing was called yet, and ends in the same one.
fn in_one_minute<T>(work: impl Fn() -> T) -> T {
    loop {
        let begun = loop {
            let now = jiff::Timestamp::now().as_second();
            if now % 60 < 30 {
                break now / 60;
            }
            std::thread::sleep(Duration::from_millis(50));
        };
        let done = work();
        let ended = || jiff::Timestamp::now().as_second() / 60;
        if ended() == begun {
            return done;
        }
        // What came after the turn was counted in the minute that is now.
        let spoiled = ended();
        while ended() == spoiled {
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// How many calls pass, of several callers at each gateway; all others are refused for the limit.
fn called_at_once(gateways: [&Gateway; 3]) -> usize {
    let calls = |gateway: &Gateway| {
        let statuses = (0..CALLS).map(|_| gateway.call(HOST, "/hello").status);
        let counted = statuses.map(|status| match status {
            200 => 1,
            429 => 0,
            other => panic!("{other}"),
        });
        counted.sum::<usize>()
    };
    std::thread::scope(|scope| {
        let callers = gateways.into_iter().flat_map(|gateway| [gateway; CALLERS]);
        let hands: Vec<_> = callers.map(|gateway| scope.spawn(move || calls(gateway))).collect();
        hands.into_iter().map(|hand| hand.join().unwrap()).sum()
    })
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
    let through = in_one_minute(|| called_at_once([&one, &two, &three]));
    assert!((LIMIT - LIMIT / 100..=LIMIT).contains(&through), "{through} of {LIMIT}");

    redis.stop();
    let told = one.wait_for("the loss to be told", |gateway| {
        // Somebody has to ask, or it is noticed with the next beat.
        ready(gateway)["reasons"][0].as_str().map(str::to_owned)
    });
    assert!(told.starts_with("limits are counted by this node alone: Redis is away since"), "{told}");
    assert!(Call::get("/metrics").send(one.management).body.contains("paifang_redis_up 0"));
    assert!(
        one.log().contains("Redis is away: limits are counted, and nonces remembered, by this node alone")
    );
    [one, two, three].into_iter().for_each(Gateway::stop);
}
