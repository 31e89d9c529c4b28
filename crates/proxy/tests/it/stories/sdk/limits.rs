//! Sizes and rates (spec: huawei/calling.md §1, §7).

use std::time::{SystemTime, UNIX_EPOCH};

use paifang_testkit::{Backend, TestGateway, api};

use super::scene;

const MIB: usize = 1024 * 1024;

async fn in_the_cloud() -> TestGateway {
    let mut scene = scene().with_cloud_limits();
    scene.publish(api::any("/pets"));
    scene.start().await
}

#[tokio::test]
async fn a_body_of_12_mb_is_allowed_and_no_byte_more() {
    let backend = Backend::echo().await;
    let mut scene = scene().with_cloud_limits();
    scene.publish(api::post("/pets").to(&backend));
    let gateway = scene.start().await;
    assert_eq!(gateway.post("/pets", vec![b'x'; 12 * MIB]).send().await.status, 200);
    assert_eq!(backend.last().body.len(), 12 * MIB);
    // The length alone is enough: the body need not be sent.
    let mut client = gateway.raw().await;
    client.say("POST /pets HTTP/1.1\r\nhost: api.example.com\r\ncontent-length: 12582913\r\n\r\n").await;
    let refused = client.hear("}").await;
    assert!(refused.starts_with("HTTP/1.1 413 "), "{refused}");
    assert!(
        refused.contains(r#"{"error_code":"APIG.0201","error_msg":"Request entity too large.","#),
        "{refused}"
    );
}

#[tokio::test]
async fn a_target_of_more_than_32_kb_is_refused() {
    let gateway = in_the_cloud().await;
    let target = |length: usize| format!("/pets?{}", "q".repeat(length - "/pets?".len()));
    assert_eq!(gateway.get(&target(32 * 1024)).send().await.status, 200);
    let answer = gateway.get(&target(32 * 1024 + 1)).send().await;
    assert_eq!(answer.verdict(), "414 APIG.0201 Request URI too large.");
}

#[tokio::test]
async fn a_header_of_more_than_32_kb_is_refused_with_494() {
    let gateway = in_the_cloud().await;
    let fits = "h".repeat(32 * 1024 - "x-big".len());
    assert_eq!(gateway.get("/pets").header("x-big", &fits).send().await.status, 200);
    let answer = gateway.get("/pets").header("x-big", &format!("{fits}h")).send().await;
    assert_eq!(answer.verdict(), "494 APIG.0201 Request headers too large.");
}

#[tokio::test]
async fn headers_of_more_than_128_kb_are_refused_with_494() {
    let gateway = in_the_cloud().await;
    let call = |count: usize| {
        let part = "h".repeat(30 * 1024);
        (0..count).fold(gateway.get("/pets"), |call, n| call.header(&format!("x-part-{n}"), &part))
    };
    assert_eq!(call(4).send().await.status, 200);
    let answer = call(5).send().await;
    assert_eq!(answer.verdict(), "494 APIG.0201 Request headers too large.");
}

fn second() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// Eight clients at once, answered by four workers: not one call too many passes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_default_limit_is_200_calls_a_second_exactly() {
    let mut scene = scene().with_cloud_limits();
    scene.workers = 4;
    scene.publish(api::get("/pets"));
    let gateway = scene.start().await;
    let began = second();
    let clients = (0..8).map(|_| {
        let call = gateway.get("/pets");
        let connecting = gateway.connect();
        async move {
            let mut connection = connecting.await;
            let mut passed = 0_u64;
            for _ in 0..50 {
                let answer = connection.send(&call).await;
                match answer.status {
                    200 => passed += 1,
                    _ => assert_eq!(
                        answer.verdict(),
                        "429 APIG.0308 The throttling threshold has been reached: \
                         policy api over ratelimit,limit:200,time:1 second"
                    ),
                }
            }
            passed
        }
    });
    let passed: u64 = futures_util::future::join_all(clients).await.into_iter().sum();
    let seconds_touched = second() - began + 1;
    assert!((200..=200 * seconds_touched).contains(&passed), "{passed} in {seconds_touched} windows");
}

#[tokio::test]
async fn a_refused_call_is_told_when_to_come_again() {
    let mut scene = scene();
    scene.group.calls_per_second = Some(1);
    scene.publish(api::get("/pets"));
    let gateway = scene.start().await;
    let mut connection = gateway.connect().await;
    // Two calls of one second; the first may be the last of the second before.
    let refused = loop {
        let answer = connection.send(&gateway.get("/pets")).await;
        if answer.status == 429 {
            break answer;
        }
    };
    assert_eq!(refused.header("retry-after"), "1");
}

#[tokio::test]
async fn a_subdomain_takes_1000_calls_a_day() {
    let mut scene = scene().with_cloud_limits();
    for number in 0..6 {
        scene.publish(api::get(&format!("/pets{number}")));
    }
    let gateway = scene.start().await;
    let mut connection = gateway.connect().await;
    let began = second() / 86_400;
    let mut passed = 0;
    // Six APIs, so that the limit per API and second, which comes second, is not what refuses.
    let refused = loop {
        let call = gateway.get(&format!("/pets{}", passed % 6)).host("group.apis.test");
        let answer = connection.send(&call).await;
        if answer.status != 200 {
            break answer;
        }
        passed += 1;
    };
    let days_touched = second() / 86_400 - began + 1;
    assert!((1_000..=1_000 * days_touched).contains(&passed), "{passed}");
    insta::assert_snapshot!(refused.verdict(), @"429 APIG.0308 The throttling threshold has been reached: policy domain over ratelimit,limit:1000,time:1 day");
    assert_eq!(
        connection.send(&gateway.get("/pets0")).await.status,
        200,
        "another host of the group is free"
    );
}

/// The user's own machine has no rates.
#[tokio::test]
async fn the_own_profile_counts_nothing() {
    let mut scene = scene();
    scene.publish(api::get("/pets"));
    let gateway = scene.start().await;
    let mut connection = gateway.connect().await;
    for _ in 0..1_100 {
        assert_eq!(connection.send(&gateway.get("/pets").host("group.apis.test")).await.status, 200);
    }
}
