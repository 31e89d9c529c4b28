//! Users and their access keys; somebody stays in charge.

use paifang_control::{Error, Paging, Refusal, UserDraft, UserPatch};
use paifang_model::id::UserId;
use paifang_model::{Role, Secret};

use crate::world::{World, complaints, refused, values};

fn draft(name: &str) -> UserDraft {
    UserDraft { name: name.to_owned(), role: Role::Owner, password: None }
}

const DISABLED: UserPatch = UserPatch { role: None, enabled: Some(false) };
const DEMOTED: UserPatch = UserPatch { role: Some(Role::ReadOnly), enabled: None };

#[tokio::test]
async fn a_user_is_made_changed_listed_and_deleted() {
    let world = World::new().await;
    let user = world.owner.create_user(draft("ops@example.com")).await.unwrap();
    assert!(!user.value.has_password && user.value.enabled);
    let changed = world.owner.update_user(user.value.id, DEMOTED, Some(user.revision)).await.unwrap();
    assert_eq!(changed.value.role, Role::ReadOnly);
    assert_eq!(changed.created_at, user.created_at);
    refused!(
        world.owner.update_user(user.value.id, DISABLED, Some(user.revision)).await,
        Error::RevisionMismatch { .. }
    );
    world.owner.set_password(user.value.id, Secret::new("long enough")).await.unwrap();
    assert!(world.viewer.read_user(user.value.id).await.unwrap().value.has_password);
    let page = world.viewer.list_users(Some("OPS"), &Paging::default().counted()).await.unwrap();
    assert_eq!(page.total, Some(1));
    world.owner.delete_user(user.value.id, None).await.unwrap();
    refused!(world.viewer.read_user(user.value.id).await, Error::NotFound { .. });
}

#[tokio::test]
async fn all_complaints_about_a_user_come_at_once() {
    let world = World::new().await;
    let bad = UserDraft { name: "a b".to_owned(), role: Role::Owner, password: Some(Secret::new("short")) };
    assert_eq!(complaints(world.owner.create_user(bad).await), ["/name Format", "/password Range"]);
    assert_eq!(complaints(world.owner.create_user(draft("system")).await), ["/name Format"]);
    assert_eq!(complaints(world.owner.create_user(draft("admin")).await), ["/name Duplicate"]);
}

#[tokio::test]
async fn the_last_enabled_owner_stays() {
    let world = World::new().await;
    let admin = world.owner.principal().user;
    for patch in [DISABLED, DEMOTED] {
        refused!(world.owner.update_user(admin, patch, None).await, Error::Refused(Refusal::LastOwner));
    }
    refused!(world.owner.delete_user(admin, None).await, Error::Refused(Refusal::LastOwner));
    let second = world.owner.create_user(draft("second")).await.unwrap().value.id;
    world.owner.update_user(second, DISABLED, None).await.unwrap();
    refused!(world.owner.delete_user(admin, None).await, Error::Refused(Refusal::LastOwner));
}

#[tokio::test]
async fn two_owners_cannot_remove_each_other() {
    let world = World::new().await;
    let admin = world.owner.principal().user;
    let second = world.owner.create_user(draft("second")).await.unwrap().value.id;
    let remove = |id: UserId| world.owner.update_user(id, DISABLED, None);
    let (one, other) = tokio::join!(remove(admin), remove(second));
    assert!(one.is_err() || other.is_err(), "nobody is left in charge");
    let users = values(world.owner.list_users(None, &Paging::default()).await.unwrap());
    assert!(users.iter().any(|user| user.enabled && user.role == Role::Owner));
}

#[tokio::test]
async fn an_access_key_shows_its_secret_once() {
    let world = World::new().await;
    let viewer = world.viewer.principal().user;
    let made = world.owner.create_access_key(viewer).await.unwrap();
    let info = made.info.value;
    let (secret, principal) = world.control.access_key(&info.key).await.unwrap().unwrap();
    assert_eq!((secret, principal.name.as_str()), (made.secret, "viewer"));
    let listed = values(world.viewer.list_access_keys(viewer, &Paging::default()).await.unwrap());
    assert_eq!(listed, std::slice::from_ref(&info));
    world.owner.disable_access_key(info.id).await.unwrap();
    assert_eq!(world.control.access_key(&info.key).await.unwrap(), None);
    world.owner.enable_access_key(info.id).await.unwrap();
    assert!(world.control.access_key(&info.key).await.unwrap().is_some());
    world.owner.delete_access_key(info.id).await.unwrap();
    assert_eq!(world.control.access_key(&info.key).await.unwrap(), None);
    refused!(world.owner.create_access_key(UserId::random()).await, Error::NotFound { .. });
}
