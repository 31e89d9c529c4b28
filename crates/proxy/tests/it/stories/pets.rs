//! The shortest way through: a call reaches its backend, signed or not, and comes back.

use paifang_model::Dialect;
use paifang_model::definition::{Location, Parameter};
use paifang_testkit::{Backend, Scene, api};

#[tokio::test]
async fn an_open_api_reaches_its_backend() {
    let backend = Backend::echo().await;
    let mut scene = Scene::new(Dialect::Alibaba);
    let kind = Parameter::new("kind", Location::Path);
    scene.publish(api::get("/pets/[kind]").maps(kind, Location::Query, "k").to(&backend).at("/animals"));
    let gateway = scene.start().await;
    let answer = gateway.get("/pets/cat?x=1").send().await;
    assert_eq!(answer.status, 200, "{}", answer.verdict());
    insta::assert_snapshot!(backend.last().lines(), @r"
    GET /animals?k=cat
    user-agent: AliOpenAPI/1.0
    x-forwarded-for: 127.0.0.1
    ");
}

#[tokio::test]
async fn both_signatures_are_accepted_in_both_dialects() {
    let backend = Backend::echo().await;
    for dialect in Dialect::ALL {
        let mut scene = Scene::new(dialect);
        let pets = scene.publish(api::get("/pets").for_apps().to(&backend));
        let app = scene.app("caller");
        scene.grant(&app, pets);
        let gateway = scene.start().await;
        let answer = app.sign_ca(gateway.get("/pets?b=2&a=1")).send().await;
        assert_eq!(answer.status, 200, "{dialect}: {}", answer.verdict());
        let answer = app.sign_sdk(gateway.get("/pets?b=2&a=1")).send().await;
        assert_eq!(answer.status, 200, "{dialect}: {}", answer.verdict());
        let answer = gateway.get("/pets").send().await;
        assert!([400, 401].contains(&answer.status), "{dialect}: {}", answer.verdict());
    }
}
