//! Calls while deployments happen: none fails, and each is answered by one version as a whole.

use std::sync::Arc;

use paifang_model::Dialect;
use paifang_model::definition::Location;
use paifang_model::id::ApiId;
use paifang_testkit::api::Api;
use paifang_testkit::{Backend, Scene, TestGateway, api, deployment};
use tokio::sync::watch;

const DEPLOYMENTS: u64 = 200;
const CALLS: u64 = 10_000;
const CLIENTS: u64 = 8;

/// Each version names itself in two places that are compiled apart.
fn version(number: u64, backend: &Backend) -> Api {
    let text = number.to_string();
    let api = api::get("/pets").to(backend).at(&format!("/v{text}"));
    api.constant(Location::Header, "x-version", &text)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_calls_during_two_hundred_deployments() {
    let backend = Backend::answering(|received| {
        http::Response::new(format!("{} {}", received.target, received.header("x-version")).into())
    })
    .await;
    let mut scene = Scene::new(Dialect::Huawei);
    scene.workers = 2;
    let (id, stage) = (ApiId::random(), scene.stage("RELEASE"));
    scene.publish_to(id, "RELEASE", version(1, &backend));
    let gateway = Arc::new(scene.start().await);

    let (done, mut progress) = watch::channel(0);
    let (served, deployed) = watch::channel(1);
    let client = |_| tokio::spawn(calls(Arc::clone(&gateway), done.clone(), deployed.clone()));
    let clients: Vec<_> = (0..CLIENTS).map(client).collect();
    // One deployment for each two-hundredth of the calls, so that they are spread over all of them.
    for number in 2..DEPLOYMENTS + 2 {
        let due = (number - 2) * CALLS / DEPLOYMENTS;
        progress.wait_for(|done| *done >= due).await.unwrap();
        let change = deployment(&gateway.group, id, stage, number, version(number, &backend));
        gateway.change(vec![change]).await;
        served.send_replace(number);
    }
    let mut seen = std::collections::BTreeSet::new();
    for client in clients {
        seen.extend(client.await.unwrap());
    }
    assert_eq!(u64::try_from(backend.received().len()).unwrap(), CALLS);
    assert!(seen.len() as u64 > DEPLOYMENTS / 2, "{} versions answered", seen.len());
}

/// One client's share of the calls, never a whole deployment ahead; returns the versions that answered.
async fn calls(
    gateway: Arc<TestGateway>,
    done: watch::Sender<u64>,
    mut deployed: watch::Receiver<u64>,
) -> Vec<u64> {
    let mut connection = gateway.connect().await;
    let call = gateway.get("/pets");
    let mut seen = Vec::new();
    for number in 0..CALLS / CLIENTS {
        deployed.wait_for(|served| *served >= number * CLIENTS * DEPLOYMENTS / CALLS).await.unwrap();
        let answer = connection.send(&call).await;
        assert_eq!(answer.status, 200, "{}", answer.verdict());
        let text = answer.text();
        let (path, header) = text.split_once(' ').unwrap();
        assert_eq!(path.strip_prefix("/v"), Some(header), "one version, not two");
        let version: u64 = header.parse().unwrap();
        // A client's next call is never answered by an older version: the one worker of its connection goes on.
        assert!(seen.last() <= Some(&version), "{version} after {:?}", seen.last());
        seen.push(version);
        done.send_modify(|done| *done += 1);
    }
    seen
}
