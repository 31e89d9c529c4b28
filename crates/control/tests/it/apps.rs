//! Apps, their keys and codes; secrets are shown when asked for, and that is remembered.

use paifang_control::{AppDraft, AppFilter, AppKeyDraft, AppPatch, Error, NewAppKey, Paging, Refusal};
use paifang_model::id::AppId;
use paifang_model::{Kind, Secret};

use crate::world::{World, complaints, refused, values};

fn named(name: &str) -> AppDraft {
    AppDraft { name: name.to_owned(), ..AppDraft::default() }
}

fn key(key: &str, secret: &str) -> AppKeyDraft {
    AppKeyDraft { key: Some(key.to_owned()), secret: Some(Secret::new(secret)) }
}

#[tokio::test]
async fn an_app_comes_with_a_key() {
    let world = World::new().await;
    let made = world.owner.create_app(&named("shop")).await.unwrap();
    let NewAppKey { info, secret } = made.key;
    assert!(info.value.key.len() == 9 && info.value.key.bytes().all(|byte| byte.is_ascii_digit()));
    assert_eq!((secret.expose().len(), made.app.value.number.to_string().len()), (32, 9));
    let id = made.app.value.id;
    assert_eq!(world.viewer.read_app(id).await.unwrap(), made.app);
    assert_eq!(world.viewer.find_app(made.app.value.number).await.unwrap(), made.app);
    refused!(world.viewer.find_app(1).await, Error::NotFound { kind: Kind::App, .. });
    assert_eq!(world.owner.reveal_app_key(id, info.value.id).await.unwrap(), secret);
    refused!(world.viewer.reveal_app_key(id, info.value.id).await, Error::Denied(_));
}

#[tokio::test]
async fn an_app_is_renamed_found_and_deleted() {
    let world = World::new().await;
    let app = world.app("shop").await;
    let patch = AppPatch { name: Some("Web_Shop".to_owned()), ..AppPatch::default() };
    let renamed = world.owner.update_app(app.value.id, patch, Some(app.revision)).await.unwrap();
    assert_eq!(renamed.value.name, "Web_Shop");
    world.app("other").await;
    let filter = AppFilter { name_contains: Some("shop".to_owned()), ..AppFilter::default() };
    let found = values(world.viewer.list_apps(&filter, &Paging::default()).await.unwrap());
    assert_eq!(found, [renamed.value]);
    assert_eq!(complaints(world.owner.create_app(&named("other")).await), ["/name Duplicate"]);
    world.owner.delete_app(app.value.id, None).await.unwrap();
    refused!(world.owner.delete_app(app.value.id, None).await, Error::NotFound { .. });
}

#[tokio::test]
async fn an_app_is_found_by_its_key() {
    let world = World::new().await;
    let made = world.owner.create_app(&named("shop")).await.unwrap();
    world.app("other").await;
    let found = world.viewer.find_app_of_key(&made.key.info.value.key).await.unwrap();
    assert_eq!(found, made.app);
    refused!(world.owner.find_app_of_key("my-own-key").await, Error::NotFound { kind: Kind::AppKey, .. });
}

#[tokio::test]
async fn keys_can_be_chosen_and_are_taken_once() {
    let world = World::new().await;
    let own = AppDraft {
        key: Some("my-own-key".to_owned()),
        secret: Some(Secret::new("my-own-secret")),
        ..named("shop")
    };
    let shop = world.owner.create_app(&own).await.unwrap();
    assert_eq!(shop.key.secret.expose(), "my-own-secret");
    let told =
        complaints(world.owner.create_app(&AppDraft { name: "thief".to_owned(), ..own.clone() }).await);
    assert_eq!(told, ["/key Duplicate"]);
    let other = world.app("other").await.value.id;
    let told = complaints(world.owner.add_app_key(other, &key("my-own-key", "another-secret")).await);
    assert_eq!(told, ["/key Duplicate"]);
    let told = complaints(world.owner.create_app(&AppDraft { name: "1".to_owned(), ..own }).await);
    assert_eq!(told, ["/name Range"]);
    let told = complaints(world.owner.add_app_key(other, &key("a", "b")).await);
    assert_eq!(told, ["/key Range", "/secret Range"]);
    let revealed = world.owner.reveal_app_key(shop.app.value.id, shop.key.info.value.id).await.unwrap();
    assert_eq!(revealed.expose(), "my-own-secret", "nobody else's attempt touched it");
}

#[tokio::test]
async fn keys_come_and_go_but_one_stays() {
    let world = World::new().await;
    let app = world.app("shop").await.value.id;
    let first = values(world.viewer.list_app_keys(app, &Paging::default()).await.unwrap())[0].id;
    refused!(world.owner.delete_app_key(app, first).await, Error::Refused(Refusal::LastAppKey));
    let second = world.owner.add_app_key(app, &AppKeyDraft::default()).await.unwrap();
    let id = second.info.value.id;
    let reset = world.owner.reset_app_secret(app, id, None).await.unwrap();
    assert_ne!(reset.secret, second.secret);
    assert_eq!(reset.info.value, second.info.value);
    let chosen = Some(Secret::new("chosen-secret"));
    world.owner.reset_app_secret(app, id, chosen.clone()).await.unwrap();
    assert_eq!(Some(world.owner.reveal_app_key(app, id).await.unwrap()), chosen);
    assert!(world.owner.check_app_secret(app, id, &Secret::new("chosen-secret")).await.unwrap());
    assert!(!world.owner.check_app_secret(app, id, &Secret::new("chosen-secre")).await.unwrap());
    refused!(world.viewer.check_app_secret(app, id, &reset.secret).await, Error::Denied(_));
    world.owner.delete_app_key(app, first).await.unwrap();
    refused!(world.owner.delete_app_key(app, id).await, Error::Refused(Refusal::LastAppKey));
    let other = world.app("other").await.value.id;
    refused!(world.owner.reveal_app_key(other, id).await, Error::NotFound { kind: Kind::AppKey, .. });
    refused!(
        world.owner.add_app_key(AppId::random(), &AppKeyDraft::default()).await,
        Error::NotFound { kind: Kind::App, .. }
    );
}

#[tokio::test]
async fn an_app_has_five_codes_at_most() {
    let world = World::new().await;
    let app = world.app("shop").await.value.id;
    let chosen = Secret::new("my-very-own-code");
    let info = world.owner.create_app_code(app, Some(chosen.clone())).await.unwrap().value;
    assert_eq!(info.masked, "my-…");
    assert_eq!(complaints(world.owner.create_app_code(app, Some(chosen.clone())).await), ["/code Duplicate"]);
    let weak = world.owner.create_app_code(app, Some(Secret::new("short"))).await;
    assert_eq!(complaints(weak), ["/code Range"]);
    for _ in 0..4 {
        world.owner.create_app_code(app, None).await.unwrap();
    }
    refused!(
        world.owner.create_app_code(app, None).await,
        Error::QuotaExceeded { kind: Kind::AppCode, limit: 5 }
    );
    assert_eq!(values(world.viewer.list_app_codes(app, &Paging::default()).await.unwrap()).len(), 5);
    refused!(world.viewer.reveal_app_code(app, info.id).await, Error::Denied(_));
    assert_eq!(world.viewer.find_app_code(chosen.clone()).await.unwrap().value, info);
    refused!(world.owner.find_app_code(Secret::new("my-very-own-cod")).await, Error::NotFound { .. });
    assert_eq!(world.owner.reveal_app_code(app, info.id).await.unwrap(), chosen);
    world.owner.delete_app_code(app, info.id).await.unwrap();
    refused!(world.owner.reveal_app_code(app, info.id).await, Error::NotFound { .. });
    refused!(world.owner.find_app_code(chosen).await, Error::NotFound { .. });
}
