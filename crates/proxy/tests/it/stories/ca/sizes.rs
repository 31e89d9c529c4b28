//! How large a call may be, by profile (spec: aliyun/calling.md §8).

use paifang_testkit::{Scene, TestGateway, api};

async fn serving(mut scene: Scene) -> TestGateway {
    scene.publish(api::any("/pets"));
    scene.start().await
}

/// The verdict about a target of this many bytes.
async fn target_of(gateway: &TestGateway, bytes: usize) -> String {
    let start = "/pets?a=";
    gateway.get(&format!("{start}{}", "a".repeat(bytes - start.len()))).send().await.verdict()
}

/// The verdict about a body that is declared to have this many bytes and never sent.
async fn declared_body(gateway: &TestGateway, bytes: usize) -> String {
    let mut raw = gateway.raw().await;
    raw.say(format!("POST /pets HTTP/1.1\r\nHost: api.example.com\r\nContent-Length: {bytes}\r\n\r\n")).await;
    let heard = raw.hear("\r\n\r\n").await;
    let line = |name: &str| {
        heard.lines().find(|line| line.to_ascii_lowercase().starts_with(name)).map(str::to_owned)
    };
    format!("{} {:?}", &heard[9..12], line("x-ca-error-code"))
}

#[tokio::test]
async fn the_url_has_an_end_of_its_own() {
    let gateway = serving(super::scene()).await;
    assert_eq!(target_of(&gateway, 32 << 10).await, "200 mock");
    assert_eq!(target_of(&gateway, (32 << 10) + 1).await, "413 I413UL Request URL too Large");
}

#[tokio::test]
async fn so_has_a_header() {
    let gateway = serving(super::scene()).await;
    let with = |bytes: usize| gateway.get("/pets").header("x-long", &"a".repeat(bytes - "x-long".len()));
    assert_eq!(with(32 << 10).send().await.verdict(), "200 mock");
    assert_eq!(with((32 << 10) + 1).send().await.verdict(), "413 I413UL Request URL too Large");
}

#[tokio::test]
async fn with_the_clouds_numbers_url_and_headers_count_together() {
    let gateway = serving(super::scene().with_cloud_limits()).await;
    assert_eq!(target_of(&gateway, 60 << 10).await, "200 mock");
    let half = "a".repeat(60 << 10);
    let call = gateway.get(&format!("/pets?a={half}"));
    assert_eq!(call.clone().header("x-long", &half).send().await.verdict(), "200 mock");
    let call = call.header("x-long", &format!("{half}{}", "a".repeat(10 << 10)));
    assert_eq!(call.send().await.verdict(), "413 I413UL Request URL too Large");
}

#[tokio::test]
async fn a_body_is_refused_by_its_declared_length() {
    let own = serving(super::scene()).await;
    let refused = r#"413 Some("x-ca-error-code: I413RL")"#;
    assert_eq!(declared_body(&own, (32 << 20) + 1).await, refused);
    assert!(!declared_body(&own, 32 << 20).await.starts_with("413"));
    let cloud = serving(super::scene().with_cloud_limits()).await;
    assert_eq!(declared_body(&cloud, (8 << 20) + 1).await, refused);
}

#[tokio::test]
async fn a_body_of_undeclared_length_is_refused_when_it_has_grown_too_long() {
    let mut scene = super::scene().with_cloud_limits();
    let pets = scene.publish(api::post("/pets").for_apps());
    let app = scene.app("caller");
    scene.grant(&app, pets);
    let gateway = scene.start().await;
    let signed = app.sign_ca(gateway.post("/pets", "").header("content-md5", "any"));
    let target = &signed.target;
    let mut raw = gateway.raw().await;
    raw.say(format!("POST {target} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n")).await;
    for (name, value) in &signed.headers {
        raw.say(format!("{name}: {}\r\n", value.to_str().unwrap())).await;
    }
    let length = (8 << 20) + 1;
    raw.say(format!("\r\n{length:x}\r\n")).await;
    raw.say(vec![b'a'; length]).await;
    let heard = raw.hear("\r\n\r\n").await.to_ascii_lowercase();
    assert!(heard.starts_with("http/1.1 413 ") && heard.contains("x-ca-error-code: i413rl"), "{heard}");
}
