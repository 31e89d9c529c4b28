//! Probes, metrics, and the console for people.

use insta::assert_snapshot;

use crate::support::World;

#[tokio::test]
async fn probes_need_no_credentials() {
    let world = World::new().await;
    let nobody = world.nobody();
    assert_snapshot!(nobody.get("//healthz").await.shown(), @r#"200 {"alive":true}"#);
    assert_snapshot!(nobody.get("//readyz").await.shown(), @r#"503 {"ready":false,"reasons":["no configuration is served yet"]}"#);
    *world.observer.ready.lock().unwrap() = true;
    assert_snapshot!(nobody.get("//readyz").await.shown(), @r#"200 {"ready":true,"reasons":[]}"#);
    let metrics = nobody.get("//metrics").await;
    assert_eq!(metrics.body, "# EOF\n");
}

#[tokio::test]
async fn browsers_find_the_console() {
    let world = World::new().await;
    let browser = world.nobody().with("accept", "text/html,application/xhtml+xml");
    let root = browser.get("//").await;
    assert_eq!((root.status.as_u16(), root.header("location")), (303, "/console/"));
    let page = browser.get("//console/").await;
    assert_eq!(page.status, 200);
    assert!(page.body.as_str().unwrap().contains("<title>Paifang</title>"));
    assert!(page.header("content-security-policy").contains("default-src 'self'"));
    let deep = browser.get("//console/groups/0123").await;
    assert_eq!(deep.body, page.body);
    assert_snapshot!(world.nobody().get("//").await.problem(), @"404 no-such-route: the interface is described at /api/v1/openapi.json");
}
