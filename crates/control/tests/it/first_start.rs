//! The first start makes what nobody could make otherwise, once.

use std::sync::Arc;

use paifang_control::{AcceptAll, FirstOwner, FirstStart, FrozenClock, Paging, StageFilter};
use paifang_model::limits::Profile;
use paifang_model::{Dialect, Role, Secret};

use crate::world::{NOW, World, complaints, empty, values};

#[tokio::test]
async fn an_empty_store_gets_an_owner_a_key_and_the_stages() {
    let world = World::new().await;
    let credentials = &world.credentials;
    assert_eq!(credentials.user, "admin");
    assert_eq!(credentials.account.to_string().len(), 16);
    assert_eq!(credentials.access_key.len(), 20);
    assert_eq!(world.owner.read_account().await.unwrap().value.number, credentials.account);
    let (secret, principal) = world.control.access_key(&credentials.access_key).await.unwrap().unwrap();
    assert_eq!(secret, credentials.access_key_secret);
    assert_eq!((principal.name.as_str(), principal.role), ("admin", Role::Owner));
    let mut stages = Vec::new();
    for dialect in Dialect::ALL {
        let filter = StageFilter { dialect: Some(dialect), ..StageFilter::default() };
        let page = world.viewer.list_stages(&filter, &Paging::default()).await.unwrap();
        stages.extend(values(page).into_iter().map(|stage| format!("{dialect} {}", stage.name)));
    }
    stages.sort();
    assert_eq!(stages, ["alibaba PRE", "alibaba RELEASE", "alibaba TEST", "huawei RELEASE"]);
}

#[tokio::test]
async fn a_second_start_changes_nothing() {
    let world = World::new().await;
    let trail = world.trail().await.len();
    assert_eq!(world.control.first_start(FirstOwner::default()).await.unwrap(), FirstStart::NotFirst);
    assert_eq!(world.trail().await.len(), trail);
}

#[tokio::test]
async fn of_two_nodes_that_start_at_once_one_makes_the_owner() {
    let clock = Arc::new(FrozenClock::at(NOW));
    let control = empty(&clock, Arc::new(AcceptAll), Profile::Own).await;
    let (one, other) =
        tokio::join!(control.first_start(FirstOwner::default()), control.first_start(FirstOwner::default()));
    let made = [one.unwrap(), other.unwrap()].into_iter().filter(|start| *start != FirstStart::NotFirst);
    assert_eq!(made.count(), 1);
}

#[tokio::test]
async fn the_owner_can_be_given_its_credentials() {
    let clock = Arc::new(FrozenClock::at(NOW));
    let control = empty(&clock, Arc::new(AcceptAll), Profile::Own).await;
    let weak = FirstOwner {
        password: Some(Secret::new("short")),
        access_key: Some(("has space".to_owned(), Secret::new("short"))),
    };
    let told = complaints(control.first_start(weak).await);
    assert_eq!(told, ["/password Range", "/access_key/key Format", "/access_key/secret Range"]);
    let given = FirstOwner {
        password: Some(Secret::new("correct horse")),
        access_key: Some(("TESTKEY1".to_owned(), Secret::new("0123456789abcdef"))),
    };
    control.first_start(given).await.unwrap();
    assert_eq!(control.sign_in("admin", Secret::new("correct horse"), None).await.unwrap().name, "admin");
    let (secret, _) = control.access_key("TESTKEY1").await.unwrap().unwrap();
    assert_eq!(secret.expose(), "0123456789abcdef");
}
