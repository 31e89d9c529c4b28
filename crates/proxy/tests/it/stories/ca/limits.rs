//! Rates and quotas, by profile (spec: aliyun/calling.md §8).

use paifang_testkit::{Answer, Call, TestGateway, api};

/// Calls until one is limited; windows are seconds of the clock, and a slow machine crosses some.
async fn until_limited(gateway: &TestGateway, call: &Call) -> Answer {
    let mut connection = gateway.connect().await;
    for _ in 0..100_000 {
        let answer = connection.send(call).await;
        if answer.status == 429 {
            return answer;
        }
    }
    panic!("nothing was limited");
}

#[tokio::test]
async fn a_group_has_a_rate() {
    let mut scene = super::scene();
    scene.group.calls_per_second = Some(3);
    scene.publish(api::get("/pets"));
    let gateway = scene.start().await;
    let refused = until_limited(&gateway, &gateway.get("/pets")).await;
    assert_eq!(refused.verdict(), "429 T429GR Throttled by GROUP Flow Control");
    assert_eq!(refused.header("retry-after"), "1");
}

#[tokio::test]
async fn calls_that_are_refused_later_count_too() {
    let mut scene = super::scene();
    scene.group.calls_per_second = Some(2);
    scene.publish(api::get("/pets").for_apps());
    let gateway = scene.start().await;
    let limited = until_limited(&gateway, &gateway.get("/pets")).await;
    assert_eq!(limited.header("x-ca-error-code"), "T429GR");
}

#[tokio::test]
async fn with_the_clouds_numbers_an_address_has_a_rate_at_each_api() {
    let mut scene = super::scene().with_cloud_limits();
    scene.publish(api::get("/pets"));
    let gateway = scene.start().await;
    let refused = until_limited(&gateway, &gateway.get("/pets")).await;
    assert_eq!(refused.verdict(), "429 T429MR Too Many Requests, throttle by client address");
}

/// The calls come from many addresses, each of which has a rate; Linux has them all.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn with_the_clouds_numbers_a_subdomain_answers_1000_calls_a_day() {
    let mut scene = super::scene().with_cloud_limits();
    scene.group.calls_per_second = Some(1_000_000);
    scene.publish(api::get("/pets"));
    let gateway = scene.start().await;
    let call = gateway.get("/pets").host("group.apis.test");
    for number in 0..1_000_u32 {
        let answer = call.clone().from(address(number)).send().await;
        assert_eq!(answer.status, 200, "{number}: {}", answer.verdict());
    }
    let refused = call.send().await;
    assert_eq!(
        refused.verdict(),
        "429 T429ID Throttled by INNER DOMAIN Flow Control, group.apis.test is a test domain, only 1000 requests per day"
    );
    let wait: u32 = refused.header("retry-after").parse().unwrap();
    assert!((1..=86_400).contains(&wait), "{wait}");
    assert_eq!(gateway.get("/pets").from(address(1_000)).send().await.verdict(), "200 mock");
}

#[cfg(target_os = "linux")]
fn address(number: u32) -> std::net::IpAddr {
    std::net::Ipv4Addr::from(0x7f01_0001 + number / 50).into()
}

#[tokio::test]
async fn with_the_clouds_numbers_the_subdomain_answers_as_a_download() {
    let download = "attachment; filename=ApiResponseForInnerDomain";
    for (scene, expected) in [(super::scene().with_cloud_limits(), download), (super::scene(), "")] {
        let mut scene = scene;
        scene.publish(api::get("/pets"));
        let gateway = scene.start().await;
        let answer = gateway.get("/pets").host("group.apis.test").send().await;
        assert_eq!(answer.header("content-disposition"), expected);
        assert_eq!(gateway.get("/pets").send().await.header("content-disposition"), "");
    }
}

#[tokio::test]
async fn on_ones_own_machine_nothing_is_limited() {
    let mut scene = super::scene();
    scene.publish(api::get("/pets"));
    let gateway = scene.start().await;
    let mut connection = gateway.connect().await;
    let call = gateway.get("/pets").host("group.apis.test");
    for _ in 0..1_100 {
        assert_eq!(connection.send(&call).await.verdict(), "200 mock");
    }
}
