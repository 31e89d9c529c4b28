//! Policies and their bindings: made, judged, bound where an API is online, replaced, taken away.

use std::sync::Arc;

use paifang_control::{
    AcceptAll, BindTarget, BindingFilter, Deploy, Error, Paging, PolicyDraft, PolicyFilter, PolicyPatch,
    SpecialDraft, Stored,
};
use paifang_model::id::{AccountId, ApiId, AppId, BindingId, PolicyId, StageId};
use paifang_model::limits::Profile;
use paifang_model::policy::SpecialObject;
use paifang_model::{Binding, Dialect, Kind, Policy, PolicyKind, Secret};
use serde_json::{Value, json};

use crate::world::{NOW, World, complaints, get, refused, stage, values};

fn ten_a_minute() -> Value {
    json!({ "time_interval": 1, "time_unit": "MINUTE", "api_call_limits": 10 })
}

fn draft(name: &str, settings: Value) -> PolicyDraft {
    let (dialect, kind) = (Dialect::Huawei, PolicyKind::Throttle);
    PolicyDraft { dialect, kind, name: name.to_owned(), settings, remark: String::new(), secret: None }
}

/// What is made later is listed later.
async fn policy(world: &World, name: &str) -> Stored<Policy> {
    world.clock.advance(1);
    world.owner.create_policy(draft(name, ten_a_minute())).await.unwrap()
}

fn here() -> StageId {
    stage(Dialect::Huawei, "RELEASE")
}

fn at(api: ApiId) -> BindTarget {
    BindTarget { api, stage: here() }
}

async fn deploy(world: &World, api: ApiId) {
    let deploy = Deploy { stage: here(), remark: String::new() };
    world.owner.deploy_api(api, &deploy, None).await.unwrap();
}

/// An API of the second cloud, online.
async fn online(world: &World, group: &str, path: &str) -> ApiId {
    let groups = world.owner.list_groups(&Default::default(), &Paging::default()).await.unwrap();
    let group = match values(groups).into_iter().find(|there| there.name == group) {
        Some(there) => there.id,
        None => world.group(Dialect::Huawei, group).await.value.id,
    };
    let api = world.owner.create_api(group, get(path)).await.unwrap().value.id;
    deploy(world, api).await;
    api
}

async fn bindings(world: &World, filter: BindingFilter) -> Vec<Binding> {
    values(world.viewer.list_bindings(filter, &Paging::default()).await.unwrap())
}

fn of(policy: &Stored<Policy>) -> BindingFilter {
    BindingFilter { policy: Some(policy.value.id), ..BindingFilter::default() }
}

#[tokio::test]
async fn a_policy_is_made_changed_listed_and_deleted() {
    let world = World::new().await;
    let made = policy(&world, "ten_a_minute").await;
    assert_eq!(world.viewer.read_policy(made.value.id).await.unwrap(), made);
    assert_eq!(
        complaints(world.owner.create_policy(draft("ten_a_minute", ten_a_minute())).await),
        ["/name Duplicate"]
    );
    let other = policy(&world, "other").await;
    let list = async |filter: PolicyFilter| {
        let page = world.viewer.list_policies(&filter, &Paging::default()).await.unwrap();
        values(page).into_iter().map(|policy| policy.name).collect::<Vec<_>>()
    };
    assert_eq!(list(PolicyFilter::default()).await, ["ten_a_minute", "other"]);
    let kind = Some(PolicyKind::Throttle);
    for (dialect, found) in [(Dialect::Huawei, 2), (Dialect::Alibaba, 0)] {
        assert_eq!(list(PolicyFilter { dialect: Some(dialect), ..Default::default() }).await.len(), found);
        assert_eq!(
            list(PolicyFilter { dialect: Some(dialect), kind, ..Default::default() }).await.len(),
            found
        );
    }
    assert_eq!(
        list(PolicyFilter { kind, name_contains: Some("MIN".into()), ..Default::default() }).await,
        ["ten_a_minute"]
    );
    assert_eq!(list(PolicyFilter { name: Some("other".into()), ..Default::default() }).await, ["other"]);

    let patch = PolicyPatch { remark: Some("For the shop.".into()), ..Default::default() };
    let changed = world.owner.update_policy(made.value.id, patch, Some(made.revision)).await.unwrap();
    assert_eq!(changed.value, Policy { remark: "For the shop.".into(), ..made.value.clone() });
    let stale = world.owner.update_policy(made.value.id, PolicyPatch::default(), Some(made.revision)).await;
    refused!(stale, Error::RevisionMismatch { .. });
    let taken = PolicyPatch { name: Some("other".into()), ..Default::default() };
    assert_eq!(complaints(world.owner.update_policy(made.value.id, taken, None).await), ["/name Duplicate"]);
    world.owner.delete_policy(other.value.id, None).await.unwrap();
    refused!(
        world.owner.delete_policy(other.value.id, None).await,
        Error::NotFound { kind: Kind::Policy, .. }
    );
}

#[tokio::test]
async fn settings_are_judged_with_pointers_into_what_was_sent() {
    let world = World::new().await;
    let wrong =
        json!({ "time_interval": 0, "time_unit": "MINUTE", "api_call_limits": 10, "user_call_limits": 11 });
    let told = complaints(world.owner.create_policy(draft("1", wrong)).await);
    assert_eq!(told, ["/name Range", "/settings/time_interval Range", "/settings/user_call_limits Conflict"]);
    let other = PolicyDraft { dialect: Dialect::Alibaba, ..draft("ten_a_minute", ten_a_minute()) };
    let told = complaints(world.owner.create_policy(other).await);
    assert_eq!(told[0], "/settings Required", "these are the settings of another dialect: {told:?}");
    let stranger = json!({ "object_type": "APP", "object_id": AppId::random(), "call_limits": 1 });
    let mut named = ten_a_minute();
    named["specials"] = json!([stranger]);
    assert_eq!(
        complaints(world.owner.create_policy(draft("strangers", named)).await),
        ["/settings/specials/0/object_id Unknown"]
    );
}

#[tokio::test]
async fn the_cloud_allows_thirty_policies_and_200_calls_a_second() {
    let world = World::of(Profile::Cloud, Arc::new(AcceptAll)).await;
    let mut above = ten_a_minute();
    above["api_call_limits"] = json!(12_001);
    assert_eq!(
        complaints(world.owner.create_policy(draft("above", above)).await),
        ["/settings/api_call_limits Range"]
    );
    for number in 0..30 {
        policy(&world, &format!("policy{number}")).await;
    }
    let one_more = world.owner.create_policy(draft("policy30", ten_a_minute())).await;
    refused!(one_more, Error::QuotaExceeded { kind: Kind::Policy, limit: 30 });
    world.owner.set_quota("huawei.throttling_policies", Some(31), None).await.unwrap();
    world.owner.set_quota("huawei.api_calls_per_second", Some(201), None).await.unwrap();
    let mut above = ten_a_minute();
    above["api_call_limits"] = json!(12_001);
    world.owner.create_policy(draft("policy30", above)).await.unwrap();
}

#[tokio::test]
async fn a_policy_is_bound_listed_and_unbound() {
    let world = World::new().await;
    let throttle = policy(&world, "ten_a_minute").await;
    let (pets, cats, birds) = (
        online(&world, "pets", "/pets").await,
        online(&world, "pets", "/cats").await,
        online(&world, "birds", "/birds").await,
    );
    let made = world.owner.bind_policy(throttle.value.id, &[at(pets), at(cats), at(birds)]).await.unwrap();
    assert_eq!(bindings(&world, of(&throttle)).await.len(), 3);
    let group = made[2].value.group;
    for filter in [
        BindingFilter { api: Some(birds), ..of(&throttle) },
        BindingFilter {
            group: Some(group),
            stage: Some(here()),
            kind: Some(PolicyKind::Throttle),
            ..Default::default()
        },
    ] {
        assert_eq!(bindings(&world, filter).await, [made[2].value.clone()]);
    }
    assert_eq!(world.viewer.read_binding(made[0].value.id).await.unwrap(), made[0]);
    refused!(world.owner.delete_policy(throttle.value.id, None).await, Error::InUse { count: 3, .. });

    world.clock.advance(1_000);
    let again = world.owner.bind_policy(throttle.value.id, &[at(pets)]).await.unwrap();
    assert_eq!((again[0].value.id, again[0].created_at), (made[0].value.id, made[0].created_at), "it stays");
    world.owner.unbind_policy(made[0].value.id).await.unwrap();
    refused!(world.owner.unbind_policy(made[0].value.id).await, Error::NotFound { kind: Kind::Binding, .. });
    let gone = [made[1].value.id, made[0].value.id, made[1].value.id];
    assert_eq!(complaints(world.owner.unbind_policies(&gone).await), ["/1 Unknown", "/2 Duplicate"]);
    world.owner.unbind_policies(&[made[1].value.id, made[2].value.id]).await.unwrap();
    assert_eq!(complaints(world.owner.unbind_policies(&[]).await), [" Range"]);
    world.owner.delete_policy(throttle.value.id, None).await.unwrap();
}

#[tokio::test]
async fn a_policy_gives_way_to_another_one_of_its_kind() {
    let world = World::new().await;
    let (first, second) = (policy(&world, "first").await, policy(&world, "second").await);
    let pets = online(&world, "pets", "/pets").await;
    let before = world.owner.bind_policy(first.value.id, &[at(pets)]).await.unwrap();
    world.owner.bind_policy(second.value.id, &[at(pets)]).await.unwrap();
    assert_eq!(bindings(&world, of(&first)).await, []);
    assert_eq!(bindings(&world, of(&second)).await.len(), 1);
    let late = world.owner.unbind_policy(before[0].value.id).await;
    refused!(late, Error::NotFound { kind: Kind::Binding, .. });
    assert_eq!(bindings(&world, of(&second)).await.len(), 1, "who unbinds the first leaves the second alone");
}

/// Whoever binds last wins, and there is always exactly one.
#[tokio::test]
async fn of_policies_bound_at_once_one_stays() {
    let world = World::new().await;
    let pets = online(&world, "pets", "/pets").await;
    let mut policies = Vec::new();
    for number in 0..6 {
        policies.push(policy(&world, &format!("policy{number}")).await.value.id);
    }
    let mut binding = tokio::task::JoinSet::new();
    for policy in policies {
        let owner = world.owner.clone();
        binding.spawn(async move { owner.bind_policy(policy, &[at(pets)]).await });
    }
    while let Some(bound) = binding.join_next().await {
        bound.unwrap().unwrap();
    }
    assert_eq!(bindings(&world, BindingFilter { api: Some(pets), ..Default::default() }).await.len(), 1);
}

#[tokio::test]
async fn one_bad_target_refuses_all_and_every_one_is_named() {
    let world = World::new().await;
    let throttle = policy(&world, "ten_a_minute").await.value.id;
    let pets = online(&world, "pets", "/pets").await;
    let group = world.owner.read_api(pets).await.unwrap().value.group;
    let draft = world.owner.create_api(group, get("/draft")).await.unwrap().value.id;
    let (_, foreign) = world.pets().await;
    let nowhere = BindTarget { api: pets, stage: StageId::random() };
    let elsewhere = BindTarget { api: pets, stage: stage(Dialect::Alibaba, "RELEASE") };
    let targets =
        [at(pets), at(draft), at(foreign.value.id), at(ApiId::random()), nowhere, elsewhere, at(pets)];
    let mut told = complaints(world.owner.bind_policy(throttle, &targets).await);
    told.dedup();
    assert_eq!(
        told,
        [
            "/1/stage Conflict",
            "/2/api Conflict",
            "/3/api Unknown",
            "/4/stage Unknown",
            "/4/stage Conflict",
            "/5/stage Conflict",
            "/6 Duplicate"
        ]
    );
    assert_eq!(complaints(world.owner.bind_policy(throttle, &[]).await), [" Range"]);
    assert_eq!(complaints(world.owner.bind_policy(throttle, &vec![at(pets); 1_001]).await), [" Range"]);
    assert_eq!(bindings(&world, BindingFilter::default()).await, []);
    let nobody = world.owner.bind_policy(PolicyId::random(), &[at(pets)]).await;
    refused!(nobody, Error::NotFound { kind: Kind::Policy, .. });
}

#[tokio::test]
async fn a_binding_outlives_being_offline_and_goes_with_its_api() {
    let world = World::new().await;
    let throttle = policy(&world, "ten_a_minute").await;
    let pets = online(&world, "pets", "/pets").await;
    let made = world.owner.bind_policy(throttle.value.id, &[at(pets)]).await.unwrap();
    world.owner.take_api_offline(pets, here()).await.unwrap();
    assert_eq!(world.viewer.read_binding(made[0].value.id).await.unwrap(), made[0]);
    assert_eq!(
        complaints(world.owner.bind_policy(throttle.value.id, &[at(pets)]).await),
        ["/0/stage Conflict"]
    );
    deploy(&world, pets).await;
    assert_eq!(bindings(&world, of(&throttle)).await.len(), 1);
    world.owner.take_api_offline(pets, here()).await.unwrap();
    world.owner.delete_api(pets, None).await.unwrap();
    assert_eq!(bindings(&world, of(&throttle)).await, []);
    world.owner.delete_policy(throttle.value.id, None).await.unwrap();
}

#[tokio::test]
async fn specials_come_and_go_one_by_one() {
    let world = World::new().await;
    let throttle = policy(&world, "ten_a_minute").await.value.id;
    let app = world.app("shop").await.value;
    let object = SpecialObject::App(app.id);
    let added = world.owner.add_special(throttle, SpecialDraft { object, limit: 5 }).await.unwrap();
    assert_eq!(
        added.value.settings["specials"],
        json!([{ "object_type": "APP", "object_id": app.id, "call_limits": 5, "applied_at": NOW + 1 }])
    );
    assert_eq!(added.value.settings["api_call_limits"], 10, "all else stays");
    let again = world.owner.add_special(throttle, SpecialDraft { object, limit: 5 }).await;
    assert_eq!(complaints(again), ["/object Duplicate"]);
    let account = SpecialObject::User(app.account);
    let set = world.owner.set_special(throttle, SpecialDraft { object: account, limit: 4 }).await.unwrap();
    assert_eq!(set.value.read().unwrap().specials().unwrap().len(), 2);
    let set = world.owner.set_special(throttle, SpecialDraft { object, limit: 6 }).await.unwrap();
    assert_eq!(set.value.read().unwrap().specials().unwrap()[0].limit, 6);
    let above = world.owner.set_special(throttle, SpecialDraft { object, limit: 11 }).await;
    assert_eq!(complaints(above), ["/settings/specials/0/call_limits Conflict"]);
    let stranger = SpecialDraft { object: SpecialObject::User(AccountId::random()), limit: 1 };
    assert_eq!(
        complaints(world.owner.add_special(throttle, stranger).await),
        ["/settings/specials/2/object_id Unknown"]
    );

    world.owner.delete_app(app.id, None).await.unwrap();
    let patch = PolicyPatch { remark: Some("The shop is closed.".into()), ..Default::default() };
    world.owner.update_policy(throttle, patch, None).await.unwrap();
    world.owner.remove_special(throttle, app.id.0).await.unwrap();
    let left = world.owner.remove_special(throttle, app.account.0).await.unwrap();
    assert_eq!(left.value.settings, ten_a_minute());
    assert_eq!(complaints(world.owner.remove_special(throttle, app.id.0).await), ["/object Unknown"]);
}

#[tokio::test]
async fn who_may_only_look_changes_nothing_and_what_is_done_is_remembered() {
    let world = World::new().await;
    let throttle = policy(&world, "ten_a_minute").await.value.id;
    let pets = online(&world, "pets", "/pets").await;
    refused!(world.viewer.create_policy(draft("mine", ten_a_minute())).await, Error::Denied(_));
    refused!(world.viewer.update_policy(throttle, PolicyPatch::default(), None).await, Error::Denied(_));
    refused!(world.viewer.delete_policy(throttle, None).await, Error::Denied(_));
    refused!(world.viewer.bind_policy(throttle, &[at(pets)]).await, Error::Denied(_));
    refused!(world.viewer.unbind_policies(&[BindingId::random()]).await, Error::Denied(_));
    let before = world.trail().await.len();
    let bound = world.owner.bind_policy(throttle, &[at(pets)]).await.unwrap();
    world.owner.unbind_policy(bound[0].value.id).await.unwrap();
    let done: Vec<_> = world.trail().await.split_off(before).into_iter().map(|entry| entry.line).collect();
    let done: Vec<_> = done.iter().map(|line| (line.action.as_str(), line.resource.clone())).collect();
    let resource = format!("policy/{throttle}");
    assert_eq!(done, [("policy:bind", resource.clone()), ("policy:unbind", resource)]);
}

#[tokio::test]
async fn a_secret_is_shown_to_whoever_asks_for_it() {
    let world = World::new().await;
    let settings = json!({ "sign_type": "hmac", "sign_key": "backend-key" });
    let draft = PolicyDraft {
        kind: PolicyKind::SignatureKey,
        secret: Some(Secret::new("not-a-real-secret")),
        ..draft("our_backends", settings)
    };
    let owner = &world.owner;
    let made = owner.create_policy(draft).await.unwrap().value;
    assert_eq!(made.secret, None);
    let revealed = async || owner.reveal_policy(made.id).await.unwrap().expose().to_owned();
    assert_eq!(revealed().await, "not-a-real-secret");
    let patch = PolicyPatch { remark: Some("Calm.".into()), ..PolicyPatch::default() };
    assert_eq!(owner.update_policy(made.id, patch, None).await.unwrap().value.secret, None);
    assert_eq!(revealed().await, "not-a-real-secret", "what is not said stays");
    let patch = PolicyPatch { secret: Some(Secret::new("another-real-secret")), ..PolicyPatch::default() };
    owner.update_policy(made.id, patch, None).await.unwrap();
    assert_eq!(revealed().await, "another-real-secret");
    assert_eq!(owner.read_policy(made.id).await.unwrap().value.secret, None);
    let listed = owner.list_policies(&PolicyFilter::default(), &Paging::default()).await.unwrap();
    assert!(listed.items.into_iter().flatten().all(|policy| policy.value.secret.is_none()));
    let plain = owner.create_policy(self::draft("ten_a_minute", ten_a_minute())).await.unwrap().value.id;
    assert!(matches!(owner.reveal_policy(plain).await, Err(Error::NotFound { .. })));
}
