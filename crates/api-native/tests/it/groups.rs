//! Groups, their domains, and what is told when a group breaks rules.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{World, pets};

#[tokio::test]
async fn a_group_is_made_changed_and_deleted() {
    let world = World::new().await;
    let owner = world.owner();
    let made = owner.post("/groups", json!({ "dialect": "alibaba", "name": "pet_shop" })).await;
    let group = made.id();
    assert_eq!(made.status, 201);
    assert_eq!(made.header("location"), format!("/api/v1/groups/{group}"));
    assert_eq!(made.text("/subdomain"), format!("{group}.apis.localhost"));
    assert_snapshot!(made.shown(), @r#"201 {"id":"…","account":"…","dialect":"alibaba","name":"pet_shop","description":"","base_path":"/","subdomain":"….apis.localhost","subdomain_enabled":true,"app_code":"disabled","passthrough_headers":[],"revision":2,"created_at":1767225600000,"updated_at":1767225600000}"#);

    let path = format!("/groups/{group}");
    let patched = owner.patch(&path, json!({ "description": "cats, dogs", "calls_per_second": 9 })).await;
    assert_eq!(patched.body["calls_per_second"], 9);
    let patched = owner.patch(&path, json!({ "calls_per_second": null })).await;
    assert_eq!(patched.body.get("calls_per_second"), None, "null takes it away");
    assert_eq!(patched.text("/description"), "cats, dogs", "what is not named stays");
    assert_eq!(owner.get(&path).await.body, patched.body);

    assert_eq!(owner.delete(&path).await.status, 204);
    assert_snapshot!(owner.get(&path).await.problem(), @"404 not-found: there is no group `…`");
}

#[tokio::test]
async fn all_complaints_come_at_once() {
    let world = World::new().await;
    let draft = json!({
        "dialect": "alibaba", "name": "1", "base_path": "pets", "app_code": "inherit",
        "passthrough_headers": ["fine", "not fine"], "calls_per_second": 0,
    });
    assert_snapshot!(world.owner().post("/groups", draft).await.problem(), @r"
    422 invalid: there are 5 complaints
    /name (range): `1` has 1 characters, but 4 to 50 are allowed
    /base_path (format): the path `pets` must start with `/`
    /passthrough_headers/1 (format): `not fine` is not a header name (RFC 9110 §5.1)
    /app_code (format): `inherit` is for APIs; a group says `disabled`, `header` or `header_or_query`
    /calls_per_second (range): 0 calls per second would refuse every call
    ");
}

#[tokio::test]
async fn a_name_is_taken_once_per_dialect() {
    let world = World::new().await;
    let owner = world.owner();
    for dialect in ["alibaba", "huawei"] {
        assert_eq!(
            owner.post("/groups", json!({ "dialect": dialect, "name": "pet_shop" })).await.status,
            201
        );
    }
    let again = owner.post("/groups", json!({ "dialect": "huawei", "name": "pet_shop" })).await;
    assert_snapshot!(again.problem(), @r"
    409 taken: /name: `pet_shop` is taken by group/…
    /name (duplicate): `pet_shop` is taken by group/…
    ");
}

#[tokio::test]
async fn a_group_with_apis_stays() {
    let world = World::new().await;
    let group = world.group("alibaba").await;
    let api = world.api(&group, pets()).await;
    let refused = world.owner().delete(&format!("/groups/{group}")).await;
    assert_snapshot!(refused.problem(), @"409 in-use: group/… is needed by 1 others, api/… among them");
    assert_eq!(refused.body["needed_by"], json!([format!("api/{api}")]));
    assert_eq!(refused.body["count"], 1);
}

#[tokio::test]
async fn a_domain_is_bound_fixed_freed_and_unbound() {
    let world = World::new().await;
    let (owner, group) = (world.owner(), world.group("alibaba").await);
    let (release, foreign) =
        (world.stage("alibaba", "RELEASE").await, world.stage("huawei", "RELEASE").await);
    let domains = format!("/groups/{group}/domains");
    let bound = owner.post(&domains, json!({ "host": "Pets.Example.com." })).await;
    assert_eq!(bound.header("location"), "/api/v1/domains/pets.example.com");
    assert_snapshot!(bound.shown(), @r#"201 {"id":"…","group":"…","host":"pets.example.com","revision":3,"created_at":1767225600000,"updated_at":1767225600000}"#);

    let path = "/domains/pets.example.com";
    assert_eq!(owner.patch(path, json!({ "stage": release })).await.text("/stage"), release);
    assert_snapshot!(owner.patch(path, json!({ "stage": foreign })).await.problem(), @r"
    422 invalid: /stage: the stage `RELEASE` is for groups of huawei, and this one is of alibaba
    /stage (conflict): the stage `RELEASE` is for groups of huawei, and this one is of alibaba
    ");
    assert_eq!(owner.patch(path, json!({})).await.text("/stage"), release, "what is not named stays");
    assert_eq!(owner.patch(path, json!({ "stage": null })).await.body.get("stage"), None);

    let other = world.group("huawei").await;
    let again = owner.post(&format!("/groups/{other}/domains"), json!({ "host": "pets.example.com" })).await;
    assert_snapshot!(again.problem(), @r"
    409 taken: /host: `pets.example.com` is taken by domain/…
    /host (duplicate): `pets.example.com` is taken by domain/…
    ");
    let own = owner.post(&domains, json!({ "host": "x.apis.localhost" })).await;
    assert_snapshot!(own.problem(), @r"
    422 invalid: /host: `x.apis.localhost` lies below `apis.localhost`, where groups have their subdomains
    /host (conflict): `x.apis.localhost` lies below `apis.localhost`, where groups have their subdomains
    ");

    assert_eq!(owner.get(&domains).await.items("host"), ["pets.example.com"]);
    assert_eq!(owner.get(&format!("/domains?group={other}")).await.items("host"), [""; 0]);
    assert_eq!(owner.delete(path).await.status, 204);
    assert_snapshot!(owner.get(path).await.problem(), @"404 not-found: there is no domain `pets.example.com`");
    assert_snapshot!(owner.get("/domains/a..b").await.problem(), @"404 not-found: `a..b` is not a host name: a label has 1 to 63 characters");
}
