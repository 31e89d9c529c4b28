//! Manifests: what is made for one is remembered with it, what was there before is not.

use std::collections::BTreeSet;

use paifang_control::{BindTarget, Context, Deploy, Error, GrantsDraft, GroupDraft, Paging, PolicyDraft};
use paifang_model::id::{ApiId, AppId};
use paifang_model::{Binding, Deployment, Dialect, Grant, Id, Kind, PolicyKind};
use serde_json::json;

use crate::world::{World, complaints, get, refused, release, stage, values};

/// What a manifest made; the clock stands still, so they are in no order.
async fn entries(world: &World, name: &str) -> BTreeSet<(Kind, Id)> {
    let page = world.viewer.list_manifest_entries(name, &Paging::default()).await.unwrap();
    values(page).into_iter().map(|entry| (entry.kind, entry.object)).collect()
}

async fn shop(world: &World) -> Context {
    world.owner.ensure_manifest("shop").await.unwrap();
    world.owner.clone().for_manifest("shop")
}

async fn deploy(context: &Context, api: ApiId) {
    let deploy = Deploy { stage: release(), remark: String::new() };
    context.deploy_api(api, &deploy, None).await.unwrap();
}

async fn grant(context: &Context, app: AppId, api: ApiId, until: Option<i64>) {
    let (apps, apis, remark) = (vec![app], vec![api], String::new());
    context.create_grants(&GrantsDraft { apps, apis, stage: release(), until, remark }).await.unwrap();
}

#[tokio::test]
async fn what_is_made_for_a_manifest_is_remembered_and_goes_with_the_object() {
    let world = World::new().await;
    let shop = shop(&world).await;
    let group = shop.create_group(GroupDraft::new(Dialect::Alibaba, "shop")).await.unwrap().value.id;
    let api = shop.create_api(group, get("/pets")).await.unwrap().value.id;
    deploy(&shop, api).await;
    let deployment = Deployment::id_of(api, release());
    let made = [(Kind::Group, group.0), (Kind::Api, api.0), (Kind::Deployment, deployment.0)];
    assert_eq!(entries(&world, "shop").await, BTreeSet::from(made));
    world.owner.take_api_offline(api, release()).await.unwrap();
    world.owner.delete_api(api, None).await.unwrap();
    assert_eq!(entries(&world, "shop").await, BTreeSet::from([(Kind::Group, group.0)]), "whoever deletes it");
}

#[tokio::test]
async fn what_was_there_before_is_not_taken_over() {
    let world = World::new().await;
    let (_, api) = world.pets().await;
    let app = world.app("shop").await.value.id;
    deploy(&world.owner, api.value.id).await;
    grant(&world.owner, app, api.value.id, None).await;
    let shop = shop(&world).await;
    shop.edit_api(api.value.id, get("/animals"), None).await.unwrap();
    deploy(&shop, api.value.id).await;
    grant(&shop, app, api.value.id, Some(i64::MAX)).await;
    assert!(entries(&world, "shop").await.is_empty());
}

#[tokio::test]
async fn what_is_bound_is_remembered_until_it_gives_way() {
    let world = World::new().await;
    let group = world.group(Dialect::Huawei, "pets").await.value.id;
    let api = world.owner.create_api(group, get("/pets")).await.unwrap().value.id;
    let stage = stage(Dialect::Huawei, "RELEASE");
    let deploy = Deploy { stage, remark: String::new() };
    world.owner.deploy_api(api, &deploy, None).await.unwrap();
    let settings = json!({ "time_interval": 1, "time_unit": "DAY", "api_call_limits": 10 });
    let mut policies = Vec::new();
    for name in ["gold", "silver"] {
        let (dialect, kind, name) = (Dialect::Huawei, PolicyKind::Throttle, name.to_owned());
        let draft = PolicyDraft {
            dialect,
            kind,
            name,
            settings: settings.clone(),
            remark: String::new(),
            secret: None,
        };
        policies.push(world.owner.create_policy(draft).await.unwrap().value.id);
    }
    let [gold, silver] = policies[..] else { panic!("{policies:?}") };
    let bind = async |context: &Context, policy| {
        context.bind_policy(policy, &[BindTarget { api, stage }]).await.unwrap();
        entries(&world, "shop").await
    };
    let shop = shop(&world).await;
    assert!(bind(&world.owner, gold).await.is_empty());
    assert!(bind(&shop, gold).await.is_empty(), "it was bound before");
    let ours = BTreeSet::from([(Kind::Binding, Binding::id_of(silver, api, stage).0)]);
    assert_eq!(bind(&shop, silver).await, ours);
    assert_eq!(bind(&shop, silver).await, ours, "again");
    assert!(bind(&world.owner, gold).await.is_empty(), "what gives way is forgotten");
}

#[tokio::test]
async fn what_sleeps_and_is_woken_was_made_by_who_woke_it() {
    let world = World::new().await;
    let (_, api) = world.pets().await;
    let (api, app) = (api.value.id, world.app("shop").await.value.id);
    deploy(&world.owner, api).await;
    world.owner.take_api_offline(api, release()).await.unwrap();
    let shop = shop(&world).await;
    deploy(&shop, api).await;
    grant(&shop, app, api, None).await;
    let (deployment, grant) = (Deployment::id_of(api, release()), Grant::id_of(app, api, release()));
    let made = [(Kind::Deployment, deployment.0), (Kind::Grant, grant.0)];
    assert_eq!(entries(&world, "shop").await, BTreeSet::from(made));
}

#[tokio::test]
async fn nothing_is_made_for_a_manifest_that_is_not_there() {
    let world = World::new().await;
    let nowhere = world.owner.clone().for_manifest("nowhere");
    let refused = nowhere.create_group(GroupDraft::new(Dialect::Alibaba, "shop")).await;
    assert!(matches!(refused, Err(Error::NotFound { kind: Kind::Manifest, id }) if id == "nowhere"));
    assert_eq!(values(world.viewer.list_groups(&Default::default(), &Paging::default()).await.unwrap()), []);
    assert_eq!(complaints(world.owner.ensure_manifest("a b").await), ["/name Format"]);
    refused!(world.viewer.ensure_manifest("shop").await, Error::Denied(_));
}

#[tokio::test]
async fn a_manifest_is_made_once_and_forgetting_it_leaves_what_it_made() {
    let world = World::new().await;
    let shop = shop(&world).await;
    let group = shop.create_group(GroupDraft::new(Dialect::Alibaba, "shop")).await.unwrap().value.id;
    let again = world.owner.ensure_manifest("shop").await.unwrap();
    assert_eq!(world.viewer.read_manifest("shop").await.unwrap(), again);
    assert_eq!(values(world.viewer.list_manifests(None, &Paging::default()).await.unwrap()), [again.value]);
    assert_eq!(entries(&world, "shop").await.len(), 1);
    world.owner.delete_manifest("shop").await.unwrap();
    refused!(world.viewer.read_manifest("shop").await, Error::NotFound { kind: Kind::Manifest, .. });
    world.owner.read_group(group).await.unwrap();
    world.owner.ensure_manifest("shop").await.unwrap();
    assert!(entries(&world, "shop").await.is_empty());
}
