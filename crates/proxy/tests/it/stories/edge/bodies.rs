//! Bodies that come slowly, or take memory: whoever sends them is cut, and whoever finds no memory is told so.

use futures_util::future::join_all;
use paifang_model::Dialect;
use paifang_model::definition::RequestMode;
use paifang_proxy::EdgeSettings;
use paifang_testkit::{Backend, Scene, TestGateway, api, soaked};
use tokio::io::AsyncWriteExt as _;

use super::{SHORT, serving, withstood};

/// Passes bodies on as they come.
async fn streaming(least_rate: u32) -> (TestGateway, Backend) {
    let backend = Backend::echo().await;
    let api = api::any("/pets").mode(RequestMode::Passthrough).to(&backend);
    let mut edge = EdgeSettings::default();
    (edge.server.body_idle, edge.server.least_rate) = (SHORT, least_rate);
    (serving(Dialect::Alibaba, api, edge).await, backend)
}

const BEGINS: &str = "POST /pets HTTP/1.1\r\nhost: api.example.com\r\ncontent-length: 1000000\r\n\r\n";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_stands_still_is_cut() {
    let (gateway, _backend) = streaming(0).await;
    let stall = || async {
        let mut client = gateway.raw().await;
        client.say(BEGINS).await;
        client.say("a little").await;
        client.hear_all().await
    };
    let replies = withstood(&gateway, join_all((0..soaked(100, 1000)).map(|_| stall()))).await;
    assert!(replies.iter().all(String::is_empty), "{replies:?}");
}

/// A byte now and then, as R.U.D.Y. does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_drips_is_cut() {
    let (gateway, _backend) = streaming(1000).await;
    let drip = || async {
        let mut client = gateway.raw().await;
        client.say(BEGINS).await;
        while client.0.write_all(b"x").await.is_ok() {
            tokio::time::sleep(SHORT / 10).await;
        }
        client.hear_all().await
    };
    let replies = withstood(&gateway, join_all((0..soaked(100, 1000)).map(|_| drip()))).await;
    assert!(replies.iter().all(String::is_empty), "{replies:?}");
}

/// A known caller holds what memory there is; the next one is told so, and when the first is cut there is room again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bodies_share_a_memory_that_is_given_back() {
    let mut scene = Scene::new(Dialect::Huawei);
    scene.settings.body_budget = 100_000;
    scene.settings.edge.server.body_idle = 2 * SHORT;
    let upload = scene.publish(api::post("/upload").for_apps());
    scene.publish(api::get("/pets").mock(200, "pets"));
    let caller = scene.app("caller");
    scene.grant(&caller, upload);
    let gateway = scene.start().await;
    let body = "x".repeat(60_000);
    let signed = caller.sign_sdk(gateway.post("/upload", body.clone()));
    let holds = async {
        let mut head = "POST /upload HTTP/1.1\r\n".to_owned();
        for (name, value) in &signed.headers {
            head += &format!("{name}: {}\r\n", value.to_str().unwrap());
        }
        let mut client = gateway.raw().await;
        client.say(format!("{head}content-length: {}\r\n\r\n{}", body.len(), &body[1..])).await;
        let refused = loop {
            let answer = signed.send().await;
            if answer.status != 200 {
                break answer;
            }
        };
        assert_eq!(refused.verdict(), "503 APIG.0601 Service unavailable");
        assert_eq!(refused.header("retry-after"), "1");
        client.hear_all().await
    };
    assert_eq!(withstood(&gateway, holds).await, "", "whoever stands still is cut");
    assert_eq!(signed.send().await.status, 200);
}
