//! Signing in: a name and a password, five guesses, five minutes.

use std::time::Duration;

use paifang_control::{Error, UserDraft, UserPatch};
use paifang_model::{Role, Secret};

use crate::world::{World, refused};

fn wrong() -> Secret {
    Secret::new("not the password")
}

#[tokio::test]
async fn a_password_proves_who_it_is() {
    let world = World::new().await;
    let principal = world.control.sign_in("admin", world.credentials.password.clone(), None).await.unwrap();
    assert_eq!(principal, *world.owner.principal());
    refused!(world.control.sign_in("admin", wrong(), None).await, Error::WrongCredentials);
    refused!(world.control.sign_in("nobody", wrong(), None).await, Error::WrongCredentials);
    refused!(world.control.sign_in("viewer", wrong(), None).await, Error::WrongCredentials);
    refused!(
        world.control.sign_in("admin", Secret::new("x".repeat(2_000)), None).await,
        Error::WrongCredentials
    );
    let lines = world.trail().await;
    let sign_ins = lines.iter().filter(|entry| entry.line.action == "user:sign_in");
    let outcomes: Vec<_> =
        sign_ins.map(|entry| format!("{} {}", entry.line.actor, entry.line.outcome)).collect();
    assert_eq!(outcomes, ["admin done", "admin failed", "viewer failed"]);
}

#[tokio::test]
async fn after_five_wrong_passwords_none_is_looked_at_for_a_minute() {
    let world = World::new().await;
    for _ in 0..5 {
        refused!(world.control.sign_in("admin", wrong(), None).await, Error::WrongCredentials);
    }
    let right = || world.credentials.password.clone();
    let Err(Error::LockedOut { again_in }) = world.control.sign_in("admin", right(), None).await else {
        panic!("the right password was looked at");
    };
    assert_eq!(again_in, Duration::from_secs(60));
    world.clock.advance(59_999);
    refused!(world.control.sign_in("admin", right(), None).await, Error::LockedOut { .. });
    world.clock.advance(1);
    world.control.sign_in("admin", right(), None).await.unwrap();
}

#[tokio::test]
async fn a_right_password_forgives_wrong_ones() {
    let world = World::new().await;
    for _ in 0..3 {
        for _ in 0..4 {
            refused!(world.control.sign_in("admin", wrong(), None).await, Error::WrongCredentials);
        }
        world.control.sign_in("admin", world.credentials.password.clone(), None).await.unwrap();
    }
}

#[tokio::test]
async fn a_disabled_user_is_nobody() {
    let world = World::new().await;
    let password = Secret::new("hunter42!");
    let draft = UserDraft { name: "eve".to_owned(), role: Role::Owner, password: Some(password.clone()) };
    let eve = world.owner.create_user(draft).await.unwrap().value.id;
    let key = world.owner.create_access_key(eve).await.unwrap().info.value.key;
    world.control.sign_in("eve", password.clone(), None).await.unwrap();
    let off = UserPatch { enabled: Some(false), ..UserPatch::default() };
    world.owner.update_user(eve, off, None).await.unwrap();
    refused!(world.control.sign_in("eve", password, None).await, Error::WrongCredentials);
    assert_eq!(world.control.access_key(&key).await.unwrap(), None);
    assert_eq!(world.control.principal(eve).await.unwrap(), None);
}

#[tokio::test]
async fn the_operator_resets_a_password_and_ends_a_lock_out() {
    let world = World::new().await;
    for _ in 0..5 {
        refused!(world.control.sign_in("admin", wrong(), None).await, Error::WrongCredentials);
    }
    let password = world.control.reset_password("admin", None).await.unwrap();
    world.control.sign_in("admin", password, None).await.unwrap();
    refused!(
        world.control.sign_in("admin", world.credentials.password.clone(), None).await,
        Error::WrongCredentials
    );
    refused!(world.control.reset_password("nobody", None).await, Error::NotFound { .. });
    let lines = world.trail().await;
    let reset = lines.iter().find(|entry| entry.line.action == "system:reset_password").unwrap();
    assert_eq!(reset.line.actor, "system");
}
