//! Variables: made once per group and stage, needed by what is online, and live.

use std::sync::Arc;

use paifang_control::{
    AcceptAll, BackendAccessDraft, Deploy, Deployed, Error, Paging, Stored, VariableDraft, VariableFilter,
};
use paifang_model::definition::{Backend, Destination, HttpBackend};
use paifang_model::id::{ApiId, GroupId, StageId};
use paifang_model::limits::Profile;
use paifang_model::{Api, Definition, Dialect, Key, Kind, Variable};

use crate::world::{World, complaints, get, refused, release, stage, values};

fn draft(name: &str, value: &str) -> VariableDraft {
    VariableDraft { name: name.to_owned(), value: value.to_owned() }
}

/// An API at `http://#host##port#/#base#`.
fn templated() -> Definition {
    let backend = HttpBackend { path: "/#base#/pets".to_owned(), ..HttpBackend::at("http://#host##port#") };
    Definition { backend: Backend::Http(backend), ..get("/pets") }
}

struct Shop {
    world: World,
    group: GroupId,
    api: Stored<Api>,
}

impl Shop {
    async fn new() -> Self {
        let world = World::new().await;
        let group = world.group(Dialect::Alibaba, "pets").await.value.id;
        let api = world.owner.create_api(group, templated()).await.unwrap();
        Self { world, group, api }
    }

    async fn set(&self, name: &str, value: &str) -> Stored<Variable> {
        self.world.clock.advance(1);
        self.world.owner.create_variable(self.group, release(), draft(name, value)).await.unwrap()
    }

    async fn set_all(&self) {
        for (name, value) in [("host", "10.0.0.7"), ("port", ":80"), ("base", "v1")] {
            self.set(name, value).await;
        }
    }

    fn id_of(&self, name: &str) -> paifang_model::id::VariableId {
        Variable::id_of(self.group, release(), name)
    }

    async fn deploy(&self, stage: StageId) -> Result<Deployed, Error> {
        deploy(&self.world, self.api.value.id, stage).await
    }

    async fn names(&self, filter: VariableFilter) -> String {
        let page = self.world.viewer.list_variables(self.group, &filter, &Paging::default()).await.unwrap();
        values(page).into_iter().map(|variable| variable.name).collect::<Vec<_>>().join(" ")
    }
}

async fn deploy(world: &World, api: ApiId, stage: StageId) -> Result<Deployed, Error> {
    world.owner.deploy_api(api, &Deploy { stage, remark: String::new() }, None).await
}

#[tokio::test]
async fn a_variable_is_made_read_changed_and_deleted() {
    let shop = Shop::new().await;
    let World { owner, viewer, .. } = &shop.world;
    let made = shop.set("host", "10.0.0.7").await;
    assert_eq!(viewer.read_variable(shop.id_of("host")).await.unwrap().value, made.value);
    let id = made.value.id;
    let changed = owner.update_variable(id, "10.0.0.8".to_owned(), Some(made.revision)).await.unwrap();
    assert_eq!((changed.value.value.as_str(), changed.created_at), ("10.0.0.8", made.created_at));
    refused!(
        owner.update_variable(id, "10.0.0.9".to_owned(), Some(made.revision)).await,
        Error::RevisionMismatch { .. }
    );
    refused!(owner.delete_variable(id, Some(made.revision)).await, Error::RevisionMismatch { .. });
    owner.delete_variable(id, Some(changed.revision)).await.unwrap();
    refused!(owner.read_variable(id).await, Error::NotFound { kind: Kind::Variable, .. });
    refused!(owner.delete_variable(id, None).await, Error::NotFound { kind: Kind::Variable, .. });
}

#[tokio::test]
async fn a_name_is_taken_once_in_a_group_and_a_stage() {
    let shop = Shop::new().await;
    let owner = &shop.world.owner;
    shop.set("host", "a").await;
    let create = |stage, name, value| owner.create_variable(shop.group, stage, draft(name, value));
    assert_eq!(complaints(create(release(), "host", "b").await), ["/name Duplicate"]);
    assert_eq!(complaints(create(release(), "1", "u@b").await), ["/name Format", "/value Format"]);
    create(release(), "Host", "b").await.unwrap();
    create(stage(Dialect::Alibaba, "PRE"), "host", "b").await.unwrap();
    let foreign = create(stage(Dialect::Huawei, "RELEASE"), "host", "b").await;
    refused!(foreign, Error::NotFound { kind: Kind::Stage, .. });
    refused!(create(StageId::random(), "host", "b").await, Error::NotFound { kind: Kind::Stage, .. });
    let nowhere = owner.create_variable(GroupId::random(), release(), draft("host", "b")).await;
    refused!(nowhere, Error::NotFound { kind: Kind::Group, .. });
}

#[tokio::test]
async fn of_those_who_come_at_once_one_makes_it() {
    let shop = Shop::new().await;
    let create = || shop.world.owner.create_variable(shop.group, release(), draft("host", "a"));
    let (one, two, three) = tokio::join!(create(), create(), create());
    let outcomes = [one, two, three];
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for lost in outcomes.into_iter().filter(Result::is_err) {
        assert_eq!(complaints(lost), ["/name Duplicate"]);
    }
}

#[tokio::test]
async fn variables_are_listed_by_stage_and_name() {
    let shop = Shop::new().await;
    shop.set("backend_host", "a").await;
    shop.set("backend", "b").await;
    let pre = stage(Dialect::Alibaba, "PRE");
    shop.world.clock.advance(1);
    shop.world.owner.create_variable(shop.group, pre, draft("other_host", "c")).await.unwrap();
    let filter = VariableFilter::default;
    assert_eq!(shop.names(filter()).await, "backend_host backend other_host");
    assert_eq!(shop.names(VariableFilter { stage: Some(pre), ..filter() }).await, "other_host");
    let name = Some("backend".to_owned());
    assert_eq!(shop.names(VariableFilter { name: name.clone(), ..filter() }).await, "backend");
    let contains = VariableFilter { name_contains: Some("HOST".to_owned()), ..filter() };
    assert_eq!(shop.names(contains.clone()).await, "backend_host other_host");
    assert_eq!(shop.names(VariableFilter { stage: Some(release()), ..contains }).await, "backend_host");
    let other = shop.world.group(Dialect::Alibaba, "other").await.value.id;
    let listed = shop.world.viewer.list_variables(other, &filter(), &Paging::default()).await.unwrap();
    assert_eq!(values(listed), []);
}

#[tokio::test]
async fn whoever_may_only_look_changes_nothing() {
    let shop = Shop::new().await;
    let variable = shop.set("host", "a").await.value.id;
    let viewer = &shop.world.viewer;
    let created = viewer.create_variable(shop.group, release(), draft("more", "a")).await;
    refused!(created, Error::Denied(_));
    refused!(viewer.update_variable(variable, "b".to_owned(), None).await, Error::Denied(_));
    refused!(viewer.delete_variable(variable, None).await, Error::Denied(_));
    assert_eq!(viewer.read_variable(variable).await.unwrap().value.value, "a");
}

#[tokio::test]
async fn the_cloud_profile_allows_fifty_in_a_group_and_a_stage() {
    let world = World::of(Profile::Cloud, Arc::new(AcceptAll)).await;
    let group = world.group(Dialect::Huawei, "pets").await.value.id;
    let (here, there) = (stage(Dialect::Huawei, "RELEASE"), {
        let draft = paifang_control::StageDraft {
            dialect: Dialect::Huawei,
            name: "test".to_owned(),
            description: String::new(),
        };
        world.owner.create_stage(draft).await.unwrap().value.id
    });
    let create = |stage, number: u32| {
        world.owner.create_variable(group, stage, draft(&format!("name{number}"), "value"))
    };
    for number in 0..50 {
        create(here, number).await.unwrap();
    }
    refused!(create(here, 50).await, Error::QuotaExceeded { kind: Kind::Variable, limit: 50 });
    create(there, 50).await.unwrap();
}

#[tokio::test]
async fn what_has_no_value_is_not_published() {
    let shop = Shop::new().await;
    shop.set("port", ":80").await;
    let told = complaints(shop.deploy(release()).await);
    assert_eq!(told, ["/backend/to/url Required", "/backend/path Required"]);
    let error = shop.deploy(release()).await.unwrap_err();
    insta::assert_snapshot!(error, @"/backend/to/url: the variable `host` has no value in the stage; /backend/path: the variable `base` has no value in the stage");
    shop.set("host", "10.0.0.7").await;
    shop.set("base", "v1").await;
    let deployed = shop.deploy(release()).await.unwrap();
    assert_eq!(deployed.version.definition, templated(), "what is frozen keeps its places");
    // The values of one stage are not those of another.
    let pre = stage(Dialect::Alibaba, "PRE");
    assert_eq!(complaints(shop.deploy(pre).await).len(), 3);
    let switched = shop.world.owner.switch_api(shop.api.value.id, pre, deployed.version.id).await;
    assert_eq!(complaints(switched).len(), 3);
}

#[tokio::test]
async fn values_that_do_not_fit_are_not_published() {
    let shop = Shop::new().await;
    for (name, value) in [("host", "10.0.0.7"), ("port", "80x"), ("base", "..")] {
        shop.set(name, value).await;
    }
    let error = shop.deploy(release()).await.unwrap_err();
    insta::assert_snapshot!(error, @"/backend/path: the path segment `..` is a dot segment");
    let port = shop.id_of("port");
    shop.world.owner.update_variable(port, ":http".to_owned(), None).await.unwrap();
    let error = shop.deploy(release()).await.unwrap_err();
    insta::assert_snapshot!(error, @"/backend/to/url: `10.0.0.7:http` is not host[:port]: the port is a number from 1 to 65535; /backend/path: the path segment `..` is a dot segment");
}

#[tokio::test]
async fn a_variable_that_is_needed_stays() {
    let shop = Shop::new().await;
    shop.set_all().await;
    let owner = &shop.world.owner;
    let (host, api) = (shop.id_of("host"), shop.api.value.id);
    let first = shop.deploy(release()).await.unwrap().version.id;
    let error = owner.delete_variable(host, None).await.unwrap_err();
    let Error::InUse { by, count: 1, .. } = error else { panic!("{error:?}") };
    assert_eq!(by, [Key::of::<Api>(api)]);

    // A version without variables needs none; going back to the first one does.
    owner.edit_api(api, get("/pets"), None).await.unwrap();
    shop.deploy(release()).await.unwrap();
    owner.delete_variable(host, None).await.unwrap();
    let told = complaints(owner.switch_api(api, release(), first).await);
    assert_eq!(told, ["/backend/to/url Required"]);
    shop.set("host", "10.0.0.8").await;
    owner.switch_api(api, release(), first).await.unwrap();
    refused!(owner.delete_variable(host, None).await, Error::InUse { .. });

    // What sleeps needs nothing either.
    owner.take_api_offline(api, release()).await.unwrap();
    owner.delete_variable(host, None).await.unwrap();
}

#[tokio::test]
async fn a_deletion_and_a_deployment_at_once_leave_nothing_broken() {
    let shop = Shop::new().await;
    shop.set_all().await;
    let (deployed, deleted) =
        tokio::join!(shop.deploy(release()), shop.world.owner.delete_variable(shop.id_of("host"), None));
    assert!(deployed.is_ok() != deleted.is_ok(), "{deployed:?} {deleted:?}");
}

#[tokio::test]
async fn a_value_that_would_break_what_is_online_is_refused() {
    let shop = Shop::new().await;
    shop.set_all().await;
    shop.deploy(release()).await.unwrap();
    let update =
        |name, value: &str| shop.world.owner.update_variable(shop.id_of(name), value.to_owned(), None);
    let error = update("port", ":http").await.unwrap_err();
    insta::assert_snapshot!(error, @"/value: the API `get_pets`, which is online, could not run: `10.0.0.7:http` is not host[:port]: the port is a number from 1 to 65535");
    update("port", ":8080").await.unwrap();
    assert_eq!(complaints(update("base", "a/../b").await), ["/value Conflict"]);
    shop.world.owner.take_api_offline(shop.api.value.id, release()).await.unwrap();
    update("port", ":http").await.unwrap();
}

#[tokio::test]
async fn a_value_that_names_no_access_is_not_published_and_not_set() {
    let shop = Shop::new().await;
    let owner = &shop.world.owner;
    let to = Destination::NamedAccess { name: "vault-#zone#".to_owned(), scheme: None };
    let backend = Backend::Http(HttpBackend { to, ..HttpBackend::at("") });
    let api = shop.api.value.id;
    owner.edit_api(api, Definition { backend, ..get("/pets") }, None).await.unwrap();
    assert_eq!(complaints(shop.deploy(release()).await), ["/backend/to/name Required"]);
    shop.set("zone", "a").await;
    let error = shop.deploy(release()).await.unwrap_err();
    insta::assert_snapshot!(error, @"/backend/to/name: there is no backend access `vault-a`");
    let access: BackendAccessDraft = serde_json::from_value(serde_json::json!({
        "name": "vault-a", "network": "vpc-1", "instance": "10.0.0.1", "port": 80,
    }))
    .unwrap();
    owner.create_backend_access(access).await.unwrap();
    shop.deploy(release()).await.unwrap();
    let error = owner.update_variable(shop.id_of("zone"), "b".to_owned(), None).await.unwrap_err();
    insta::assert_snapshot!(error, @"/value: the API `get_pets`, which is online, could not run: there is no backend access `vault-b`");
    refused!(owner.delete_variable(shop.id_of("zone"), None).await, Error::InUse { .. });
}

#[tokio::test]
async fn variables_go_with_their_group_and_their_stage() {
    let world = World::new().await;
    let group = world.group(Dialect::Alibaba, "pets").await.value.id;
    let draft_of_stage = paifang_control::StageDraft {
        dialect: Dialect::Alibaba,
        name: "BETA".to_owned(),
        description: String::new(),
    };
    let beta = world.owner.create_stage(draft_of_stage).await.unwrap().value.id;
    let here = world.owner.create_variable(group, beta, draft("host", "a")).await.unwrap().value.id;
    world.owner.delete_stage(beta, None).await.unwrap();
    refused!(world.owner.read_variable(here).await, Error::NotFound { kind: Kind::Variable, .. });
    let there = world.owner.create_variable(group, release(), draft("host", "a")).await.unwrap().value.id;
    world.owner.delete_group(group, None).await.unwrap();
    refused!(world.owner.read_variable(there).await, Error::NotFound { kind: Kind::Variable, .. });
}
