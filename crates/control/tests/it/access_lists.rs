//! Access lists: one of each version of IP is in force at most.

use paifang_control::{AccessListDraft, AccessListFilter, AccessListPatch, Error, Paging};
use paifang_model::id::AccessListId;
use paifang_model::policy::Effect;
use paifang_model::{AccessListEntry, IpVersion, Kind};

use crate::world::{World, complaints, refused, values};

pub(crate) fn draft(name: &str, enforced: Option<Effect>) -> AccessListDraft {
    let entries = vec![entry("192.0.2.0/24")];
    AccessListDraft { name: name.to_owned(), ip_version: IpVersion::Ipv4, entries, enforced }
}

fn entry(address: &str) -> AccessListEntry {
    AccessListEntry { address: address.to_owned(), comment: String::new() }
}

fn enforced(enforced: Option<Effect>) -> AccessListPatch {
    AccessListPatch { enforced: Some(enforced), ..AccessListPatch::default() }
}

async fn in_force(world: &World, version: IpVersion) -> Vec<String> {
    let filter = AccessListFilter { enforced: Some(version), ..AccessListFilter::default() };
    let lists = values(world.viewer.list_access_lists(&filter, &Paging::default()).await.unwrap());
    lists.into_iter().map(|list| list.name).collect()
}

async fn made(world: &World, draft: AccessListDraft) -> AccessListId {
    world.owner.create_access_list(draft).await.unwrap().value.id
}

#[tokio::test]
async fn a_list_is_made_changed_and_deleted_when_it_is_not_in_force() {
    let world = World::new().await;
    let id = made(&world, draft("office", Some(Effect::Allow))).await;
    let told = complaints(world.owner.create_access_list(draft("office", None)).await);
    assert_eq!(told, ["/name Duplicate"]);
    let wrong = AccessListDraft { ip_version: IpVersion::Ipv6, ..draft("o", None) };
    let told = complaints(world.owner.create_access_list(wrong).await);
    assert_eq!(told, ["/name Range", "/entries/0/address Format"]);
    refused!(world.viewer.create_access_list(draft("mine", None)).await, Error::Denied(_));
    refused!(world.viewer.update_access_list(id, enforced(None), None).await, Error::Denied(_));
    assert_eq!(complaints(world.owner.delete_access_list(id, None).await), ["/enforced Conflict"]);
    let released = world.owner.update_access_list(id, enforced(None), None).await.unwrap();
    refused!(world.owner.delete_access_list(id, Some(1)).await, Error::RevisionMismatch { .. });
    world.owner.delete_access_list(id, Some(released.revision)).await.unwrap();
    refused!(world.owner.read_access_list(id).await, Error::NotFound { kind: Kind::AccessList, .. });
}

#[tokio::test]
async fn one_list_of_each_version_is_in_force() {
    let world = World::new().await;
    let one = made(&world, draft("one", Some(Effect::Allow))).await;
    let six = AccessListDraft {
        ip_version: IpVersion::Ipv6,
        entries: vec![entry("2001:db8::/32")],
        ..draft("six", Some(Effect::Deny))
    };
    made(&world, six).await;
    assert_eq!(in_force(&world, IpVersion::Ipv4).await, ["one"]);
    made(&world, draft("two", Some(Effect::Deny))).await;
    assert_eq!(in_force(&world, IpVersion::Ipv4).await, ["two"]);
    assert_eq!(world.owner.read_access_list(one).await.unwrap().value.enforced, None);
    world.owner.update_access_list(one, enforced(Some(Effect::Deny)), None).await.unwrap();
    assert_eq!(in_force(&world, IpVersion::Ipv4).await, ["one"]);
    assert_eq!(in_force(&world, IpVersion::Ipv6).await, ["six"], "it is not its business");
}

#[tokio::test]
async fn entries_are_added_and_taken_out_by_many_at_the_same_time() {
    let world = World::new().await;
    let id = made(&world, draft("office", None)).await;
    let add = |number: usize| {
        let owner = &world.owner;
        async move {
            let entries = [entry(&format!("198.51.100.{number}")), entry("192.0.2.0/24")];
            owner.add_access_list_entries(id, &entries).await
        }
    };
    for added in futures_util::future::join_all((0..8).map(add)).await {
        added.unwrap();
    }
    let listed = world.owner.read_access_list(id).await.unwrap().value.entries;
    assert_eq!(listed.len(), 9, "one that is there already is passed over: {listed:?}");
    let gone: Vec<String> = (0..7).map(|number| format!("198.51.100.{number}")).collect();
    let left = world.owner.remove_access_list_entries(id, &gone).await.unwrap().value.entries;
    assert_eq!(left, [entry("192.0.2.0/24"), entry("198.51.100.7")]);
    let told = complaints(world.owner.add_access_list_entries(id, &[entry("office")]).await);
    assert_eq!(told, ["/entries/2/address Format"]);
}
