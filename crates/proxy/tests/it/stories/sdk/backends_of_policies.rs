//! The backend of a policy is a whole one, whatever the default's is (spec: huawei/api-model.md §7): its own place, path, timeout
//! and retries; with the API's signature.

use paifang_model::definition::{
    Backend as Answers, BackendPolicy, Condition, Destination, EffectMode, HttpBackend, Retries, Scheme,
};
use paifang_model::id::BackendAccessId;
use paifang_model::{BackendAccess, Channel, Member, Variable};
use paifang_proxy::config::{Change, Document};
use paifang_testkit::api::{self, Api};
use paifang_testkit::{Backend, Scene, Then};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::backend_verifiers::{KEY, SECRET, Sample};
use super::scene;

/// An API with a policy for all calls from this machine but those that say otherwise, and a default backend.
fn pets(default: &Backend, policy: HttpBackend) -> Api {
    api::any("/pets").to(default).at("/default").with(|api| {
        api.backend_policies = vec![BackendPolicy {
            name: "here".to_owned(),
            effect_mode: EffectMode::All,
            conditions: vec![Condition::Source { addresses: vec!["127.0.0.1".to_owned()] }],
            backend: Answers::Http(HttpBackend { path: "/policy".to_owned(), ..policy }),
            backend_parameters: Vec::new(),
        }];
    })
}

/// What the backends receive of a call from this address: the path, with the host where it is asked for.
async fn answered(scene: Scene, backends: [&Backend; 2]) {
    let [default, of_policy] = backends;
    let gateway = scene.start().await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    let elsewhere = gateway.get("/pets").from([127, 0, 0, 2].into());
    assert_eq!(elsewhere.send().await.status, 200);
    let targets = |backend: &Backend| -> Vec<String> {
        backend.received().into_iter().map(|received| received.target).collect()
    };
    assert_eq!((targets(default), targets(of_policy)), (vec!["/default".into()], vec!["/policy".into()]));
}

#[tokio::test]
async fn it_may_be_a_channel() {
    let (default, of_policy) = (Backend::echo().await, Backend::echo().await);
    let member = Member { port: of_policy.address().port(), ..Member::at("127.0.0.1") };
    let channel = Channel { members: vec![member], ..Channel::named("members", 80) };
    let to = Destination::Channel { channel: channel.id, scheme: Scheme::Http };
    let mut scene = scene();
    scene.publish(pets(&default, HttpBackend { to, ..HttpBackend::at("http://unused") }));
    scene.put(Document::Channel(channel));
    answered(scene, [&default, &of_policy]).await;
    assert_eq!(of_policy.last().header("host"), "api.example.com");
}

#[tokio::test]
async fn it_may_be_behind_an_access() {
    let (default, of_policy) = (Backend::echo().await, Backend::echo().await);
    let access = BackendAccess {
        id: BackendAccessId::random(),
        name: "orders".to_owned(),
        network: "vpc-1".to_owned(),
        instance: "127.0.0.1".to_owned(),
        port: of_policy.address().port(),
        address: None,
        scheme: Scheme::Http,
        host: None,
        description: String::new(),
    };
    let to = Destination::Access { access: access.id, scheme: None };
    let mut scene = scene();
    scene.publish(pets(&default, HttpBackend { to, ..HttpBackend::at("http://unused") }));
    scene.put(Document::BackendAccess(access));
    answered(scene, [&default, &of_policy]).await;
}

#[tokio::test]
async fn its_address_and_path_may_hold_variables_that_change() {
    let backends = [Backend::echo().await, Backend::echo().await];
    let mut scene = scene();
    let variable = |scene: &Scene, name: &str, value: &str| {
        let (group, stage) = (scene.group.id, scene.stage("RELEASE"));
        let id = Variable::id_of(group, stage, name);
        Document::Variable(Variable { id, group, stage, name: name.to_owned(), value: value.to_owned() })
    };
    let place = |backend: &Backend| backend.address().to_string();
    let api = pets(&backends[0], HttpBackend::at("http://#place#"));
    scene.publish(api.with(|api| {
        if let Answers::Http(backend) = &mut api.backend_policies[0].backend {
            backend.path = "/#edition#/pets".to_owned();
        }
    }));
    scene.put(variable(&scene, "place", &place(&backends[1])));
    scene.put(variable(&scene, "edition", "v1"));
    let moved = variable(&scene, "edition", "v2");
    let gateway = scene.start().await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    gateway.change(vec![Change::Put(moved)]).await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    let targets: Vec<String> = backends[1].received().into_iter().map(|received| received.target).collect();
    assert_eq!(targets, ["/v1/pets", "/v2/pets"]);
    assert!(backends[0].received().is_empty());
}

#[tokio::test]
async fn its_calls_are_signed_as_the_defaults_are() {
    let (default, of_policy) = (Backend::echo().await, Backend::echo().await);
    let mut scene = scene();
    let pets = scene.publish(pets(&default, HttpBackend::at(of_policy.url())));
    scene.sign(pets, json!({ "sign_type": "hmac", "sign_key": KEY }), SECRET);
    answered(scene, [&default, &of_policy]).await;
    assert_eq!([&default, &of_policy].map(|backend| Sample::Java.verify(&backend.last())), [Ok(()), Ok(())]);
}

/// Reads one request and closes; answers on later connections.
async fn closing_once() -> Backend {
    Backend::speaking(|mut stream, number| async move {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            stream.read_buf(&mut head).await.unwrap();
        }
        if number > 0 {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.unwrap();
        }
    })
    .await
}

#[tokio::test]
async fn it_has_retries_of_its_own() {
    let (default, of_policy) = (closing_once().await, closing_once().await);
    let policy = HttpBackend { retries: Retries::Fixed { times: 1 }, ..HttpBackend::at(of_policy.url()) };
    let mut scene = scene();
    let none = pets(&default, policy).http(|backend| backend.retries = Retries::Fixed { times: 0 });
    scene.publish(none);
    let gateway = scene.start().await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    assert_eq!(gateway.get("/pets").from([127, 0, 0, 2].into()).send().await.status, 502);
    assert_eq!((of_policy.connections(), default.connections()), (2, 1));
}

#[tokio::test]
async fn it_has_a_timeout_of_its_own() {
    let silent = Backend::sending(b"", Then::Stay).await;
    let default = Backend::echo().await;
    let policy = HttpBackend {
        timeout_ms: 100,
        retries: Retries::Fixed { times: 0 },
        ..HttpBackend::at(silent.url())
    };
    let mut scene = scene();
    // So long that the test would not end in time by it.
    scene.publish(pets(&default, policy).http(|backend| backend.timeout_ms = 600_000));
    let gateway = scene.start().await;
    let answer = gateway.get("/pets").send().await;
    insta::assert_snapshot!(answer.verdict(), @"504 APIG.0201 Backend timeout.");
    assert_eq!(gateway.get("/pets").from([127, 0, 0, 2].into()).send().await.status, 200);
}
