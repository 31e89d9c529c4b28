//! A throttling policy from the management interface to the calls that it refuses.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

use serde_json::{Value, json};

use crate::command::{paifang, printed};
use crate::gateway::{Gateway, place};
use crate::rest::mock;

/// So many calls in a thousand days: no test meets the end of them.
fn calls(number: u32) -> Value {
    json!({ "time_interval": 1000, "time_unit": "DAY", "api_call_limits": number })
}

/// An API of the second cloud, online; its id and its stage's.
fn publish(gateway: &Gateway) -> (String, String) {
    let group = gateway.done("POST", "/groups", &json!({ "dialect": "huawei", "name": "throttled" }));
    let group = group["id"].as_str().unwrap();
    gateway.done("POST", &format!("/groups/{group}/domains"), &json!({ "host": "throttled.example.com" }));
    let definition = json!({
        "name": "hello_world", "request": { "method": "GET", "path": "/hello" }, "auth": { "kind": "none" },
        "backend": mock("hello"),
    });
    let api = gateway.done("POST", &format!("/groups/{group}/apis"), &definition);
    let api = api["id"].as_str().unwrap().to_owned();
    let deployed = gateway.done("PUT", &format!("/apis/{api}/deployments/RELEASE"), &json!({}));
    (api, deployed["deployment"]["stage"].as_str().unwrap().to_owned())
}

fn statuses(gateway: &Gateway, times: usize) -> Vec<u16> {
    (0..times).map(|_| gateway.call("throttled.example.com", "/hello").status).collect()
}

/// A change, served.
fn change(gateway: &Gateway, method: &str, path: &str, body: &Value) -> Value {
    let answer = gateway.done(method, path, body);
    let revision = answer.pointer("/revision").or_else(|| answer.pointer("/bindings/0/revision"));
    gateway.wait_until_served(revision.unwrap().as_u64().unwrap());
    answer
}

#[test]
fn a_policy_reaches_callers_and_survives_a_restart() {
    let place = place();
    let gateway = Gateway::start(&place);
    let (api, stage) = publish(&gateway);
    let draft = json!({ "dialect": "huawei", "kind": "throttle", "name": "two", "settings": calls(2) });
    let policy = gateway.done("POST", "/policies", &draft);
    let path = format!("/policies/{}", policy["id"].as_str().unwrap());
    let target = json!([{ "api": api, "stage": stage }]);
    change(&gateway, "POST", &format!("{path}/bindings"), &target);
    assert_eq!(statuses(&gateway, 3), [200, 200, 429]);
    let refused = gateway.call("throttled.example.com", "/hello");
    assert!(
        refused.body.contains(
            "The throttling threshold has been reached: policy api over ratelimit,limit:2,time:1000 day"
        ),
        "{refused:?}"
    );
    change(&gateway, "PATCH", &path, &json!({ "settings": calls(3) }));
    assert_eq!(statuses(&gateway, 2), [200, 429], "two of three were used");
    let mut explain = paifang(&["explain", "http://throttled.example.com/hello", "--data-dir"]);
    let told = printed(explain.arg(&gateway.data));
    let limit = "not counted: 0 of 3 calls in 1000 day left to the API by the policy `two`, where a call would be refused";
    assert!(told.contains(limit) && told.contains("answered 200 in"), "{told}");
    gateway.stop();

    let gateway = Gateway::start(&place);
    assert_eq!(statuses(&gateway, 1), [429], "counts of long windows outlive the process");
    change(&gateway, "PATCH", &path, &json!({ "settings": calls(5) }));
    assert_eq!(statuses(&gateway, 3), [200, 200, 429]);
    let mut gateway = gateway;
    gateway.wait_for("five calls on disk", |gateway| {
        let counters = std::fs::read(gateway.data.join("counters")).unwrap();
        counters[16..].chunks(32).any(|counter| counter.ends_with(&5_u32.to_le_bytes())).then_some(())
    });
    gateway.kill();

    let gateway = Gateway::start(&place);
    assert_eq!(statuses(&gateway, 1), [429], "and a crash, but for the last seconds");
    let bindings = gateway.done("GET", &format!("/bindings?api={api}"), &Value::Null);
    let binding = bindings["items"][0]["id"].as_str().unwrap();
    gateway.done("DELETE", &format!("/bindings/{binding}"), &Value::Null);
    // Deleting says no revision: any later change is served after it.
    change(&gateway, "PATCH", &path, &json!({ "remark": "No longer bound." }));
    assert_eq!(statuses(&gateway, 4), [200; 4]);
    gateway.stop();
}

/// Calls are counted on by whichever process takes them, also those that the old one answers while the new one starts.
#[test]
fn a_limit_holds_while_a_gateway_is_replaced() {
    const LIMIT: usize = 1_500;
    let place = place();
    let mut gateway = Gateway::start(&place);
    let (api, stage) = publish(&gateway);
    let settings = calls(u32::try_from(LIMIT).unwrap());
    let draft = json!({ "dialect": "huawei", "kind": "throttle", "name": "many", "settings": settings });
    let policy = gateway.done("POST", "/policies", &draft);
    let path = format!("/policies/{}/bindings", policy["id"].as_str().unwrap());
    change(&gateway, "POST", &path, &json!([{ "api": api, "stage": stage }]));
    let (through, replaced) = (AtomicUsize::new(0), AtomicBool::new(false));
    let from = gateway.process;
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                // Something is left to be counted after.
                while !replaced.load(Relaxed) && through.load(Relaxed) < LIMIT * 2 / 3 {
                    assert_eq!(statuses(&gateway, 1), [200]);
                    through.fetch_add(1, Relaxed);
                }
            });
        }
        let mut upgrade = paifang(&["upgrade", "--data-dir"]);
        printed(upgrade.arg(&gateway.data));
        replaced.store(true, Relaxed);
    });
    gateway.succeeded(from);
    let before = through.into_inner();
    assert!(before > 10, "{before} calls while it was replaced");
    let after = statuses(&gateway, LIMIT - before + 10).into_iter().filter(|status| *status == 200).count();
    // Each caller may have one call that was taken by the old process at its end.
    assert!((LIMIT..=LIMIT + 4).contains(&(before + after)), "{before} and {after} of {LIMIT}");
    gateway.stop();
}
