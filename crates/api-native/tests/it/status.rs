//! How the gateway is, and whose it is.

use insta::assert_snapshot;

use crate::support::World;

#[tokio::test]
async fn the_status_tells_how_far_changes_are_served() {
    let world = World::new().await;
    assert_snapshot!(world.owner().get("/status").await.shown(), @r#"200 {"version":"1.2.3","ready":false,"not_ready_because":["no configuration is served yet"],"served_revision":1,"committed_revision":1,"set_aside":[{"key":"version/1","reason":"it does not compile"}],"limits":"own","region":"local","base_domain":"apis.localhost"}"#);
    world.group("alibaba").await;
    *world.observer.ready.lock().unwrap() = true;
    let status = world.owner().get("/status").await;
    assert_eq!((&status.body["ready"], &status.body["committed_revision"]), (&true.into(), &2.into()));
}

#[tokio::test]
async fn the_account_is_shown() {
    let world = World::new().await;
    let account = world.owner().get("/account").await;
    assert_eq!(account.text("/name"), "default");
    assert!(account.body["number"].as_u64().unwrap() >= 10_u64.pow(15));
}
