//! Groups: a subdomain for life, patches, and no deletion while there are APIs.

use paifang_control::{Error, GroupDraft, GroupFilter, GroupPatch, Paging};
use paifang_model::definition::AppCodeMode;
use paifang_model::{Dialect, Kind};

use crate::world::{NOW, World, complaints, refused, values};

#[tokio::test]
async fn a_group_has_its_subdomain_from_the_start() {
    let world = World::new().await;
    let group = world.group(Dialect::Alibaba, "pets").await;
    assert_eq!(group.value.subdomain, format!("{}.apis.localhost", group.value.id));
    assert_eq!((group.value.base_path.as_str(), group.value.app_code), ("/", AppCodeMode::Disabled));
    assert_eq!((group.created_at, group.updated_at), (NOW, NOW));
    assert_eq!(world.viewer.read_group(group.value.id).await.unwrap(), group);
}

#[tokio::test]
async fn a_patch_changes_what_it_names() {
    let world = World::new().await;
    let group = world.group(Dialect::Huawei, "pets").await;
    world.clock.advance(5_000);
    let patch = GroupPatch {
        base_path: Some("/v1".to_owned()),
        passthrough_headers: Some(vec!["X-Tenant".to_owned()]),
        calls_per_second: Some(Some(7)),
        ..GroupPatch::default()
    };
    let changed = world.owner.update_group(group.value.id, patch, Some(group.revision)).await.unwrap();
    assert_eq!(changed.value.name, "pets");
    assert_eq!(changed.value.passthrough_headers, ["x-tenant"]);
    assert_eq!((changed.created_at, changed.updated_at), (NOW, NOW + 5_000));
    let patch: GroupPatch = serde_json::from_str(r#"{"calls_per_second":null}"#).unwrap();
    let changed = world.owner.update_group(group.value.id, patch, None).await.unwrap();
    assert_eq!((changed.value.calls_per_second, changed.value.base_path.as_str()), (None, "/v1"));
    let stale = world.owner.update_group(group.value.id, GroupPatch::default(), Some(group.revision)).await;
    refused!(stale, Error::RevisionMismatch { found: Some(_), .. });
    assert_eq!(world.viewer.read_group(group.value.id).await.unwrap(), changed);
}

#[tokio::test]
async fn names_are_unique_in_a_dialect() {
    let world = World::new().await;
    world.group(Dialect::Alibaba, "pets").await;
    world.group(Dialect::Huawei, "pets").await;
    let again = world.owner.create_group(GroupDraft::new(Dialect::Alibaba, "pets")).await;
    let error = again.unwrap_err().to_string();
    assert!(error.starts_with("/name: `pets` is taken by group/"), "{error}");
    let bad = GroupDraft { base_path: Some("v1/[x]".to_owned()), ..GroupDraft::new(Dialect::Alibaba, "1") };
    assert_eq!(complaints(world.owner.create_group(bad).await), ["/name Range", "/base_path Format"]);
}

#[tokio::test]
async fn groups_are_found_by_part_of_their_name() {
    let world = World::new().await;
    for (dialect, name) in
        [(Dialect::Alibaba, "pets"), (Dialect::Alibaba, "Small_Pets"), (Dialect::Huawei, "pets")]
    {
        world.group(dialect, name).await;
    }
    let filter = GroupFilter {
        dialect: Some(Dialect::Alibaba),
        name_contains: Some("pet".to_owned()),
        ..GroupFilter::default()
    };
    let page = world.viewer.list_groups(&filter, &Paging::default().limit(1).counted()).await.unwrap();
    assert_eq!((page.total, page.items.len()), (Some(2), 1));
    let next = Paging::default().limit(1).after(page.next.clone().unwrap());
    let rest = values(world.viewer.list_groups(&filter, &next).await.unwrap());
    let names = [values(page), rest].concat().into_iter().map(|group| group.name);
    let mut names: Vec<_> = names.collect();
    names.sort();
    assert_eq!(names, ["Small_Pets", "pets"]);
    refused!(world.viewer.list_groups(&filter, &Paging::default().limit(501)).await, Error::Query(_));
}

#[tokio::test]
async fn a_group_with_apis_stays() {
    let world = World::new().await;
    let (group, api) = world.pets().await;
    refused!(
        world.owner.delete_group(group.value.id, None).await,
        Error::InUse { ref by, count: 1, .. } if by[0].kind == Kind::Api
    );
    world.owner.delete_api(api.value.id, None).await.unwrap();
    world.owner.delete_group(group.value.id, None).await.unwrap();
    refused!(world.owner.delete_group(group.value.id, None).await, Error::NotFound { kind: Kind::Group, .. });
}
