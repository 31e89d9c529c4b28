//! Throttling policies (spec: huawei/throttling-and-access.md §1). Most periods are a thousand days, so that no story
//! meets the end of one.

mod changes;
mod exact;
mod limits;
mod rules;
mod told;

use paifang_testkit::{Call, Caller, TestGateway};
use serde_json::{Value, json};

/// The settings of a policy with these members; `api_call_limits` is far away unless it is said.
fn a_thousand_days(members: Value) -> Value {
    let far = json!({ "time_interval": 1000, "time_unit": "DAY", "api_call_limits": 1_000_000 });
    let (Value::Object(mut settings), Value::Object(members)) = (far, members) else { panic!("no objects") };
    settings.extend(members);
    Value::Object(settings)
}

/// `GET` of a path by an app.
fn by(gateway: &TestGateway, caller: &Caller, path: &str) -> Call {
    caller.sign_sdk(gateway.get(path))
}

/// Statuses of so many of a call.
async fn statuses(call: &Call, times: usize) -> Vec<u16> {
    let mut all = Vec::with_capacity(times);
    for _ in 0..times {
        all.push(call.send().await.status);
    }
    all
}

/// How many of so many calls pass; all others are throttled, and those that pass come first.
async fn passed(call: &Call, times: usize) -> usize {
    let all = statuses(call, times).await;
    let passed = all.iter().filter(|status| **status == 200).count();
    assert!(all[..passed].iter().all(|status| *status == 200), "{all:?}");
    assert!(all[passed..].iter().all(|status| *status == 429), "{all:?}");
    passed
}
