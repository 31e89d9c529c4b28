//! The inventory of backend instances: what it lets accesses and members mean, and when it lets go.

use std::collections::BTreeSet;

use paifang_control::{
    BackendAccessDraft, BackendInstanceDraft, BackendInstanceFilter, ChannelDraft, Error, MemberPatch, Paging,
};
use paifang_model::{Kind, Member};

use crate::world::{self, World, complaints, refused, values};

fn instance(network: Option<&str>, instance: &str, address: &str) -> BackendInstanceDraft {
    BackendInstanceDraft {
        network: network.map(str::to_owned),
        instance: instance.to_owned(),
        name: Some("barn".to_owned()),
        address: address.to_owned(),
        description: String::new(),
    }
}

fn access(name: &str, address: Option<&str>) -> BackendAccessDraft {
    let port = if address.is_some() { 81 } else { 80 };
    BackendAccessDraft { port, address: address.map(str::to_owned), ..world::access(name, "i-1") }
}

fn member(name: &str) -> Member {
    Member { instance: Some(name.to_owned()), ..Member::at("") }
}

#[tokio::test]
async fn an_instance_is_put_in_moved_found_and_taken_out() {
    let world = World::new().await;
    let made = world.owner.create_backend_instance(instance(Some("vpc-1"), "i-1", "10.0.0.1")).await.unwrap();
    let again = world.owner.create_backend_instance(instance(Some("vpc-1"), "i-1", "10.0.0.9")).await;
    assert_eq!(complaints(again), ["/instance Duplicate"]);
    let other = world.owner.create_backend_instance(instance(None, "i-1", "10.0.0.9")).await.unwrap();
    let wrong = world.owner.create_backend_instance(instance(Some(""), "i.1", "a b")).await;
    assert_eq!(complaints(wrong), ["/network Range", "/instance Format", "/address Format"]);
    let draft = instance(Some("vpc-1"), "i-1", "10.0.0.2");
    let moved = world.owner.update_backend_instance(made.value.id, draft, Some(made.revision)).await.unwrap();
    assert_eq!(moved.value.address, "10.0.0.2");
    let into_another =
        world.owner.update_backend_instance(other.value.id, instance(Some("vpc-1"), "i-1", "b"), None);
    assert_eq!(complaints(into_another.await), ["/instance Duplicate"]);
    let named = BackendInstanceFilter { name: Some("barn".to_owned()), ..BackendInstanceFilter::default() };
    let listed = world.viewer.list_backend_instances(&named, &Paging::default()).await.unwrap();
    let addresses: BTreeSet<_> = values(listed).into_iter().map(|one| one.address).collect();
    assert_eq!(addresses, ["10.0.0.2".to_owned(), "10.0.0.9".to_owned()].into());
    assert_eq!(world.viewer.read_backend_instance(made.value.id).await.unwrap().value, moved.value);
    refused!(world.viewer.delete_backend_instance(made.value.id, None).await, Error::Denied(_));
    world.owner.delete_backend_instance(made.value.id, None).await.unwrap();
}

#[tokio::test]
async fn an_instance_stays_while_an_access_without_an_address_means_it() {
    let world = World::new().await;
    assert_eq!(
        complaints(world.owner.create_backend_access(access("orders", None)).await),
        ["/address Required"]
    );
    let there =
        world.owner.create_backend_instance(instance(None, "i-1", "10.0.0.1")).await.unwrap().value.id;
    let meant = world.owner.create_backend_access(access("orders", None)).await.unwrap().value.id;
    let own = world.owner.create_backend_access(access("pinned", Some("10.0.0.7"))).await.unwrap().value.id;
    refused!(
        world.owner.delete_backend_instance(there, None).await,
        Error::InUse { ref by, count: 1, .. } if by[0].kind == Kind::BackendAccess && by[0].id == meant.0
    );
    refused!(
        world.owner.update_backend_instance(there, instance(None, "i-2", "10.0.0.1"), None).await,
        Error::InUse { .. }
    );
    // One in the access's own network is meant before it.
    let nearer =
        world.owner.create_backend_instance(instance(Some("vpc-1"), "i-1", "b")).await.unwrap().value.id;
    world.owner.delete_backend_instance(there, None).await.unwrap();
    refused!(world.owner.delete_backend_instance(nearer, None).await, Error::InUse { .. });
    world.owner.delete_backend_access(meant, None).await.unwrap();
    world.owner.delete_backend_instance(nearer, None).await.unwrap();
    world.viewer.read_backend_access(own).await.unwrap();
}

#[tokio::test]
async fn an_address_that_repeats_the_instance_waits_for_the_inventory() {
    let world = World::new().await;
    let draft = BackendAccessDraft { address: Some("i-1".to_owned()), ..access("orders", None) };
    world.owner.create_backend_access(draft).await.unwrap();
    let there =
        world.owner.create_backend_instance(instance(None, "i-1", "10.0.0.1")).await.unwrap().value.id;
    refused!(world.owner.delete_backend_instance(there, None).await, Error::InUse { .. });
}

#[tokio::test]
async fn members_name_instances_that_the_inventory_has() {
    let world = World::new().await;
    let pool = |members| ChannelDraft { members, ..ChannelDraft::named("pool", 80) };
    let told = complaints(world.owner.create_channel(pool(vec![Member::at("a"), member("i-1")])).await);
    assert_eq!(told, ["/members/1/instance Unknown"]);
    let there =
        world.owner.create_backend_instance(instance(Some("vpc-9"), "i-1", "10.0.0.1")).await.unwrap().value;
    let channel = world.owner.create_channel(pool(vec![member("i-1")])).await.unwrap().value;
    let meant = world.viewer.instances_of_channel(&channel).await.unwrap();
    assert_eq!(meant["i-1"], there);
    let twice = world.owner.add_members(channel.id, vec![member("i-1"), member("i-2")], None).await;
    assert_eq!(complaints(twice), ["/members/1/instance Duplicate"]);
    let more = world.owner.add_members(channel.id, vec![member("i-2")], None).await;
    assert_eq!(complaints(more), ["/members/1/instance Unknown"]);
    refused!(
        world.owner.delete_backend_instance(there.id, None).await,
        Error::InUse { ref by, .. } if by[0].kind == Kind::Channel
    );
    let own = MemberPatch { host: Some("10.0.0.5".to_owned()), ..MemberPatch::of(channel.members[0].id) };
    world.owner.update_members(channel.id, vec![own], None).await.unwrap();
    world.owner.delete_backend_instance(there.id, None).await.unwrap();
}

#[tokio::test]
async fn the_inventory_has_a_quota() {
    let world = World::new().await;
    world.owner.set_quota("all.backend_instances", Some(1), None).await.unwrap();
    world.owner.create_backend_instance(instance(None, "i-1", "a")).await.unwrap();
    refused!(
        world.owner.create_backend_instance(instance(None, "i-2", "b")).await,
        Error::QuotaExceeded { kind: Kind::BackendInstance, limit: 1 }
    );
}
