//! Black lists of an account.

use paifang_control::{BlackListDraft, BlackListFilter, BlackListPatch, Error, Paging};
use paifang_model::id::{AccountId, AppId};
use paifang_model::{BlackListEntries, Kind};

use crate::world::{World, complaints, refused, values};

pub(crate) fn draft(name: &str, entries: BlackListEntries) -> BlackListDraft {
    BlackListDraft { name: name.to_owned(), entries, description: String::new() }
}

pub(crate) fn addresses(addresses: &[&str]) -> BlackListEntries {
    BlackListEntries::Address(addresses.iter().map(ToString::to_string).collect())
}

async fn names(world: &World, kind: Option<&str>) -> Vec<String> {
    let filter = BlackListFilter { name_contains: None, kind: kind.map(str::to_owned) };
    let lists = values(world.viewer.list_black_lists(&filter, &Paging::default()).await.unwrap());
    lists.into_iter().map(|list| list.name).collect()
}

#[tokio::test]
async fn lists_of_each_kind_are_made_changed_and_deleted() {
    let world = World::new().await;
    let app = world.app("shop").await.value.id;
    let user = world.owner.read_account().await.unwrap().value.id;
    let scrapers = world.owner.create_black_list(draft("scrapers", addresses(&["192.0.2.1"]))).await.unwrap();
    world.clock.advance(1);
    let stolen = BlackListEntries::App(vec![app]);
    world.owner.create_black_list(draft("stolen", stolen.clone())).await.unwrap();
    world.clock.advance(1);
    world.owner.create_black_list(draft("former", BlackListEntries::User(vec![user]))).await.unwrap();
    assert_eq!(names(&world, None).await, ["scrapers", "stolen", "former"]);
    assert_eq!(names(&world, Some("app")).await, ["stolen"]);

    let told = complaints(world.owner.create_black_list(draft("scrapers", stolen)).await);
    assert_eq!(told, ["/name Duplicate"]);
    let nobody = BlackListEntries::App(vec![app, AppId::random()]);
    let told = complaints(world.owner.create_black_list(draft("nobody", nobody)).await);
    assert_eq!(told, ["/entries/app/1 Unknown"]);
    let nobody = BlackListEntries::User(vec![AccountId::random()]);
    let id = scrapers.value.id;
    let patch = |entries| BlackListPatch { entries: Some(entries), ..BlackListPatch::default() };
    let told = complaints(world.owner.update_black_list(id, patch(nobody), None).await);
    assert_eq!(told, ["/entries/user/0 Unknown"]);
    let told = complaints(world.owner.update_black_list(id, patch(addresses(&["x"])), None).await);
    assert_eq!(told, ["/entries/address/0 Format"]);
    refused!(world.viewer.update_black_list(id, BlackListPatch::default(), None).await, Error::Denied(_));

    let more = patch(addresses(&["192.0.2.0/24", "2001:db8::/32"]));
    let changed = world.owner.update_black_list(id, more, Some(scrapers.revision)).await.unwrap();
    assert_eq!(world.viewer.read_black_list(id).await.unwrap(), changed);
    refused!(world.viewer.delete_black_list(id, None).await, Error::Denied(_));
    world.owner.delete_black_list(id, Some(changed.revision)).await.unwrap();
    refused!(world.owner.read_black_list(id).await, Error::NotFound { kind: Kind::BlackList, .. });
    assert_eq!(names(&world, None).await, ["stolen", "former"]);
}

/// An app that is deleted keeps nobody from changing the rest of a list that it is on.
#[tokio::test]
async fn a_list_outlives_the_apps_on_it() {
    let world = World::new().await;
    let app = world.app("shop").await.value.id;
    let list =
        world.owner.create_black_list(draft("stolen", BlackListEntries::App(vec![app]))).await.unwrap();
    world.owner.delete_app(app, None).await.unwrap();
    let patch = BlackListPatch { description: Some("long ago".to_owned()), ..BlackListPatch::default() };
    let changed = world.owner.update_black_list(list.value.id, patch, None).await.unwrap();
    assert_eq!(changed.value.entries, list.value.entries);
}
