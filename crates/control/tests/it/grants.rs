//! Grants: many at once, all or none, with every reason.

use paifang_control::{Error, GrantFilter, GrantsDraft, Paging};
use paifang_model::id::{ApiId, AppId, GrantId};
use paifang_model::{Dialect, Kind};

use crate::world::{NOW, World, complaints, get, refused, release, stage, values};

fn draft(apps: Vec<AppId>, apis: Vec<ApiId>) -> GrantsDraft {
    GrantsDraft { apps, apis, stage: release(), until: None, remark: String::new() }
}

#[tokio::test]
async fn apis_are_granted_listed_extended_and_revoked() {
    let world = World::new().await;
    let (group, pets) = world.pets().await;
    let cats = world.owner.create_api(group.value.id, get("/cats")).await.unwrap().value.id;
    let (one, two) = (world.app("one").await.value.id, world.app("two").await.value.id);
    let granted = world.owner.create_grants(&draft(vec![one, two], vec![pets.value.id, cats])).await.unwrap();
    assert_eq!(granted.len(), 4);
    let list = async |filter: GrantFilter| {
        values(world.viewer.list_grants(filter, &Paging::default()).await.unwrap()).len()
    };
    assert_eq!(list(GrantFilter { app: Some(one), ..GrantFilter::default() }).await, 2);
    assert_eq!(
        list(GrantFilter { api: Some(cats), stage: Some(release()), ..GrantFilter::default() }).await,
        2
    );
    assert_eq!(list(GrantFilter { group: Some(group.value.id), ..GrantFilter::default() }).await, 4);
    let id = granted[0].value.id;
    let extended = world.owner.extend_grant(id, Some(NOW + 1), Some(granted[0].revision)).await.unwrap();
    assert_eq!(extended.value.until, Some(NOW + 1));
    assert_eq!(complaints(world.owner.extend_grant(id, Some(NOW), None).await), ["/until Range"]);
    refused!(
        world.owner.extend_grant(id, None, Some(granted[0].revision)).await,
        Error::RevisionMismatch { .. }
    );
    world.owner.revoke_grants(&[id]).await.unwrap();
    refused!(world.viewer.read_grant(id).await, Error::NotFound { kind: Kind::Grant, .. });
    world.owner.delete_app(two, None).await.unwrap();
    assert_eq!(list(GrantFilter::default()).await, 1, "grants go with their app");
}

#[tokio::test]
async fn granting_again_moves_the_end() {
    let world = World::new().await;
    let (_, pets) = world.pets().await;
    let app = world.app("shop").await.value.id;
    let first = world.owner.create_grants(&draft(vec![app], vec![pets.value.id])).await.unwrap();
    world.clock.advance(1_000);
    let until = Some(NOW + 60_000);
    let again = GrantsDraft { until, ..draft(vec![app], vec![pets.value.id]) };
    let again = world.owner.create_grants(&again).await.unwrap();
    assert_eq!((again[0].value.id, again[0].value.until), (first[0].value.id, until));
    assert_eq!((again[0].created_at, again[0].updated_at), (NOW, NOW + 1_000));
    assert_eq!(world.viewer.read_grant(again[0].value.id).await.unwrap(), again[0]);
}

#[tokio::test]
async fn one_bad_item_refuses_all_and_every_one_is_named() {
    let world = World::new().await;
    let (_, pets) = world.pets().await;
    let foreign = world.group(Dialect::Huawei, "foreign").await.value.id;
    let foreign = world.owner.create_api(foreign, get("/foreign")).await.unwrap().value.id;
    let app = world.app("shop").await.value.id;
    let bad = draft(vec![app, AppId::random(), app], vec![pets.value.id, ApiId::random(), foreign]);
    let told = complaints(world.owner.create_grants(&bad).await);
    assert_eq!(told, ["/apps/1 Unknown", "/apps/2 Duplicate", "/apis/1 Unknown", "/apis/2 Conflict"]);
    let bad = GrantsDraft { until: Some(NOW), ..draft(vec![app], Vec::new()) };
    assert_eq!(complaints(world.owner.create_grants(&bad).await), ["/apis Required", "/until Range"]);
    let bad = GrantsDraft { stage: stage(Dialect::Alibaba, "NONE"), ..draft(vec![app], vec![pets.value.id]) };
    assert_eq!(complaints(world.owner.create_grants(&bad).await), ["/stage Unknown"]);
    let many = (0..101).map(|_| AppId::random()).collect();
    assert_eq!(complaints(world.owner.create_grants(&draft(many, vec![pets.value.id])).await), [" Range"]);
    let page = world.viewer.list_grants(GrantFilter::default(), &Paging::default().counted()).await.unwrap();
    assert_eq!(page.total, Some(0));
}

#[tokio::test]
async fn revoking_is_all_or_nothing_too() {
    let world = World::new().await;
    let (_, pets) = world.pets().await;
    let app = world.app("shop").await.value.id;
    let id = world.owner.create_grants(&draft(vec![app], vec![pets.value.id])).await.unwrap()[0].value.id;
    let told = complaints(world.owner.revoke_grants(&[id, GrantId::random(), id]).await);
    assert_eq!(told, ["/1 Unknown", "/2 Duplicate"]);
    assert_eq!(complaints(world.owner.revoke_grants(&[]).await), [" Range"]);
    world.viewer.read_grant(id).await.unwrap();
}
