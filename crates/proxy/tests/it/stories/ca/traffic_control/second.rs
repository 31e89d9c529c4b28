//! How calls of a second are counted: a bucket that fills steadily, or windows of whole seconds.

use std::time::{Duration, Instant};

use paifang_testkit::{TestGateway, api};
use serde_json::{Value, json};

use super::scene;

#[tokio::test]
async fn a_second_is_a_bucket_and_waits_are_told() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    scene.throttle(pets, json!({ "unit": "SECOND", "apiDefault": 1 }));
    let gateway = scene.start().await;
    let mut refused = None;
    for _ in 0..100 {
        let answer = gateway.get("/pets").send().await;
        if answer.status == 429 {
            refused = Some(answer.header("retry-after"));
            break;
        }
    }
    assert_eq!(refused.as_deref(), Some("1"));
}

/// What was seen of a gateway that is called without a pause.
#[derive(Debug, PartialEq)]
enum Seen {
    /// A call passed in the same second as one before it was refused in.
    Refill,
    /// None did, in several seconds in which calls were refused.
    None,
}

async fn watch(gateway: &TestGateway) -> Seen {
    let second = || jiff::Timestamp::now().as_second();
    let began = Instant::now();
    let mut full = Vec::new();
    while began.elapsed() < Duration::from_secs(30) {
        let before = second();
        let passed = gateway.get("/pets").send().await.status == 200;
        if passed && full.last() == Some(&second()) {
            return Seen::Refill;
        }
        if !passed && before == second() && full.last() != Some(&before) {
            full.push(before);
        }
        if full.len() == 4 {
            return Seen::None;
        }
    }
    panic!("calls were refused in {full:?} alone");
}

async fn of_ten_a_second(mode: Value) -> Seen {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    scene.throttle(pets, json!({ "unit": "SECOND", "apiDefault": 10, "controlMode": mode }));
    watch(&scene.start().await).await
}

/// A bucket has room again a tenth of a second after it was empty, a window with the next second.
#[tokio::test]
async fn windows_begin_with_a_second_and_buckets_fill_in_between() {
    assert_eq!(of_ten_a_second(Value::Null).await, Seen::Refill);
    assert_eq!(of_ten_a_second(json!("FIX_WINDOW")).await, Seen::None);
}
