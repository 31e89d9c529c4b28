//! ETag, If-Match, If-None-Match.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{World, pets};

#[tokio::test]
async fn the_slower_of_two_is_told_both_revisions() {
    let world = World::new().await;
    let (owner, group) = (world.owner(), world.group("alibaba").await);
    let path = format!("/groups/{group}");
    let read = owner.get(&path).await;
    let tag = read.header("etag").to_owned();
    assert_eq!(tag, format!("\"r{}\"", read.body["revision"]));

    let fast = owner.clone().with("if-match", &tag).patch(&path, json!({ "description": "fast" })).await;
    assert_eq!(fast.status, 200);
    let slow = owner.clone().with("if-match", &tag);
    let late = slow.patch(&path, json!({ "description": "slow" })).await;
    assert_snapshot!(late.problem(), @"412 revision-mismatch: group/… is not at revision 2 any more, but at 3");
    assert_eq!((late.text("/expected"), late.text("/found")), (tag.as_str(), fast.header("etag")));
    assert_eq!(slow.delete(&path).await.status, 412);
    assert_eq!(
        owner.patch(&path, json!({ "description": "last" })).await.status,
        200,
        "without it, the last wins"
    );
    let any = owner.clone().with("if-match", "*");
    assert_eq!(any.patch(&path, json!({ "description": "any" })).await.status, 200);
}

#[tokio::test]
async fn a_tag_of_something_else_matches_nothing() {
    let world = World::new().await;
    let path = format!("/groups/{}", world.group("alibaba").await);
    for tag in ["W/\"r1\"", "\"abc\"", "r1", "\"r1\", \"r2\""] {
        let refused = world.owner().with("if-match", tag).delete(&path).await;
        assert_eq!(refused.status, 412, "{tag}");
    }
    let refused = world.owner().with("if-match", "\"abc\"").delete(&path).await;
    assert_snapshot!(refused.problem(), @r#"412 revision-mismatch: If-Match is `"abc"`, and no object has that: one `ETag` is expected, as in "r42""#);
}

#[tokio::test]
async fn only_the_draft_that_was_looked_at_is_published() {
    let world = World::new().await;
    let (owner, group) = (world.owner(), world.group("alibaba").await);
    let api = world.api(&group, pets()).await;
    let tag = owner.get(&format!("/apis/{api}")).await.header("etag").to_owned();
    let mut changed = pets();
    changed["description"] = json!("changed meanwhile");
    owner.put(&format!("/apis/{api}"), changed).await;
    let deployment = format!("/apis/{api}/deployments/RELEASE");
    assert_eq!(owner.clone().with("if-match", &tag).put(&deployment, json!({})).await.status, 412);
    let tag = owner.get(&format!("/apis/{api}")).await.header("etag").to_owned();
    assert_eq!(owner.clone().with("if-match", &tag).put(&deployment, json!({})).await.status, 200);
}

#[tokio::test]
async fn what_is_known_is_not_sent_again() {
    let world = World::new().await;
    let path = format!("/groups/{}", world.group("alibaba").await);
    let owner = world.owner();
    let read = owner.get(&path).await;
    for known in
        [read.header("etag").to_owned(), format!("\"r1\", W/{}", read.header("etag")), "*".to_owned()]
    {
        let again = owner.clone().with("if-none-match", &known).get(&path).await;
        assert_eq!((again.status.as_u16(), &again.body), (304, &json!(null)), "{known}");
        assert_eq!(again.header("etag"), read.header("etag"));
    }
    let other = owner.clone().with("if-none-match", "\"r1\"").get(&path).await;
    assert_eq!(other.status, 200);
    assert_eq!(other.header("cache-control"), "private, no-cache");
}
