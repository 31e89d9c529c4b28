//! Calls that lead back to the gateway (spec: huawei/api-model.md §10).

use paifang_model::definition::{Backend as Answers, BackendPolicy, Condition, EffectMode};
use paifang_model::id::ApiId;
use paifang_model::{Dialect, Stage};
use paifang_testkit::api::{self, Api};
use paifang_testkit::{Backend, Scene, TestGateway, deployment};

use super::decisions;

const HOST: &str = "api.example.com";

/// A gateway with an API at `/round` whose backend is not said yet.
async fn gateway(dialect: Dialect) -> (TestGateway, ApiId) {
    let mut scene = Scene::new(dialect);
    let round = scene.publish(api::get("/round").mock(200, "not yet"));
    (scene.start().await, round)
}

/// An API whose backend is one of a gateway.
fn leading(from: &str, gateway: &TestGateway, to: &str) -> Api {
    api::get(from).to_url(&format!("http://{}", gateway.address)).at(to).http(|backend| {
        backend.host = Some(HOST.to_owned());
    })
}

async fn change(gateway: &TestGateway, id: ApiId, api: Api) {
    let release = Stage::built_in_id(gateway.group.dialect, "RELEASE");
    gateway.change(vec![deployment(&gateway.group, id, release, 100, api)]).await;
}

#[tokio::test]
async fn an_api_that_leads_back_to_itself_is_told_so() {
    let mut told = Vec::new();
    for dialect in [Dialect::Huawei, Dialect::Alibaba] {
        let (gateway, round) = gateway(dialect).await;
        change(&gateway, round, leading("/round", &gateway, "/round")).await;
        told.push(gateway.get("/round").send().await.verdict());
    }
    assert_eq!(told, ["500 APIG.0612 An API cannot call itself.", "508 I508LD Loop Detected"]);
}

/// Each says who it is to the other, whichever dialect that one speaks.
#[tokio::test]
async fn two_gateways_that_lead_to_each_other_are_told_so() {
    let (first, there) = gateway(Dialect::Huawei).await;
    let (second, back) = gateway(Dialect::Alibaba).await;
    change(&first, there, leading("/round", &second, "/round")).await;
    change(&second, back, leading("/round", &first, "/round")).await;
    // The first gateway named no API when it was passed first, so it is the second that knows its own again.
    assert_eq!(first.get("/round").send().await.verdict(), "508 I508LD Loop Detected");
    assert_eq!(second.get("/round").send().await.verdict(), "500 APIG.0612 An API cannot call itself.");
}

#[tokio::test]
async fn ten_layers_pass_and_the_eleventh_does_not() {
    let backend = Backend::echo().await;
    let mut scene = Scene::new(Dialect::Huawei);
    let path = |layer: usize| format!("/layer{layer}");
    let ids: Vec<ApiId> = (1..=11).map(|layer| scene.publish(api::get(&path(layer)).to(&backend))).collect();
    let gateway = scene.start().await;
    for (layer, id) in (1..).zip(&ids[..10]) {
        change(&gateway, *id, leading(&path(layer), &gateway, &path(layer + 1))).await;
    }
    assert_eq!(gateway.get("/layer2").send().await.status, 200, "ten");
    assert_eq!(backend.received().len(), 1);
    assert_eq!(gateway.get("/layer1").send().await.verdict(), "500 APIG.0612 An API cannot call itself.");
    assert_eq!(backend.received().len(), 1, "the eleventh goes no further");
}

#[tokio::test]
async fn a_backend_policy_that_leads_back_is_found_as_well() {
    let default = Backend::echo().await;
    let (gateway, round) = gateway(Dialect::Huawei).await;
    let Answers::Http(itself) = leading("/round", &gateway, "/round").0.backend else { unreachable!() };
    let policy = BackendPolicy {
        name: "round".to_owned(),
        effect_mode: EffectMode::All,
        conditions: vec![Condition::Source { addresses: vec!["127.0.0.0/8".to_owned()] }],
        backend: Answers::Http(itself),
        backend_parameters: Vec::new(),
    };
    let api = api::get("/round").to(&default).with(|api| api.backend_policies = vec![policy]);
    change(&gateway, round, api).await;
    assert_eq!(gateway.get("/round").send().await.verdict(), "500 APIG.0612 An API cannot call itself.");
    assert!(default.received().is_empty());
}

#[tokio::test]
async fn an_explanation_names_the_loop() {
    let (gateway, round) = gateway(Dialect::Huawei).await;
    change(&gateway, round, leading("/round", &gateway, "/round")).await;
    let told = async |passed: &str| {
        let decisions = decisions(&gateway, &gateway.get("/round").header("cdn-loop", passed)).await;
        decisions.iter().rev().take(2).rev().cloned().collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(told(&format!("paifang, paifang; api={round}")).await, @r"
    backend: the call has come round: it passed this API before, and the gateway 2 times
    refused: 500 APIG.0612: An API cannot call itself.
    ");
    insta::assert_snapshot!(told(&["paifang"; 10].join(",")).await, @r"
    backend: the call passed the gateway 10 times already, and may not pass it again
    refused: 500 APIG.0612: An API cannot call itself.
    ");
}

#[tokio::test]
async fn backends_are_told_through_whom_a_call_came() {
    let backend = Backend::echo().await;
    let mut scene = Scene::new(Dialect::Alibaba);
    scene.publish(api::get("/pets").to(&backend));
    let gateway = scene.start().await;
    gateway.get("/pets").send().await;
    gateway.get("/pets").header("cdn-loop", "cdn.example").send().await;
    let told = |number: usize| {
        let received = backend.received();
        let values = received[number].headers.get_all("cdn-loop");
        values.iter().map(|value| value.to_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        (told(0), told(1)),
        (vec!["paifang".to_owned()], vec!["cdn.example".into(), "paifang".into()])
    );
}
