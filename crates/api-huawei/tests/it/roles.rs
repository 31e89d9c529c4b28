//! What a user who may only look is told.

use insta::assert_snapshot;
use paifang_control::UserDraft;
use paifang_model::Role;
use serde_json::json;

use crate::support::{Client, World, pets};

#[tokio::test]
async fn readers_look_and_see_no_secrets() {
    let world = World::new().await;
    let (group, app) = (world.group("grp_1").await, world.app("caller").await);
    let api = world.api(&group, pets()).await;
    let code = world.owner().put(&format!("apps/{app}/app-codes"), json!({})).await;
    let behind = world.behind().await;
    let draft = UserDraft { name: "reader".to_owned(), role: Role::ReadOnly, password: None };
    let user = behind.create_user(draft).await.unwrap().value.id;
    let key = behind.create_access_key(user).await.unwrap();
    let secret = key.secret.expose().to_owned();
    let reader = Client::signing(world.router.clone(), world.clock.clone(), &key.info.value.key, &secret);
    assert_eq!(reader.get("apis").await.column("apis", "id"), [api.as_str()]);
    let shown = reader.get(&format!("apps/{app}")).await;
    assert!(shown.body.get("app_secret").is_none() && shown.body.get("app_key").is_some());
    let codes = reader.get(&format!("apps/{app}/app-codes")).await;
    let masked = codes.column("app_codes", "app_code");
    assert_eq!(masked, [format!("{}…", &code.text("/app_code")[..3])]);
    assert_eq!(reader.delete(&format!("apis/{api}")).await.code(), "403 APIG.1020");
    assert_snapshot!(reader.post("api-groups", json!({ "name": "mine" })).await.code(), @"403 APIG.1020");
}
