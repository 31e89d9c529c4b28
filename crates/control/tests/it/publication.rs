//! From draft to stages and back: versions are frozen, ten are kept, earlier ones come back.

use paifang_control::{
    ChannelDraft, Context, Deploy, Deployed, DeploymentFilter, Direction, Error, HistoryFilter, Paging,
    Refusal, Side,
};
use paifang_model::definition::{Backend, Destination, HttpBackend, Scheme};
use paifang_model::id::{ApiId, StageId, VersionId};
use paifang_model::{Definition, Dialect, Kind};

use crate::world::{NOW, World, complaints, get, refused, release, stage, values};

async fn deploy(who: &Context, api: ApiId, stage: StageId) -> Deployed {
    who.deploy_api(api, &Deploy { stage, remark: String::new() }, None).await.unwrap()
}

fn described(text: &str) -> Definition {
    Definition { description: text.to_owned(), ..get("/pets") }
}

#[tokio::test]
async fn a_deployment_freezes_the_draft() {
    let world = World::new().await;
    let (_, api) = world.pets().await;
    let id = api.value.id;
    let first = deploy(&world.owner, id, release()).await;
    assert_eq!((first.version.number, first.version.made_at), (1, NOW));
    assert!(first.deployment.online && first.revision > api.revision);
    world.owner.edit_api(id, described("edited"), None).await.unwrap();
    let serving = world.viewer.read_deployment(id, release()).await.unwrap().value;
    assert_eq!(serving, first.deployment);
    assert_eq!(world.viewer.read_version(serving.version).await.unwrap().value.definition, get("/pets"));
    let second = deploy(&world.owner, id, release()).await;
    assert_eq!((second.version.number, second.version.made_at), (2, NOW + 1), "times are unique per API");
    assert_eq!(second.version.definition.description, "edited");
    assert_eq!(world.viewer.find_version(id, 2).await.unwrap().value, second.version);
}

#[tokio::test]
async fn what_was_looked_at_is_what_is_deployed() {
    let world = World::new().await;
    let (_, api) = world.pets().await;
    world.owner.edit_api(api.value.id, described("edited"), None).await.unwrap();
    let deploy = Deploy { stage: release(), remark: "x".repeat(201) };
    let told = complaints(world.owner.deploy_api(api.value.id, &deploy, Some(api.revision)).await);
    assert_eq!(told, ["/remark Range"]);
    let deploy = Deploy { remark: String::new(), ..deploy };
    refused!(
        world.owner.deploy_api(api.value.id, &deploy, Some(api.revision)).await,
        Error::RevisionMismatch { .. }
    );
    for (stage, told) in
        [(StageId::random(), "/stage Unknown"), (stage(Dialect::Huawei, "RELEASE"), "/stage Conflict")]
    {
        let deploy = Deploy { stage, remark: String::new() };
        assert_eq!(complaints(world.owner.deploy_api(api.value.id, &deploy, None).await), [told]);
    }
}

#[tokio::test]
async fn deployments_at_the_same_moment_get_different_versions() {
    let world = World::new().await;
    let (_, api) = world.pets().await;
    let stages = ["RELEASE", "PRE", "TEST"].map(|name| stage(Dialect::Alibaba, name));
    let [one, two, three] = stages.map(|stage| deploy(&world.owner, api.value.id, stage));
    let (one, two, three) = tokio::join!(one, two, three);
    let mut numbers = [one, two, three].map(|deployed| deployed.version.number);
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2, 3]);
}

#[tokio::test]
async fn ten_versions_are_kept_per_stage_and_those_that_serve() {
    let world = World::new().await;
    let (_, api) = world.pets().await;
    let id = api.value.id;
    let first = deploy(&world.owner, id, release()).await.version.id;
    let test = stage(Dialect::Alibaba, "TEST");
    world.owner.switch_api(id, test, first).await.unwrap();
    for _ in 0..11 {
        deploy(&world.owner, id, release()).await;
    }
    let numbers = async || {
        let filter = HistoryFilter { stage: Some(release()) };
        let newest = Paging { direction: Direction::Descending, ..Paging::default() };
        let page = world.viewer.history(id, filter, &newest).await.unwrap();
        let entries = page.items.into_iter().map(|entry| entry.unwrap());
        entries.map(|entry| (entry.version.value.number, entry.serves)).collect::<Vec<_>>()
    };
    let kept = numbers().await;
    assert_eq!(kept.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [12, 11, 10, 9, 8, 7, 6, 5, 4, 1]);
    assert_eq!((kept[0].1.as_slice(), kept[9].1.as_slice()), (&[release()][..], &[test][..]));
    assert!(kept[1..9].iter().all(|(_, serves)| serves.is_empty()));
    deploy(&world.owner, id, test).await;
    deploy(&world.owner, id, release()).await;
    let kept = numbers().await;
    assert_eq!(kept.iter().map(|(number, _)| *number).min(), Some(4), "version 1 serves nowhere any more");
}

#[tokio::test]
async fn an_earlier_version_comes_back() {
    let world = World::new().await;
    let (group, api) = world.pets().await;
    let id = api.value.id;
    let first = deploy(&world.owner, id, release()).await.version;
    world.owner.edit_api(id, described("edited"), None).await.unwrap();
    deploy(&world.owner, id, release()).await;
    let back = world.owner.switch_api(id, release(), first.id).await.unwrap();
    assert_eq!((back.deployment.version, back.version.number), (first.id, 1));
    assert_eq!(world.viewer.read_api(id).await.unwrap().value.definition.description, "edited");
    let other = world.owner.create_api(group.value.id, get("/cats")).await.unwrap().value.id;
    for (api, version) in [(other, first.id), (id, VersionId::random())] {
        refused!(
            world.owner.switch_api(api, release(), version).await,
            Error::NotFound { kind: Kind::Version, .. }
        );
    }
    let restored = world.owner.restore_draft(id, first.id, None).await.unwrap();
    assert_eq!(restored.value.definition, first.definition);
}

#[tokio::test]
async fn two_definitions_are_compared_place_by_place() {
    let world = World::new().await;
    let (_, api) = world.pets().await;
    let id = api.value.id;
    let first = deploy(&world.owner, id, release()).await.version.id;
    let edited = Definition { tags: vec!["new".to_owned()], ..described("edited") };
    world.owner.edit_api(id, edited, None).await.unwrap();
    let differences = world.viewer.compare_api(id, Side::Version(first), Side::Draft).await.unwrap();
    insta::assert_snapshot!(serde_json::to_string(&differences).unwrap(), @r#"[{"pointer":"/description","before":"","after":"edited"},{"pointer":"/tags/0","after":"new"}]"#);
    let second = deploy(&world.owner, id, release()).await.version.id;
    let same = world.viewer.compare_api(id, Side::Version(second), Side::Draft).await.unwrap();
    assert_eq!(same, []);
    refused!(
        world.viewer.compare_api(id, Side::Draft, Side::Version(VersionId::random())).await,
        Error::NotFound { .. }
    );
}

#[tokio::test]
async fn an_api_goes_offline_and_only_then_away() {
    let world = World::new().await;
    let (_, api) = world.pets().await;
    let id = api.value.id;
    let offline = || world.owner.take_api_offline(id, release());
    refused!(offline().await, Error::Refused(Refusal::NotOnline));
    deploy(&world.owner, id, release()).await;
    refused!(world.owner.delete_api(id, None).await, Error::InUse { count: 1, .. });
    assert!(!offline().await.unwrap().value.online);
    refused!(offline().await, Error::Refused(Refusal::NotOnline));
    let sleeping = DeploymentFilter { online: Some(false), api: Some(id), ..DeploymentFilter::default() };
    let list = async || values(world.viewer.list_deployments(sleeping, &Paging::default()).await.unwrap());
    assert_eq!(list().await.len(), 1);
    assert!(deploy(&world.owner, id, release()).await.deployment.online, "publishing wakes it");
    offline().await.unwrap();
    world.owner.delete_api(id, None).await.unwrap();
    assert_eq!(list().await.len(), 0);
}

#[tokio::test]
async fn what_a_version_needs_stays_while_it_serves() {
    let world = World::new().await;
    let (_, api) = world.pets().await;
    let id = api.value.id;
    let channel = world.owner.create_channel(ChannelDraft::named("members", 80)).await.unwrap().value.id;
    let mut backend = HttpBackend::at("http://127.0.0.1:9");
    backend.to = Destination::Channel { channel, scheme: Scheme::Http };
    let definition = Definition { backend: Backend::Http(backend), ..get("/pets") };
    world.owner.edit_api(id, definition, None).await.unwrap();
    let version = deploy(&world.owner, id, release()).await.version.id;
    world.owner.edit_api(id, get("/pets"), None).await.unwrap();
    let delete = || world.owner.delete_channel(channel, None);
    refused!(delete().await, Error::InUse { ref by, .. } if by[0].kind == Kind::Deployment);
    world.owner.take_api_offline(id, release()).await.unwrap();
    delete().await.unwrap();
    let told = complaints(world.owner.switch_api(id, release(), version).await);
    assert_eq!(told, ["/backend/to/channel Unknown"]);
}

#[tokio::test]
async fn one_route_serves_once_per_stage() {
    let world = World::new().await;
    let (group, pets) = world.pets().await;
    deploy(&world.owner, pets.value.id, release()).await;
    // The draft moves away, its published version stays; another API takes the route it left.
    let moved = Definition { name: "get_pets".to_owned(), ..get("/animals") };
    world.owner.edit_api(pets.value.id, moved, None).await.unwrap();
    let other = Definition { name: "other_pets".to_owned(), ..get("/pets") };
    let other = world.owner.create_api(group.value.id, other).await.unwrap().value.id;
    let there = Deploy { stage: release(), remark: String::new() };
    assert_eq!(complaints(world.owner.deploy_api(other, &there, None).await), ["/request/path Duplicate"]);
    world.owner.take_api_offline(pets.value.id, release()).await.unwrap();
    deploy(&world.owner, other, release()).await;
}
