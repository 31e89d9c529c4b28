//! Plug-ins of whole groups (spec: aliyun/plugins.md §1): they hold for every API of the group in a stage, at once, except
//! where an API has one of the type itself.

use paifang_model::id::{ApiId, StageId};
use paifang_model::record::Key;
use paifang_model::{Binding, GroupBinding, Policy, PolicyKind, Stage};
use paifang_proxy::config::{Change, Document};
use paifang_proxy::exchange::ClientScheme;
use paifang_proxy::{Explained, Trial};
use paifang_testkit::{TestGateway, api, deployment, policy};
use paifang_wire::{Head, Method};
use serde_json::{Value, json};

use super::scene;

fn release(gateway: &TestGateway) -> StageId {
    Stage::built_in_id(gateway.group.dialect, "RELEASE")
}

fn a_day(calls: u32) -> Value {
    json!({ "unit": "DAY", "apiDefault": calls })
}

/// How many of five calls pass.
async fn passed(gateway: &TestGateway, path: &str) -> usize {
    let mut passed = 0;
    for _ in 0..5 {
        passed += usize::from(gateway.get(path).send().await.status == 200);
    }
    passed
}

async fn bind(gateway: &TestGateway, kind: PolicyKind, settings: Value) -> (Policy, GroupBinding) {
    let policy = policy::of_kind(&gateway.group, kind, settings);
    let binding = policy::group_binding(&gateway.group, &policy, release(gateway));
    let documents = [Document::Policy(policy.clone()), Document::GroupBinding(binding.clone())];
    gateway.change(documents.map(Change::Put).into()).await;
    (policy, binding)
}

#[tokio::test]
async fn every_api_has_the_groups_and_its_own_goes_first() {
    let mut scene = scene();
    scene.publish(api::get("/pets"));
    let cats = scene.publish(api::get("/cats"));
    let own = scene.throttle(cats, a_day(3));
    let gateway = scene.start().await;
    let birds =
        |number| deployment(&gateway.group, ApiId::random(), release(&gateway), number, api::get("/birds"));
    assert_eq!(passed(&gateway, "/pets").await, 5);
    let (mut policy, binding) = bind(&gateway, PolicyKind::Throttle, a_day(1)).await;
    assert_eq!(passed(&gateway, "/pets").await, 1, "it holds at once, without publishing");
    assert_eq!(passed(&gateway, "/cats").await, 3, "an API's own goes first");
    gateway.change(vec![birds(7)]).await;
    assert_eq!(passed(&gateway, "/birds").await, 1, "what comes later has it too, with a count of its own");

    let own = Binding::id_of(own.id, cats, release(&gateway));
    gateway.change(vec![Change::Delete(Key::of::<Binding>(own))]).await;
    assert_eq!(passed(&gateway, "/cats").await, 1, "without one of its own, the group's holds");
    policy.settings = a_day(3);
    gateway.change(vec![Change::Put(Document::Policy(policy))]).await;
    assert_eq!(passed(&gateway, "/pets").await, 2, "one of three was used");
    gateway.change(vec![Change::Delete(Key::of::<GroupBinding>(binding.id))]).await;
    assert_eq!(passed(&gateway, "/pets").await, 5);
}

/// The plug-ins of other types are the group's all the same.
#[tokio::test]
async fn what_an_api_has_itself_takes_the_place_of_its_type_alone() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    scene.throttle(pets, a_day(3));
    let gateway = scene.start().await;
    let keeps_out = json!({ "type": "REFUSE", "items": [{ "blocks": ["127.0.0.1"] }] });
    let (_, binding) = bind(&gateway, PolicyKind::AddressList, keeps_out).await;
    let verdict = gateway.get("/pets").send().await.verdict();
    assert_eq!(verdict, "403 A403IP Access denied by IP Control Policy");
    let told = explained(&gateway).await;
    let list = "address list: 127.0.0.1 is kept out by the policy `address_list` of its group";
    assert!(told.contains(&list.to_owned()), "{told:?}");
    gateway.change(vec![Change::Delete(Key::of::<GroupBinding>(binding.id))]).await;
    assert_eq!(passed(&gateway, "/pets").await, 3);
}

#[tokio::test]
async fn other_stages_and_other_groups_have_nothing_of_it() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    scene.publish_to(pets, "TEST", api::get("/pets"));
    let gateway = scene.start().await;
    bind(&gateway, PolicyKind::Throttle, a_day(1)).await;
    assert_eq!(passed(&gateway, "/pets").await, 1);
    for _ in 0..3 {
        assert_eq!(gateway.get("/pets").header("x-ca-stage", "TEST").send().await.status, 200);
    }
}

/// An API is not served as if its group had no policy, when nobody can say what it is.
#[tokio::test]
async fn a_policy_that_cannot_be_understood_takes_the_groups_apis_aside() {
    let mut scene = scene();
    scene.publish(api::get("/pets"));
    let gateway = scene.start().await;
    let (mut policy, _) = bind(&gateway, PolicyKind::Throttle, json!({ "unit": "YEAR" })).await;
    assert_eq!(gateway.get("/pets").send().await.status, 404);
    policy.settings = a_day(2);
    gateway.change(vec![Change::Put(Document::Policy(policy))]).await;
    assert_eq!(passed(&gateway, "/pets").await, 2);
}

async fn explained(gateway: &TestGateway) -> Vec<String> {
    let mut head = Head::new(Method::GET, "/pets".parse().unwrap());
    head.headers.insert("host", http::HeaderValue::try_from(gateway.group.subdomain.clone()).unwrap());
    let (from, scheme) = ("127.0.0.1".parse().unwrap(), ClientScheme::Http);
    let trial = Trial { head, body: bytes::Bytes::new(), from, scheme, aim: None };
    let Explained { decisions, .. } = gateway.gateway.explain(trial).await.unwrap();
    decisions.iter().map(|one| format!("{}: {}", one.stage, one.what)).collect()
}
