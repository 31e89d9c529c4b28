//! App quotas, and which apps have them.

use paifang_control::{AppDraft, AppFilter, AppPatch, AppQuotaDraft, Error, Paging};
use paifang_model::id::{AppId, AppQuotaId};
use paifang_model::policy::TimeUnit;
use paifang_model::{AppQuota, Kind};
use paifang_store::Stored;

use crate::world::{World, complaints, refused, values};

pub(crate) fn draft(name: &str) -> AppQuotaDraft {
    AppQuotaDraft {
        name: name.to_owned(),
        calls: 10,
        interval: 1,
        unit: TimeUnit::Day,
        first_reset: None,
        description: String::new(),
    }
}

async fn quota(world: &World, name: &str) -> Stored<AppQuota> {
    world.owner.create_app_quota(draft(name)).await.unwrap()
}

async fn with(world: &World, quota: AppQuotaId) -> Vec<String> {
    let filter = AppFilter { quota: Some(quota), ..AppFilter::default() };
    let apps = values(world.viewer.list_apps(&filter, &Paging::default()).await.unwrap());
    let mut names: Vec<String> = apps.into_iter().map(|app| app.name).collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn a_quota_is_made_listed_changed_and_deleted() {
    let world = World::new().await;
    let made = quota(&world, "gold").await;
    let id = made.value.id;
    assert_eq!(complaints(world.owner.create_app_quota(draft("gold")).await), ["/name Duplicate"]);
    let wrong = AppQuotaDraft { calls: 0, interval: 0, ..draft("1") };
    let told = complaints(world.owner.create_app_quota(wrong).await);
    assert_eq!(told, ["/name Range", "/calls Range", "/interval Range"]);
    refused!(world.viewer.create_app_quota(draft("mine")).await, Error::Denied(_));
    let more = AppQuotaDraft { calls: 99, ..draft("gold") };
    let changed = world.owner.update_app_quota(id, more.clone(), Some(made.revision)).await.unwrap();
    assert_eq!(changed.value.calls, 99);
    refused!(
        world.owner.update_app_quota(id, more, Some(made.revision)).await,
        Error::RevisionMismatch { .. }
    );
    assert_eq!(world.viewer.read_app_quota(id).await.unwrap(), changed);
    let listed = world.viewer.list_app_quotas(Some("OL"), &Paging::default()).await.unwrap();
    assert_eq!(values(listed), [changed.value]);
    world.owner.delete_app_quota(id, None).await.unwrap();
    refused!(world.owner.read_app_quota(id).await, Error::NotFound { kind: Kind::AppQuota, .. });
}

#[tokio::test]
async fn apps_get_a_quota_all_or_none_and_have_one_at_most() {
    let world = World::new().await;
    let (gold, silver) = (quota(&world, "gold").await.value.id, quota(&world, "silver").await.value.id);
    let (one, two) = (world.app("one").await.value.id, world.app("two").await.value.id);
    let nobody = AppId::random();
    let told = complaints(world.owner.bind_app_quota(gold, &[one, nobody, one]).await);
    assert_eq!(told, ["/apps/1 Unknown", "/apps/2 Duplicate"]);
    assert_eq!(with(&world, gold).await, [""; 0]);
    assert_eq!(complaints(world.owner.bind_app_quota(gold, &[]).await), ["/apps Range"]);
    refused!(world.viewer.bind_app_quota(gold, &[one]).await, Error::Denied(_));

    let bound = world.owner.bind_app_quota(gold, &[one, two]).await.unwrap();
    let since = bound[0].value.quota.unwrap().since;
    assert_eq!(with(&world, gold).await, ["one", "two"]);
    world.clock.advance(5);
    let again = world.owner.bind_app_quota(gold, &[one]).await.unwrap();
    assert_eq!(again[0], bound[0], "one that has it keeps it as it is");
    let other = world.owner.bind_app_quota(silver, &[one]).await.unwrap();
    assert_eq!(other[0].value.quota.unwrap().since, since + 5);
    assert_eq!(
        (with(&world, gold).await, with(&world, silver).await),
        (vec!["two".into()], vec!["one".into()])
    );

    refused!(world.owner.delete_app_quota(gold, None).await, Error::InUse { count: 1, .. });
    refused!(world.owner.unbind_app_quota(gold, one).await, Error::NotFound { kind: Kind::AppQuota, .. });
    world.owner.unbind_app_quota(gold, two).await.unwrap();
    world.owner.delete_app_quota(gold, None).await.unwrap();
    assert_eq!(world.owner.read_app(two).await.unwrap().value.quota, None);
}

#[tokio::test]
async fn an_app_is_made_with_a_quota_and_changed() {
    let world = World::new().await;
    let gold = quota(&world, "gold").await.value.id;
    let draft = |quota| AppDraft { name: "shop".to_owned(), quota: Some(quota), ..AppDraft::default() };
    let told = complaints(world.owner.create_app(&draft(AppQuotaId::random())).await);
    assert_eq!(told, ["/quota Unknown"]);
    let app = world.owner.create_app(&draft(gold)).await.unwrap().app.value;
    assert_eq!(app.quota.unwrap().id, gold);
    let patch = |quota| AppPatch { quota: Some(quota), ..AppPatch::default() };
    let told = complaints(world.owner.update_app(app.id, patch(Some(AppQuotaId::random())), None).await);
    assert_eq!(told, ["/quota Unknown"]);
    world.clock.advance(5);
    let same = world.owner.update_app(app.id, patch(Some(gold)), None).await.unwrap();
    assert_eq!(same.value.quota, app.quota);
    let none = world.owner.update_app(app.id, patch(None), None).await.unwrap();
    assert_eq!(none.value.quota, None);
}
