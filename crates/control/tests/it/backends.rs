//! Backend accesses and channels: where calls go, changed while they go there.

use paifang_control::{BackendAccessFilter, ChannelDraft, ChannelPatch, Deploy, Error, MemberPatch, Paging};
use paifang_model::channel::ChannelKind;
use paifang_model::definition::{
    Backend, BackendPolicy, Condition, Destination, EffectMode, HttpBackend, Scheme,
};
use paifang_model::id::{ChannelId, MemberId};
use paifang_model::{Definition, Dialect, Kind, Member};

use crate::world::{World, access, complaints, get, refused, stage, values};

fn member(host: &str) -> Member {
    Member::at(host)
}

fn channel(name: &str, members: Vec<Member>) -> ChannelDraft {
    ChannelDraft { members, ..ChannelDraft::named(name, 80) }
}

#[tokio::test]
async fn an_access_is_made_used_changed_and_deleted_when_free() {
    let world = World::new().await;
    let (_, api) = world.pets().await;
    let made = world.owner.create_backend_access(access("orders", "10.0.0.1")).await.unwrap();
    let id = made.value.id;
    let told = complaints(world.owner.create_backend_access(access("orders", "10.0.0.1")).await);
    assert_eq!(told, ["/name Duplicate", "/instance Duplicate"]);
    let told = complaints(world.owner.create_backend_access(access("x", "i-1")).await);
    assert_eq!(told, ["/name Range", "/address Required"]);
    let mut backend = HttpBackend::at("http://127.0.0.1:9");
    backend.to = Destination::Access { access: id, scheme: None };
    let definition = Definition { backend: Backend::Http(backend), ..get("/pets") };
    world.owner.edit_api(api.value.id, definition, None).await.unwrap();
    refused!(
        world.owner.delete_backend_access(id, None).await,
        Error::InUse { ref by, .. } if by[0].kind == Kind::Api
    );
    let moved = world
        .owner
        .update_backend_access(id, access("orders", "10.0.0.2"), Some(made.revision))
        .await
        .unwrap();
    assert_eq!(world.viewer.read_backend_access(id).await.unwrap(), moved);
    let named = BackendAccessFilter { name_contains: Some("ORD".to_owned()), ..Default::default() };
    let listed = values(world.viewer.list_backend_accesses(&named, &Paging::default()).await.unwrap());
    assert_eq!(listed, [moved.value]);
    world.owner.edit_api(api.value.id, get("/pets"), None).await.unwrap();
    world.owner.delete_backend_access(id, None).await.unwrap();
}

fn policy(name: &str, to: Destination) -> BackendPolicy {
    BackendPolicy {
        name: name.to_owned(),
        effect_mode: EffectMode::All,
        conditions: vec![Condition::Source { addresses: vec!["10.0.0.0/8".to_owned()] }],
        backend: Backend::Http(HttpBackend { to, ..HttpBackend::at("") }),
        backend_parameters: Vec::new(),
    }
}

#[tokio::test]
async fn what_backend_policies_need_stays_as_long_as_a_draft_or_a_publication_names_it() {
    let world = World::new().await;
    let group = world.group(Dialect::Huawei, "pets").await.value.id;
    let access = world.owner.create_backend_access(access("orders", "10.0.0.1")).await.unwrap().value.id;
    let pool = world.owner.create_channel(channel("pool", vec![member("10.0.0.2")])).await.unwrap().value.id;
    let through = |channel| Destination::Channel { channel, scheme: Scheme::Http };
    let backend = Backend::Http(HttpBackend::at("http://127.0.0.1:9"));
    let plain = Definition { backend, ..get("/pets") };
    let gone = ChannelId::random();
    let policies =
        vec![policy("one", through(pool)), policy("two", through(gone)), policy("three", through(pool))];
    let wrong = Definition { backend_policies: policies, ..plain.clone() };
    assert_eq!(
        complaints(world.owner.create_api(group, wrong.clone()).await),
        ["/backend_policies/1/backend/to/channel Unknown"]
    );
    let mut right = wrong;
    right.backend_policies[1].backend = policy("two", Destination::Access { access, scheme: None }).backend;
    let api = world.owner.create_api(group, right).await.unwrap().value.id;
    let held = async || {
        let of_access = world.owner.delete_backend_access(access, None).await;
        let of_channel = world.owner.delete_channel(pool, None).await;
        [of_access, of_channel].map(|outcome| match outcome {
            Err(Error::InUse { by, .. }) => Some(by[0].kind),
            _ => None,
        })
    };
    assert_eq!(held().await, [Some(Kind::Api); 2]);
    let stage = stage(Dialect::Huawei, "RELEASE");
    let deploy = Deploy { stage, remark: String::new() };
    world.owner.deploy_api(api, &deploy, None).await.unwrap();
    world.owner.edit_api(api, plain, None).await.unwrap();
    assert_eq!(held().await, [Some(Kind::Deployment); 2]);
    world.owner.take_api_offline(api, stage).await.unwrap();
    assert_eq!(held().await, [None; 2]);
}

#[tokio::test]
async fn a_channels_members_come_change_and_go() {
    let world = World::new().await;
    let (one, two) = (member("10.0.0.1"), member("10.0.0.2"));
    let made = world.owner.create_channel(channel("pool", vec![one.clone()])).await.unwrap();
    let id = made.value.id;
    world.owner.add_members(id, vec![two.clone()], Some(made.revision)).await.unwrap();
    let patches = vec![
        MemberPatch { weight: Some(5), ..MemberPatch::of(one.id) },
        MemberPatch { enabled: Some(false), weight: Some(7), ..MemberPatch::of(two.id) },
    ];
    let changed = world.owner.update_members(id, patches, None).await.unwrap().value;
    let shape: Vec<_> = changed.members.iter().map(|member| (member.weight, member.enabled)).collect();
    assert_eq!(shape, [(5, true), (7, false)]);
    let left = world.owner.remove_members(id, &[one.id], None).await.unwrap().value;
    assert_eq!(left.members.len(), 1);
    let replaced = world.owner.replace_members(id, vec![one.clone(), two.clone()], None).await.unwrap();
    assert_eq!(replaced.value.members, [one, two]);
    refused!(
        world.owner.add_members(id, Vec::new(), Some(made.revision)).await,
        Error::RevisionMismatch { .. }
    );
    assert_eq!(world.viewer.read_channel(id).await.unwrap(), replaced);
}

/// Spec: huawei/vpc-channels.md, load balancers' channels.
#[tokio::test]
async fn a_load_balancer_has_one_channel_that_leads_nowhere_else() {
    let world = World::new().await;
    let balancer = |name: &str, host: &str| ChannelDraft {
        kind: ChannelKind::LoadBalancer,
        ..channel(name, vec![member(host)])
    };
    let made = world.owner.create_channel(balancer("front", "10.0.0.1")).await.unwrap().value;
    let told = complaints(world.owner.create_channel(balancer("again", "10.0.0.1")).await);
    assert_eq!(told, ["/members/0/host Duplicate"]);
    world.owner.create_channel(balancer("other", "10.0.0.2")).await.unwrap();
    let patch = |text: &str| serde_json::from_str::<ChannelPatch>(text).unwrap();
    let update = async |text| world.owner.update_channel(made.id, patch(text), None).await;
    assert_eq!(complaints(update(r#"{"port":81}"#).await), ["/port Conflict"]);
    assert_eq!(
        complaints(world.owner.replace_members(made.id, vec![member("10.0.0.3")], None).await),
        ["/members Conflict"]
    );
    update(r#"{"name":"renamed"}"#).await.unwrap();
}

#[tokio::test]
async fn complaints_about_members_name_them() {
    let world = World::new().await;
    let there = member("10.0.0.1");
    let id = world.owner.create_channel(channel("pool", vec![there.clone()])).await.unwrap().value.id;
    let heavy = Member { weight: 10_001, ..member("10.0.0.1") };
    let told = complaints(world.owner.add_members(id, vec![heavy, there], None).await);
    assert_eq!(
        told,
        [
            "/members/1/weight Range",
            "/members/1/host Duplicate",
            "/members/2/id Duplicate",
            "/members/2/host Duplicate"
        ]
    );
    let told = complaints(world.owner.remove_members(id, &[MemberId::random()], None).await);
    assert_eq!(told, ["/0 Unknown"]);
    let patch = vec![MemberPatch::of(MemberId::random())];
    assert_eq!(complaints(world.owner.update_members(id, patch, None).await), ["/0/id Unknown"]);
}

#[tokio::test]
async fn a_channel_is_renamed_listed_and_deleted() {
    let world = World::new().await;
    let made = world.owner.create_channel(channel("pool", Vec::new())).await.unwrap();
    let patch: ChannelPatch = serde_json::from_str(r#"{"name":"basin","host":"internal"}"#).unwrap();
    let changed = world.owner.update_channel(made.value.id, patch, Some(made.revision)).await.unwrap().value;
    assert_eq!((changed.name.as_str(), changed.host.as_deref()), ("basin", Some("internal")));
    assert_eq!(
        complaints(world.owner.create_channel(channel("basin", Vec::new())).await),
        ["/name Duplicate"]
    );
    assert_eq!(values(world.viewer.list_channels(Some("pool"), &Paging::default()).await.unwrap()), []);
    world.owner.delete_channel(made.value.id, None).await.unwrap();
    refused!(world.viewer.read_channel(made.value.id).await, Error::NotFound { kind: Kind::Channel, .. });
}
