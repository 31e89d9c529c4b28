//! Policies are live: bound, changed and unbound while calls come.

use paifang_model::id::ApiId;
use paifang_model::record::Key;
use paifang_model::{Binding, Policy};
use paifang_proxy::config::{Change, Document};
use paifang_testkit::{Scene, TestGateway, api, deployment, policy};
use serde_json::{Value, json};

use super::super::scene;
use super::{a_thousand_days, passed};

/// `/pets`, which no policy limits yet.
async fn pets() -> (TestGateway, ApiId) {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    (scene.start().await, pets)
}

fn release(gateway: &TestGateway) -> paifang_model::id::StageId {
    paifang_model::Stage::built_in_id(gateway.group.dialect, "RELEASE")
}

async fn bind(gateway: &TestGateway, api: ApiId, settings: Value) -> (Policy, Binding) {
    let policy = policy::throttle(&gateway.group, a_thousand_days(settings));
    let binding = policy::binding(&gateway.group, &policy, api, release(gateway));
    gateway.change(policy::bound(&policy, &binding)).await;
    (policy, binding)
}

async fn set(gateway: &TestGateway, policy: &mut Policy, settings: Value) {
    policy.settings = settings;
    gateway.change(vec![Change::Put(Document::Policy(policy.clone()))]).await;
}

#[tokio::test]
async fn a_policy_is_bound_and_unbound_while_serving() {
    let (gateway, pets) = pets().await;
    assert_eq!(passed(&gateway.get("/pets"), 3).await, 3);
    let (_, binding) = bind(&gateway, pets, json!({ "api_call_limits": 2 })).await;
    assert_eq!(passed(&gateway.get("/pets"), 3).await, 2, "what came before was not counted");
    gateway.change(vec![Change::Delete(Key::of::<Binding>(binding.id))]).await;
    assert_eq!(passed(&gateway.get("/pets"), 3).await, 3);
}

#[tokio::test]
async fn a_changed_number_holds_for_the_calls_so_far() {
    let (gateway, pets) = pets().await;
    let (mut policy, _) = bind(&gateway, pets, json!({ "api_call_limits": 3 })).await;
    assert_eq!(passed(&gateway.get("/pets"), 4).await, 3);
    set(&gateway, &mut policy, a_thousand_days(json!({ "api_call_limits": 5 }))).await;
    assert_eq!(passed(&gateway.get("/pets"), 4).await, 2, "three of five were used");
    set(&gateway, &mut policy, a_thousand_days(json!({ "api_call_limits": 4 }))).await;
    assert_eq!(passed(&gateway.get("/pets"), 1).await, 0);
    set(&gateway, &mut policy, a_thousand_days(json!({ "api_call_limits": 6, "ip_call_limits": 1 }))).await;
    assert_eq!(passed(&gateway.get("/pets"), 2).await, 1, "calls from the address are counted from now on");
}

#[tokio::test]
async fn a_changed_period_counts_anew() {
    let (gateway, pets) = pets().await;
    let (mut policy, _) = bind(&gateway, pets, json!({ "api_call_limits": 1 })).await;
    assert_eq!(passed(&gateway.get("/pets"), 2).await, 1);
    set(&gateway, &mut policy, a_thousand_days(json!({ "api_call_limits": 1, "time_interval": 2000 }))).await;
    assert_eq!(passed(&gateway.get("/pets"), 2).await, 1);
}

/// Calls come back with the next period, whose beginning is nobody's to choose.
#[tokio::test]
async fn the_next_period_brings_calls_back() {
    let (gateway, pets) = pets().await;
    let (mut policy, _) = bind(&gateway, pets, json!({})).await;
    let settings = json!({ "time_interval": 1, "time_unit": "SECOND", "api_call_limits": 1 });
    set(&gateway, &mut policy, settings).await;
    let mut connection = gateway.connect().await;
    let mut changes = 0;
    let mut last = 200;
    // Passed, refused, passed again: each period answers both.
    while changes < 4 {
        let answer = connection.send(&gateway.get("/pets")).await;
        if answer.status == 429 {
            assert_eq!(answer.header("retry-after"), "1");
        }
        changes += u32::from(answer.status != last);
        last = answer.status;
    }
}

#[tokio::test]
async fn another_policy_takes_its_place_at_once() {
    let (gateway, pets) = pets().await;
    let (_, first) = bind(&gateway, pets, json!({ "api_call_limits": 1 })).await;
    assert_eq!(passed(&gateway.get("/pets"), 2).await, 1);
    let second = policy::throttle(&gateway.group, a_thousand_days(json!({ "api_call_limits": 2 })));
    let binding = policy::binding(&gateway.group, &second, pets, release(&gateway));
    let mut changes = policy::bound(&second, &binding);
    changes.push(Change::Delete(Key::of::<Binding>(first.id)));
    gateway.change(changes).await;
    assert_eq!(passed(&gateway.get("/pets"), 3).await, 2, "with a count of its own");
}

/// Deployed anew, online or not.
fn deployed(gateway: &TestGateway, api: ApiId, online: bool) -> Change {
    match deployment(&gateway.group, api, release(gateway), 7, api::get("/pets")) {
        Change::Put(Document::Deployment(mut deployment, version)) => {
            deployment.online = online;
            Change::Put(Document::Deployment(deployment, version))
        }
        other => panic!("not a deployment: {other:?}"),
    }
}

#[tokio::test]
async fn a_binding_sleeps_while_its_api_is_offline_and_wakes_with_it() {
    let (gateway, pets) = pets().await;
    bind(&gateway, pets, json!({ "api_call_limits": 2 })).await;
    assert_eq!(passed(&gateway.get("/pets"), 1).await, 1);
    gateway.change(vec![deployed(&gateway, pets, false)]).await;
    assert_eq!(gateway.get("/pets").send().await.status, 404);
    gateway.change(vec![deployed(&gateway, pets, true)]).await;
    assert_eq!(passed(&gateway.get("/pets"), 2).await, 1, "and the call before still counts");
}

/// Served without its policy, an API would be open to what the policy is there to keep out.
#[tokio::test]
async fn what_needs_a_policy_that_cannot_be_applied_is_set_aside() {
    let mut scene: Scene = scene();
    let (pets, birds) = (scene.publish(api::get("/pets")), scene.publish(api::get("/birds")));
    let mut policy = scene.throttle(pets, a_thousand_days(json!({ "api_call_limits": 0 })));
    let gateway = scene.start().await;
    assert_eq!(gateway.get("/pets").send().await.status, 404);
    assert_eq!(gateway.get("/birds").send().await.status, 200);
    let reasons: Vec<_> = gateway.gateway.set_aside().into_iter().map(|one| (one.key, one.reason)).collect();
    let why = "/api_call_limits: 0 is out of range: 1 to 2147483647 are allowed";
    let deployment = paifang_model::Deployment::id_of(pets, release(&gateway));
    assert_eq!(
        reasons,
        [
            (
                Key::of::<paifang_model::Deployment>(deployment),
                format!("its policy {} cannot be applied: {why}", policy.id)
            ),
            (Key::of::<Policy>(policy.id), why.to_owned()),
        ]
    );
    set(&gateway, &mut policy, a_thousand_days(json!({ "api_call_limits": 1 }))).await;
    assert_eq!(passed(&gateway.get("/pets"), 2).await, 1);
    assert_eq!(gateway.gateway.set_aside(), []);
    gateway.change(vec![Change::Delete(Key::of::<Policy>(policy.id))]).await;
    assert_eq!(gateway.get("/pets").send().await.status, 404, "an unreadable policy is taken back");
    let _ = birds;
}
