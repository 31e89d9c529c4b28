//! APIs that are not for the internet.

use std::net::IpAddr;

use paifang_model::Dialect;
use paifang_proxy::Trial;
use paifang_proxy::exchange::ClientScheme;
use paifang_testkit::{Scene, api};
use paifang_wire::{Head, Method};

/// What a caller from an address is told, in the gateway's own words.
async fn told(dialect: Dialect, from: &str) -> String {
    let mut scene = Scene::new(dialect);
    scene.publish(api::get("/inside").mock(200, "inside").with(|api| api.request.intranet_only = true));
    let gateway = scene.start().await;
    let mut head = Head::new(Method::GET, "/inside".parse().unwrap());
    head.headers.insert("host", "api.example.com".parse().unwrap());
    let from: IpAddr = from.parse().unwrap();
    let trial = Trial { head, body: bytes::Bytes::new(), from, scheme: ClientScheme::Http, aim: None };
    let explained = gateway.gateway.explain(trial).await.unwrap();
    let code = explained.headers.text("x-ca-error-code").unwrap_or_default();
    format!(
        "{} {code}{}",
        explained.status.as_u16(),
        String::from_utf8_lossy(&explained.body[..explained.body.len().min(26)])
    )
}

#[tokio::test]
async fn only_private_addresses_reach_an_api_that_is_not_for_the_internet() {
    assert_eq!(told(Dialect::Alibaba, "10.0.0.7").await, "200 inside");
    assert_eq!(told(Dialect::Alibaba, "203.0.113.9").await, "403 A403IN");
    assert_eq!(told(Dialect::Huawei, "203.0.113.9").await, "403 {\"error_code\":\"APIG.0402\",");
}
