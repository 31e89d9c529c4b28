//! Backend services: a definition per stage, followed by what is published there.

use std::sync::Arc;

use paifang_control::{
    BackendServiceDraft, BackendServiceFilter, BackendServicePatch, Checker, Context, Defined, Deploy,
    DeploymentFilter, Error, ItemState, Paging, ServiceDefinitionDraft, Task, TaskKind, TaskRunner,
    TaskState, VariableDraft,
};
use paifang_model::backend_service::{HttpTarget, ServiceKind, ServiceTarget};
use paifang_model::definition::{Backend, Destination, HttpBackend, ServiceBackend};
use paifang_model::id::{ApiId, BackendServiceId, GroupId, StageId};
use paifang_model::limits::Profile;
use paifang_model::{Definition, Deployment, Dialect, Id, Kind, Rule, Violations};

use crate::world::{World, complaints, get, refused, release, stage, values};

fn test() -> StageId {
    stage(Dialect::Alibaba, "TEST")
}

fn at(url: &str) -> ServiceDefinitionDraft {
    let to = Destination::Address { url: url.to_owned() };
    let target = ServiceTarget::Http(HttpTarget { to, host: None, verify_certificate: true });
    ServiceDefinitionDraft { target, description: String::new() }
}

async fn service(world: &World, name: &str) -> BackendServiceId {
    let (name, description) = (name.to_owned(), String::new());
    let draft = BackendServiceDraft { name, kind: ServiceKind::Http, description };
    world.owner.create_backend_service(draft).await.unwrap().value.id
}

async fn define(world: &World, service: BackendServiceId, stage: StageId, url: &str) -> Defined {
    world.owner.define_backend_service(service, stage, at(url), None).await.unwrap()
}

fn using(service: BackendServiceId, path: &str, at: &str) -> Definition {
    let backend = ServiceBackend { path: at.to_owned(), ..ServiceBackend::of(service) };
    Definition { backend: Backend::Service(backend), ..get(path) }
}

async fn api(world: &World, group: GroupId, definition: Definition) -> ApiId {
    world.owner.create_api(group, definition).await.unwrap().value.id
}

async fn publish(world: &World, api: ApiId, stage: StageId) -> Result<Deployment, Error> {
    let deploy = Deploy { stage, remark: String::new() };
    world.owner.deploy_api(api, &deploy, None).await.map(|deployed| deployed.deployment)
}

/// The address that serves an API in a stage; none: it is offline.
async fn address(world: &World, api: ApiId, stage: StageId) -> Option<String> {
    let deployment = world.viewer.read_deployment(api, stage).await.unwrap().value;
    let followed = deployment.service.filter(|_| deployment.online)?;
    match followed.target {
        ServiceTarget::Http(HttpTarget { to: Destination::Address { url }, .. }) => Some(url),
        other => panic!("{other:?}"),
    }
}

async fn done(world: &World, task: &Option<Task>) -> Task {
    TaskRunner::new(world.control.clone(), Id::random()).work_off().await.unwrap();
    world.viewer.read_task(task.as_ref().unwrap().id).await.unwrap()
}

/// How each item went, and why.
async fn told(world: &World, task: &Task) -> Vec<String> {
    let items = world.viewer.task_items(task.id, None, None, 500).await.unwrap().items;
    let line = |state: ItemState, reason: Option<Error>| match reason {
        Some(Error::Invalid(violations)) => {
            let all: Vec<String> =
                violations.iter().map(|one| format!("{} {}", one.pointer, one.message)).collect();
            format!("{}: {}", state.name(), all.join("; "))
        }
        Some(reason) => format!("{}: {reason}", state.name()),
        None => state.name().to_owned(),
    };
    let mut lines: Vec<String> = items.into_iter().map(|item| line(item.state, item.reason)).collect();
    lines.sort_unstable();
    lines
}

#[tokio::test]
async fn a_service_is_made_found_changed_and_deleted_when_free() {
    let world = World::new().await;
    let group = world.group(Dialect::Alibaba, "pets").await.value.id;
    let id = service(&world, "cattle").await;
    let revision = world.viewer.read_backend_service(id).await.unwrap().revision;
    let draft =
        BackendServiceDraft { name: "cattle".into(), kind: ServiceKind::Mock, description: String::new() };
    assert_eq!(complaints(world.owner.create_backend_service(draft.clone()).await), ["/name Duplicate"]);
    refused!(world.viewer.create_backend_service(draft).await, Error::Denied(_));
    let patch = BackendServicePatch { name: Some("herd".into()), description: Some("x".repeat(181)) };
    assert_eq!(complaints(world.owner.update_backend_service(id, patch, None).await), ["/description Range"]);
    let patch = BackendServicePatch { name: Some("herd".into()), description: None };
    let renamed = world.owner.update_backend_service(id, patch, Some(revision)).await.unwrap();
    assert_eq!((renamed.value.name.as_str(), renamed.value.kind), ("herd", ServiceKind::Http));

    let filter = |kind, name: &str| BackendServiceFilter { name_contains: Some(name.to_owned()), kind };
    let found = async |kind, name| {
        let page = world.viewer.list_backend_services(&filter(kind, name), &Paging::default()).await.unwrap();
        values(page).len()
    };
    assert_eq!(
        (found(Some(ServiceKind::Http), "HER").await, found(Some(ServiceKind::Mock), "").await),
        (1, 0)
    );

    let draft = api(&world, group, using(id, "/pets", "/")).await;
    refused!(world.owner.delete_backend_service(id, None).await, Error::InUse { ref by, .. } if by[0].kind == Kind::Api);
    world.owner.edit_api(draft, get("/pets"), None).await.unwrap();
    world.owner.delete_backend_service(id, None).await.unwrap();
    let gone = world.owner.edit_api(draft, using(id, "/pets", "/"), None).await;
    assert_eq!(complaints(gone), ["/backend/service Unknown"]);
}

#[tokio::test]
async fn a_definition_is_of_the_services_kind_and_its_stages_have_such() {
    let world = World::new().await;
    let id = service(&world, "cattle").await;
    let wrong = ServiceTarget::Http(HttpTarget {
        to: Destination::Channel { channel: Id::random().into(), scheme: Default::default() },
        host: None,
        verify_certificate: true,
    });
    let wrong = ServiceDefinitionDraft { target: wrong, description: String::new() };
    let told = complaints(world.owner.define_backend_service(id, release(), wrong, None).await);
    assert_eq!(told, ["/target/kind Conflict"]);
    let elsewhere = stage(Dialect::Huawei, "RELEASE");
    let told = complaints(world.owner.define_backend_service(id, elsewhere, at("http://a"), None).await);
    assert_eq!(told, [" Conflict"]);
    refused!(
        world.owner.define_backend_service(id, Id::random().into(), at("http://a"), None).await,
        Error::NotFound { kind: Kind::Stage, .. }
    );
    refused!(
        world.viewer.define_backend_service(id, release(), at("http://a"), None).await,
        Error::Denied(_)
    );
    let first = define(&world, id, release(), "http://a").await;
    assert!(first.task.is_none(), "nothing is published");
    let stale =
        world.owner.define_backend_service(id, test(), at("http://b"), Some(first.service.revision - 1));
    refused!(stale.await, Error::RevisionMismatch { .. });
    let second = define(&world, id, test(), "http://b").await.service.value;
    assert_eq!(second.definitions.len(), 2);
    refused!(
        world.owner.undefine_backend_service(id, stage(Dialect::Alibaba, "PRE"), None).await,
        Error::NotFound { kind: Kind::BackendService, .. }
    );
}

#[tokio::test]
async fn an_api_is_published_where_its_service_is_defined_and_follows_it() {
    let world = World::new().await;
    let group = world.group(Dialect::Alibaba, "pets").await.value.id;
    let id = service(&world, "cattle").await;
    let api = api(&world, group, using(id, "/pets", "/")).await;
    define(&world, id, test(), "http://test").await;
    assert_eq!(complaints(publish(&world, api, release()).await), ["/backend/service Required"]);
    publish(&world, api, test()).await.unwrap();
    assert_eq!(address(&world, api, test()).await.as_deref(), Some("http://test"));
    define(&world, id, release(), "http://release").await;
    publish(&world, api, release()).await.unwrap();

    let moved = define(&world, id, test(), "http://moved").await;
    let task = moved.task.as_ref().unwrap();
    assert_eq!((task.kind.as_str(), task.counts.waiting), (TaskKind::FollowBackendServices.name(), 1));
    assert_eq!(address(&world, api, test()).await.as_deref(), Some("http://test"), "until the task is done");
    let task = done(&world, &moved.task).await;
    assert_eq!((task.state, told(&world, &task).await), (TaskState::Done, vec!["done".to_owned()]));
    assert_eq!(address(&world, api, test()).await.as_deref(), Some("http://moved"));
    assert_eq!(address(&world, api, release()).await.as_deref(), Some("http://release"), "other stages stay");
    assert!(define(&world, id, test(), "http://moved").await.task.is_none(), "everything follows");

    let used = DeploymentFilter { service: Some(id), stage: Some(test()), ..DeploymentFilter::default() };
    let used = world.viewer.list_deployments(used, &Paging::default()).await.unwrap();
    assert_eq!(values(used).into_iter().map(|there| there.api).collect::<Vec<_>>(), [api]);

    // A version goes where the service is by now, not where it was.
    let version = world.viewer.read_deployment(api, test()).await.unwrap().value.version;
    define(&world, id, release(), "http://new").await;
    world.owner.switch_api(api, release(), version).await.unwrap();
    assert_eq!(address(&world, api, release()).await.as_deref(), Some("http://new"));
}

#[tokio::test]
async fn each_api_follows_or_stays_with_a_reason_of_its_own() {
    let world = World::new().await;
    let group = world.group(Dialect::Alibaba, "pets").await.value.id;
    let id = service(&world, "cattle").await;
    define(&world, id, release(), "http://old").await;
    let plain = api(&world, group, using(id, "/pets", "/")).await;
    let other = api(&world, group, using(id, "/cats", "/")).await;
    let gone = api(&world, group, using(id, "/dogs", "/")).await;
    for api in [plain, other, gone] {
        publish(&world, api, release()).await.unwrap();
    }
    let moved = define(&world, id, release(), "http://new").await;
    assert_eq!(moved.task.as_ref().unwrap().counts.waiting, 3);
    // Meanwhile one uses something else, and one is offline.
    world.owner.edit_api(other, get("/cats"), None).await.unwrap();
    publish(&world, other, release()).await.unwrap();
    world.owner.take_api_offline(gone, release()).await.unwrap();
    let task = done(&world, &moved.task).await;
    assert_eq!(
        told(&world, &task).await,
        [
            "done",
            "skipped: the API is not online in this stage",
            "skipped: the API uses no backend service in this stage",
        ]
    );
    let lines: Vec<_> = world
        .trail()
        .await
        .into_iter()
        .filter(|entry| entry.line.action == "api:follow_backend_service")
        .collect();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].line.detail["service"], id.to_string());
    // Publishing again picks up where the service is.
    publish(&world, gone, release()).await.unwrap();
    assert_eq!(address(&world, gone, release()).await.as_deref(), Some("http://new"));
}

/// A data plane that does not take one address.
struct NotThere;

impl Checker for NotThere {
    fn check(&self, definition: &Definition, _dialect: Dialect) -> Result<(), Violations> {
        match &definition.backend {
            Backend::Http(HttpBackend { to: Destination::Address { url }, .. }) if url == "http://unfit" => {
                Err(Violations::one("/backend", Rule::Conflict, "it does not fit"))
            }
            _ => Ok(()),
        }
    }
}

#[tokio::test]
async fn what_would_not_run_with_the_definition_serves_on_as_it_was() {
    let world = World::of(Profile::Own, Arc::new(NotThere)).await;
    let group = world.group(Dialect::Alibaba, "pets").await.value.id;
    let id = service(&world, "cattle").await;
    define(&world, id, release(), "http://old").await;
    let api = api(&world, group, using(id, "/pets", "/#root#/pets")).await;
    assert_eq!(complaints(publish(&world, api, release()).await), ["/backend/path Required"]);
    let variable = VariableDraft { name: "root".into(), value: "v1".into() };
    world.owner.create_variable(group, release(), variable).await.unwrap();
    let deployment = publish(&world, api, release()).await.unwrap();
    assert_eq!(deployment.variables.len(), 1, "the variables of its path are needed");
    let moved = define(&world, id, release(), "http://unfit").await;
    let task = done(&world, &moved.task).await;
    assert_eq!(told(&world, &task).await, ["failed: /backend it does not fit"]);
    assert_eq!(address(&world, api, release()).await.as_deref(), Some("http://old"));
    assert_eq!(complaints(publish(&world, api, release()).await), ["/backend Conflict"]);
}

#[tokio::test]
async fn without_a_definition_what_uses_the_service_goes_offline() {
    let world = World::new().await;
    let group = world.group(Dialect::Alibaba, "pets").await.value.id;
    let id = service(&world, "cattle").await;
    define(&world, id, release(), "http://a").await;
    define(&world, id, test(), "http://b").await;
    let (pets, cats) = (
        api(&world, group, using(id, "/pets", "/")).await,
        api(&world, group, using(id, "/cats", "/")).await,
    );
    for api in [pets, cats] {
        publish(&world, api, release()).await.unwrap();
    }
    publish(&world, pets, test()).await.unwrap();
    let undefined = world.owner.undefine_backend_service(id, release(), None).await.unwrap();
    assert_eq!(complaints(publish(&world, cats, release()).await), ["/backend/service Required"]);
    // One is published with a backend of its own before its turn comes.
    world.owner.edit_api(cats, get("/cats"), None).await.unwrap();
    publish(&world, cats, release()).await.unwrap();
    let task = done(&world, &undefined.task).await;
    assert_eq!(task.kind, TaskKind::TakeApisOffline.name());
    assert_eq!(told(&world, &task).await, ["done", "skipped: the API uses no backend service in this stage"]);
    let online = async |api| world.viewer.read_deployment(api, release()).await.unwrap().value.online;
    assert_eq!((online(pets).await, online(cats).await), (false, true));
    assert!(address(&world, pets, test()).await.is_some(), "the other stage serves on");
    refused!(world.owner.delete_backend_service(id, None).await, Error::InUse { .. });
}

#[tokio::test]
async fn a_change_that_lost_its_task_gets_it_when_it_is_made_again() {
    let world = World::new().await;
    let group = world.group(Dialect::Alibaba, "pets").await.value.id;
    let id = service(&world, "cattle").await;
    define(&world, id, release(), "http://old").await;
    let pets = api(&world, group, using(id, "/pets", "/")).await;
    publish(&world, pets, release()).await.unwrap();
    let first = define(&world, id, release(), "http://new").await;
    cancel(&world.owner, &first.task).await;
    let again = define(&world, id, release(), "http://new").await;
    assert_eq!(told(&world, &done(&world, &again.task).await).await, ["done"]);
    let first = world.owner.undefine_backend_service(id, release(), None).await.unwrap();
    cancel(&world.owner, &first.task).await;
    let again = world.owner.undefine_backend_service(id, release(), None).await.unwrap();
    assert_eq!(told(&world, &done(&world, &again.task).await).await, ["done"]);
    refused!(
        world.owner.undefine_backend_service(id, release(), None).await,
        Error::NotFound { kind: Kind::BackendService, .. }
    );
}

async fn cancel(who: &Context, task: &Option<Task>) {
    who.cancel_task(task.as_ref().unwrap().id).await.unwrap();
}
