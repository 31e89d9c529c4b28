//! Backend accesses with the APIs that go through them: changed, taken away, looked at.

use std::sync::Arc;

use async_trait::async_trait;
use paifang_control::{
    BackendAccessDraft, BackendInstanceDraft, BackendServiceDraft, Deploy, Error, Knocker,
    ServiceDefinitionDraft, Task, TaskKind, TaskRunner,
};
use paifang_model::backend_service::{HttpTarget, ServiceKind, ServiceTarget};
use paifang_model::definition::{
    Backend, BackendPolicy, Condition, Destination, EffectMode, HttpBackend, Scheme,
};
use paifang_model::id::{ApiId, BackendAccessId, GroupId};
use paifang_model::{Definition, Dialect, Id, Kind};

use crate::world::{World, access, complaints, get, refused, release};

fn herd(instance: &str) -> BackendAccessDraft {
    access("herd", instance)
}

fn through(access: BackendAccessId) -> Backend {
    let to = Destination::Access { access, scheme: Some(Scheme::Https) };
    Backend::Http(HttpBackend { to, ..HttpBackend::at("") })
}

async fn made(world: &World, group: GroupId, path: &str, access: BackendAccessId) -> ApiId {
    let definition = Definition { backend: through(access), ..get(path) };
    world.owner.create_api(group, definition).await.unwrap().value.id
}

async fn published(world: &World, group: GroupId, path: &str, access: BackendAccessId) -> ApiId {
    let api = made(world, group, path, access).await;
    deploy(world, api).await.unwrap();
    api
}

async fn deploy(world: &World, api: ApiId) -> Result<(), Error> {
    let deploy = Deploy { stage: release(), remark: String::new() };
    world.owner.deploy_api(api, &deploy, None).await.map(drop)
}

/// How each item of a task went.
async fn told(world: &World, task: &Task) -> Vec<String> {
    TaskRunner::new(world.control.clone(), Id::random()).work_off().await.unwrap();
    let items = world.viewer.task_items(task.id, None, None, 500).await.unwrap().items;
    let mut told: Vec<String> = items
        .into_iter()
        .map(|item| match item.reason {
            Some(reason) => format!("{}: {reason}", item.state.name()),
            None => item.state.name().to_owned(),
        })
        .collect();
    told.sort_unstable();
    told
}

#[tokio::test]
async fn each_api_has_a_result_when_its_access_is_changed() {
    let world = World::new().await;
    let group = world.group(Dialect::Alibaba, "pets").await.value.id;
    let access = world.owner.create_backend_access(herd("10.0.0.1")).await.unwrap().value;
    let nobody = world.owner.relocate_backend_access(access.id, herd("10.0.0.2"), None).await.unwrap();
    assert_eq!((nobody.access.value.instance.as_str(), nobody.task.is_none()), ("10.0.0.2", true));
    published(&world, group, "/pets", access.id).await;
    let other = published(&world, group, "/cats", access.id).await;
    let gone = published(&world, group, "/dogs", access.id).await;
    let moved = world.owner.relocate_backend_access(access.id, herd("10.0.0.3"), None).await.unwrap();
    let task = moved.task.unwrap();
    assert_eq!((task.kind.as_str(), task.counts.waiting), (TaskKind::FollowBackendAccesses.name(), 3));
    world.owner.take_api_offline(gone, release()).await.unwrap();
    world.owner.edit_api(other, get("/cats"), None).await.unwrap();
    deploy(&world, other).await.unwrap();
    assert_eq!(
        told(&world, &task).await,
        [
            "done",
            "skipped: the API does not go through the backend access in this stage",
            "skipped: the API is not online in this stage",
        ]
    );
    let again = world.owner.relocate_backend_access(access.id, herd("10.0.0.4"), None).await.unwrap();
    assert_ne!(again.task.unwrap().id, task.id, "each change has a task of its own");
    refused!(world.viewer.relocate_backend_access(access.id, herd("10.0.0.5"), None).await, Error::Denied(_));
}

#[tokio::test]
async fn an_access_goes_with_all_that_is_served_through_it() {
    let world = World::new().await;
    let group = world.group(Dialect::Alibaba, "pets").await.value.id;
    let access = world.owner.create_backend_access(herd("10.0.0.1")).await.unwrap().value;
    let served = published(&world, group, "/pets", access.id).await;
    let draft = made(&world, group, "/cats", access.id).await;
    let policy = BackendPolicy {
        name: "inside".to_owned(),
        effect_mode: EffectMode::All,
        conditions: vec![Condition::Source { addresses: vec!["10.0.0.0/8".to_owned()] }],
        backend: through(access.id),
        backend_parameters: Vec::new(),
    };
    let backend = Backend::Http(HttpBackend::at("http://127.0.0.1:9"));
    let elsewhere = world.group(Dialect::Huawei, "cows").await.value.id;
    let other = Definition { backend, backend_policies: vec![policy], ..get("/cows") };
    let other = world.owner.create_api(elsewhere, other).await.unwrap().value.id;
    refused!(world.viewer.retire_backend_access(access.id, None).await, Error::Denied(_));
    refused!(world.owner.retire_backend_access(access.id, Some(1)).await, Error::RevisionMismatch { .. });

    let retired = world.owner.retire_backend_access(access.id, None).await.unwrap();
    assert_eq!(retired.served.iter().map(|one| one.api).collect::<Vec<_>>(), [served]);
    refused!(
        world.viewer.read_backend_access(access.id).await,
        Error::NotFound { kind: Kind::BackendAccess, .. }
    );
    let task = retired.task.unwrap();
    assert_eq!((task.kind.as_str(), task.counts.waiting), (TaskKind::TakeApisOffline.name(), 1));
    assert_eq!(told(&world, &task).await, ["done"]);
    assert!(!world.viewer.read_deployment(served, release()).await.unwrap().value.online);

    // What goes through it names it on, and is published again when somebody has the name.
    let named = Destination::NamedAccess { name: "herd".to_owned(), scheme: Some(Scheme::Https) };
    let named = Backend::Http(HttpBackend { to: named, ..HttpBackend::at("") });
    for api in [served, draft] {
        assert_eq!(world.viewer.read_api(api).await.unwrap().value.definition.backend, named);
    }
    let kept = world.viewer.read_api(other).await.unwrap().value.definition;
    assert_eq!(kept.backend_policies[0].backend, named);
    assert_eq!(complaints(deploy(&world, served).await), ["/backend/to/name Unknown"]);
    world.owner.create_backend_access(herd("10.0.0.9")).await.unwrap();
    deploy(&world, served).await.unwrap();
}

#[tokio::test]
async fn an_access_that_a_service_names_stays_with_everything_as_it_was() {
    let world = World::new().await;
    let group = world.group(Dialect::Alibaba, "pets").await.value.id;
    let access = world.owner.create_backend_access(herd("10.0.0.1")).await.unwrap().value;
    let api = published(&world, group, "/pets", access.id).await;
    let draft =
        BackendServiceDraft { name: "cattle".into(), kind: ServiceKind::Access, description: String::new() };
    let service = world.owner.create_backend_service(draft).await.unwrap().value.id;
    let to = Destination::Access { access: access.id, scheme: None };
    let target = ServiceTarget::Http(HttpTarget { to, host: None, verify_certificate: true });
    let definition = ServiceDefinitionDraft { target, description: String::new() };
    world.owner.define_backend_service(service, release(), definition, None).await.unwrap();
    refused!(
        world.owner.retire_backend_access(access.id, None).await,
        Error::InUse { ref by, .. } if by[0].kind == Kind::BackendService
    );
    assert!(world.viewer.read_deployment(api, release()).await.unwrap().value.online);
    assert_eq!(world.viewer.read_api(api).await.unwrap().value.definition.backend, through(access.id));
}

/// Reaches one address only.
struct Reaches(&'static str);

#[async_trait]
impl Knocker for Reaches {
    async fn knock(&self, host: &str, port: u16) -> Result<(), String> {
        if (host, port) == (self.0, 80) { Ok(()) } else { Err(format!("nobody is at {host}:{port}")) }
    }
}

#[tokio::test]
async fn whether_an_access_can_be_reached_is_looked_at() {
    let world = World::new().await;
    let id = world.owner.create_backend_access(herd("10.0.0.1")).await.unwrap().value.id;
    refused!(world.owner.knock_at_backend_access(id).await, Error::Unavailable(_));
    world.control.connect_knocker(Arc::new(Reaches("10.0.0.1")));
    assert_eq!(world.owner.knock_at_backend_access(id).await.unwrap(), Ok(()));
    world.owner.update_backend_access(id, herd("10.0.0.2"), None).await.unwrap();
    let told = world.owner.knock_at_backend_access(id).await.unwrap();
    assert_eq!(told, Err("nobody is at 10.0.0.2:80".to_owned()));
    refused!(world.viewer.knock_at_backend_access(id).await, Error::Denied(_));
    let barn = BackendInstanceDraft {
        network: None,
        instance: "i-1".to_owned(),
        name: None,
        address: "10.0.0.1".to_owned(),
        description: String::new(),
    };
    world.owner.create_backend_instance(barn).await.unwrap();
    world.owner.update_backend_access(id, herd("i-1"), None).await.unwrap();
    assert_eq!(world.owner.knock_at_backend_access(id).await.unwrap(), Ok(()), "where the inventory has it");
    let trail = world.trail().await;
    assert_eq!(trail.iter().filter(|entry| entry.line.action == "backend_access:knock").count(), 4);
}
