//! APIs: drafts that are checked as a whole, edited by revision, found by name and path.

use std::sync::Arc;

use paifang_control::{AcceptAll, ApiFilter, Checker, Error, Paging};
use paifang_model::definition::{Backend, Destination, HttpBackend, Location, Parameter, Scheme};
use paifang_model::id::{ApiId, ChannelId, GroupId};
use paifang_model::limits::Profile;
use paifang_model::{Definition, Dialect, Kind, Rule, Violations};

use crate::world::{World, complaints, get, refused, values};

/// Cannot compile anything that is called so.
struct Picky;

impl Checker for Picky {
    fn check(&self, definition: &Definition, _dialect: Dialect) -> Result<(), Violations> {
        match definition.description.as_str() {
            "odd" => Err(Violations::one("/parameters/0/pattern", Rule::Format, "it does not compile")),
            _ => Ok(()),
        }
    }
}

fn with_backend(definition: Definition, edit: impl FnOnce(&mut HttpBackend)) -> Definition {
    let mut backend = HttpBackend::at("http://127.0.0.1:9");
    edit(&mut backend);
    Definition { backend: Backend::Http(backend), ..definition }
}

#[tokio::test]
async fn all_complaints_about_a_definition_come_at_once() {
    let world = World::of(Profile::Cloud, Arc::new(Picky)).await;
    let group = world.group(Dialect::Alibaba, "pets").await.value.id;
    let definition = with_backend(get("/pets"), |backend| {
        backend.timeout_ms = 30_001;
        backend.to = Destination::Channel { channel: ChannelId::random(), scheme: Scheme::Http };
    });
    let definition = Definition { name: "x".to_owned(), description: "odd".to_owned(), ..definition };
    let told = complaints(world.owner.create_api(group, definition).await);
    assert_eq!(
        told,
        [
            "/name Range",
            "/backend/timeout_ms Range",
            "/parameters/0/pattern Format",
            "/backend/to/channel Unknown"
        ]
    );
}

/// What breaks the model's rules does not compile either; elsewhere all is said.
#[tokio::test]
async fn one_mistake_is_complained_about_once() {
    struct Compiler;
    impl Checker for Compiler {
        fn check(&self, _: &Definition, _: Dialect) -> Result<(), Violations> {
            let mut violations = Violations::new();
            for pointer in ["/parameters/0/pattern", "/parameters/1", "/parameters/10", "/backend", ""] {
                violations.add(pointer, Rule::Unsupported, "it does not compile");
            }
            Err(violations)
        }
    }
    let world = World::of(Profile::Own, Arc::new(Compiler)).await;
    let group = world.group(Dialect::Alibaba, "pets").await.value.id;
    let odd = |name: &str| {
        let mut parameter = Parameter::new(name, Location::Query);
        parameter.pattern = Some("(".to_owned());
        parameter
    };
    let definition = Definition { parameters: vec![odd("a"), odd("b")], ..get("/pets") };
    assert_eq!(
        complaints(world.owner.create_api(group, definition).await),
        [
            "/parameters/0/pattern Format",
            "/parameters/1/pattern Format",
            "/parameters/10 Unsupported",
            "/backend Unsupported",
            " Unsupported"
        ]
    );
}

#[tokio::test]
async fn only_the_cloud_profile_has_the_clouds_timeouts() {
    let slow = || with_backend(get("/pets"), |backend| backend.timeout_ms = 600_000);
    let own = World::new().await;
    let group = own.group(Dialect::Alibaba, "pets").await.value.id;
    own.owner.create_api(group, slow()).await.unwrap();
    let cloud = World::of(Profile::Cloud, Arc::new(AcceptAll)).await;
    let group = cloud.group(Dialect::Huawei, "pets").await.value.id;
    assert_eq!(complaints(cloud.owner.create_api(group, slow()).await), ["/backend/timeout_ms Range"]);
}

#[tokio::test]
async fn a_draft_is_stored_in_the_dialects_own_brackets() {
    let world = World::new().await;
    let group = world.group(Dialect::Huawei, "pets").await.value.id;
    let mut definition = get("/pets/[id]");
    definition.parameters =
        vec![paifang_model::definition::Parameter::new("id", paifang_model::definition::Location::Path)];
    let api = world.owner.create_api(group, definition).await.unwrap();
    assert_eq!(api.value.definition.request.path.as_str(), "/pets/{id}");
    assert_eq!(world.viewer.read_api(api.value.id).await.unwrap(), api);
}

#[tokio::test]
async fn name_and_route_are_unique_in_a_group() {
    let world = World::new().await;
    let (group, _) = world.pets().await;
    let group = group.value.id;
    let told = complaints(world.owner.create_api(group, get("/pets")).await);
    assert_eq!(told, ["/name Duplicate", "/request/path Duplicate"]);
    let other = world.owner.create_api(group, get("/cats")).await.unwrap();
    let told = complaints(world.owner.edit_api(other.value.id, get("/pets"), None).await);
    assert_eq!(told, ["/name Duplicate", "/request/path Duplicate"]);
    refused!(
        world.owner.create_api(GroupId::random(), get("/pets")).await,
        Error::NotFound { kind: Kind::Group, .. }
    );
}

#[tokio::test]
async fn an_edit_of_an_old_draft_is_refused() {
    let world = World::new().await;
    let (_, api) = world.pets().await;
    let id = api.value.id;
    let described = |text: &str| Definition { description: text.to_owned(), ..get("/pets") };
    let edited = world.owner.edit_api(id, described("one"), Some(api.revision)).await.unwrap();
    assert!(edited.revision > api.revision);
    refused!(
        world.owner.edit_api(id, described("two"), Some(api.revision)).await,
        Error::RevisionMismatch { expected, found: Some(found), .. }
            if expected == api.revision && found == edited.revision
    );
    refused!(world.owner.delete_api(id, Some(api.revision)).await, Error::RevisionMismatch { .. });
    world.owner.delete_api(id, Some(edited.revision)).await.unwrap();
    refused!(world.owner.read_api(id).await, Error::NotFound { kind: Kind::Api, .. });
    refused!(world.owner.edit_api(ApiId::random(), get("/x"), None).await, Error::NotFound { .. });
}

#[tokio::test]
async fn apis_are_found_by_name_and_path() {
    let world = World::new().await;
    let (group, _) = world.pets().await;
    for path in ["/cats", "/cats/wild"] {
        world.owner.create_api(group.value.id, get(path)).await.unwrap();
    }
    let find = async |filter: ApiFilter| {
        let apis = values(world.viewer.list_apis(&filter, &Paging::default()).await.unwrap());
        apis.into_iter().map(|api| api.definition.name).collect::<Vec<_>>()
    };
    let wild = ApiFilter { path_contains: Some("WILD".to_owned()), ..ApiFilter::default() };
    assert_eq!(find(wild).await, ["get_cats_wild"]);
    let pets = ApiFilter {
        group: Some(group.value.id),
        name_contains: Some("pet".to_owned()),
        ..ApiFilter::default()
    };
    assert_eq!(find(pets).await, ["get_pets"]);
    assert_eq!(find(ApiFilter { group: Some(GroupId::random()), ..ApiFilter::default() }).await.len(), 0);
    assert_eq!(find(ApiFilter { name: Some("get_cats".to_owned()), ..ApiFilter::default() }).await.len(), 1);
}
