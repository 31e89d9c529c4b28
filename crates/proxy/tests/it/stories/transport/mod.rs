//! What happens between sockets, in both dialects.

mod bodies;
mod cancel;
mod connections;
mod failures;
mod protocols;
mod retries;
mod tls;
mod tunnels;

use paifang_model::Dialect;
use paifang_testkit::api::Api;
use paifang_testkit::{Answer, Scene, TestGateway};

/// A gateway of this dialect with one API.
async fn serving(dialect: Dialect, api: Api) -> TestGateway {
    let mut scene = Scene::new(dialect);
    scene.publish(api);
    scene.start().await
}

/// Status and error code, without the message.
fn code(answer: &Answer) -> String {
    answer.verdict().split(' ').take(2).collect::<Vec<_>>().join(" ")
}

/// What a call of an API is told, in the first dialect and in the second.
async fn codes(api: Api, path: &str) -> [String; 2] {
    let first = serving(Dialect::Alibaba, api.clone()).await.get(path).send().await;
    let second = serving(Dialect::Huawei, api).await.get(path).send().await;
    [code(&first), code(&second)]
}
