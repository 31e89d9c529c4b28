//! Calls that lead back to the gateway.

use paifang_model::{Dialect, Stage};
use paifang_testkit::{Backend, Scene, api, deployment};

#[tokio::test]
async fn an_api_that_leads_back_to_itself_is_told_so() {
    let mut scene = Scene::new(Dialect::Huawei);
    let round = scene.publish(api::get("/round").mock(200, "not yet"));
    let gateway = scene.start().await;
    let host = gateway.group.subdomain.clone();
    let to_itself = api::get("/round")
        .to_url(&format!("http://{}", gateway.address))
        .at("/round")
        .http(|backend| backend.host = Some(host));
    let release = Stage::built_in_id(Dialect::Huawei, "RELEASE");
    gateway.change(vec![deployment(&gateway.group, round, release, 2, to_itself)]).await;
    let answer = gateway.get("/round").send().await;
    assert_eq!(answer.verdict(), "500 APIG.0612 An API cannot call itself.");
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
