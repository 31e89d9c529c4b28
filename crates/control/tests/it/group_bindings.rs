//! Policies that hold for whole groups: bound, replaced, taken away, gone with their group.

use paifang_control::{Error, GroupBindingFilter, GroupTarget, Paging, PolicyDraft};
use paifang_model::id::{GroupId, PolicyId, StageId};
use paifang_model::{Dialect, GroupBinding, Kind, PolicyKind};
use serde_json::json;

use crate::world::{World, complaints, refused, stage, values};

async fn policy(world: &World, dialect: Dialect, name: &str) -> PolicyId {
    world.clock.advance(1);
    let settings = match dialect {
        Dialect::Alibaba => json!({ "unit": "MINUTE", "apiDefault": 10 }),
        Dialect::Huawei => json!({ "time_interval": 1, "time_unit": "MINUTE", "api_call_limits": 10 }),
    };
    let (kind, name, remark) = (PolicyKind::Throttle, name.to_owned(), String::new());
    let draft = PolicyDraft { dialect, kind, name, settings, remark, secret: None };
    world.owner.create_policy(draft).await.unwrap().value.id
}

fn here() -> StageId {
    stage(Dialect::Alibaba, "RELEASE")
}

fn at(group: GroupId) -> GroupTarget {
    GroupTarget { group, stage: here() }
}

async fn bindings(world: &World, filter: GroupBindingFilter) -> Vec<GroupBinding> {
    values(world.viewer.list_group_bindings(filter, &Paging::default()).await.unwrap())
}

#[tokio::test]
async fn a_policy_is_bound_to_groups_listed_and_unbound() {
    let world = World::new().await;
    let (gold, silver) =
        (policy(&world, Dialect::Alibaba, "gold").await, policy(&world, Dialect::Alibaba, "silver").await);
    let pets = world.group(Dialect::Alibaba, "pets").await.value.id;
    let cars = world.group(Dialect::Alibaba, "cars").await.value.id;
    let made = world.owner.bind_policy_to_groups(gold, &[at(pets), at(cars)]).await.unwrap();
    let of = |policy| GroupBindingFilter { policy: Some(policy), ..Default::default() };
    assert_eq!(bindings(&world, of(gold)).await.len(), 2);
    let there = GroupBindingFilter {
        group: Some(cars),
        stage: Some(here()),
        kind: Some(PolicyKind::Throttle),
        ..Default::default()
    };
    assert_eq!(bindings(&world, there).await, [made[1].value.clone()]);
    assert_eq!(world.viewer.read_group_binding(made[0].value.id).await.unwrap(), made[0]);
    refused!(world.owner.delete_policy(gold, None).await, Error::InUse { count: 2, .. });

    world.owner.bind_policy_to_groups(silver, &[at(cars)]).await.unwrap();
    assert_eq!(bindings(&world, there).await[0].policy, silver, "the latest is bound");
    world.clock.advance(1_000);
    let again = world.owner.bind_policy_to_groups(gold, &[at(pets)]).await.unwrap();
    assert_eq!((again[0].value.id, again[0].created_at), (made[0].value.id, made[0].created_at), "it stays");
    world.owner.unbind_policy_from_group(made[0].value.id).await.unwrap();
    refused!(
        world.owner.unbind_policy_from_group(made[0].value.id).await,
        Error::NotFound { kind: Kind::GroupBinding, .. }
    );
    world.owner.delete_policy(gold, None).await.unwrap();
    world.owner.delete_group(cars, None).await.unwrap();
    assert_eq!(bindings(&world, of(silver)).await, [], "a group takes its bindings along");
}

#[tokio::test]
async fn one_bad_target_refuses_all_and_every_one_is_named() {
    let world = World::new().await;
    let gold = policy(&world, Dialect::Alibaba, "gold").await;
    let pets = world.group(Dialect::Alibaba, "pets").await.value.id;
    let foreign = world.group(Dialect::Huawei, "pets").await.value.id;
    let nowhere = GroupTarget { group: pets, stage: StageId::random() };
    let elsewhere = GroupTarget { group: pets, stage: stage(Dialect::Huawei, "RELEASE") };
    let targets = [at(pets), at(foreign), at(GroupId::random()), nowhere, elsewhere, at(pets)];
    let expected =
        ["/1/group Conflict", "/2/group Unknown", "/3/stage Unknown", "/4/stage Conflict", "/5 Duplicate"];
    assert_eq!(complaints(world.owner.bind_policy_to_groups(gold, &targets).await), expected);
    assert_eq!(complaints(world.owner.bind_policy_to_groups(gold, &[]).await), [" Range"]);
    assert_eq!(bindings(&world, GroupBindingFilter::default()).await, []);
    let other = policy(&world, Dialect::Huawei, "gold").await;
    let there = GroupTarget { group: foreign, stage: stage(Dialect::Huawei, "RELEASE") };
    let told = complaints(world.owner.bind_policy_to_groups(other, &[there]).await);
    assert_eq!(told, ["/0/group Unsupported"], "this dialect binds policies to APIs");
}

#[tokio::test]
async fn who_may_look_only_binds_nothing_and_what_is_done_is_audited() {
    let world = World::new().await;
    let gold = policy(&world, Dialect::Alibaba, "gold").await;
    let pets = world.group(Dialect::Alibaba, "pets").await.value.id;
    refused!(world.viewer.bind_policy_to_groups(gold, &[at(pets)]).await, Error::Denied(_));
    let made = world.owner.bind_policy_to_groups(gold, &[at(pets)]).await.unwrap();
    refused!(world.viewer.unbind_policy_from_group(made[0].value.id).await, Error::Denied(_));
    world.owner.unbind_policy_from_group(made[0].value.id).await.unwrap();
    let trail = world.trail().await;
    for action in ["policy:bind", "policy:unbind"] {
        let line = trail.iter().rev().find(|entry| entry.line.action == action && entry.revision.is_some());
        let detail = line.unwrap().line.detail.to_string();
        assert!(detail.contains(&pets.to_string()), "{action}: {detail}");
    }
}

/// Whoever binds last wins, and there is always exactly one.
#[tokio::test]
async fn of_policies_bound_at_once_one_stays() {
    let world = World::new().await;
    let pets = world.group(Dialect::Alibaba, "pets").await.value.id;
    let mut binding = tokio::task::JoinSet::new();
    for number in 0..6 {
        let policy = policy(&world, Dialect::Alibaba, &format!("policy{number}")).await;
        let owner = world.owner.clone();
        binding.spawn(async move { owner.bind_policy_to_groups(policy, &[at(pets)]).await });
    }
    while let Some(bound) = binding.join_next().await {
        bound.unwrap().unwrap();
    }
    assert_eq!(bindings(&world, GroupBindingFilter::default()).await.len(), 1);
}

/// Two people change different parts of a policy at once: neither change is lost.
#[tokio::test]
async fn edits_at_once_are_all_kept() {
    let world = World::new().await;
    let gold = policy(&world, Dialect::Alibaba, "gold").await;
    let mut edits = tokio::task::JoinSet::new();
    for number in 0..6 {
        let owner = world.owner.clone();
        edits.spawn(async move {
            let edit = |policy: &paifang_model::Policy| {
                let mut settings = policy.settings.clone();
                let mut all = settings["specials"][0]["policies"].as_array().cloned().unwrap_or_default();
                all.push(json!({ "key": number, "value": 1 }));
                settings["specials"] = json!([{ "type": "APP", "policies": all }]);
                Ok(paifang_control::PolicyPatch { settings: Some(settings), ..Default::default() })
            };
            owner.edit_policy(gold, edit).await
        });
    }
    while let Some(edited) = edits.join_next().await {
        edited.unwrap().unwrap();
    }
    let settings = world.viewer.read_policy(gold).await.unwrap().value.settings;
    assert_eq!(settings["specials"][0]["policies"].as_array().unwrap().len(), 6);
}
