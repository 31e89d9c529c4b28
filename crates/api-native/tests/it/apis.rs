//! An API's life: draft, published, switched back, restored, offline, deleted.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{World, pets};

#[tokio::test]
async fn a_draft_is_made_edited_and_found() {
    let world = World::new().await;
    let (owner, group) = (world.owner(), world.group("alibaba").await);
    let made = owner.post(&format!("/groups/{group}/apis"), pets()).await;
    let path = format!("/apis/{}", made.id());
    assert_eq!(made.status, 201);
    assert_eq!(made.header("location"), format!("/api/v1{path}"));

    let mut definition = owner.get(&path).await.body["definition"].clone();
    definition["description"] = json!("every pet there is");
    let edited = owner.put(&path, definition).await;
    assert_eq!(edited.text("/definition/description"), "every pet there is");

    for query in ["search=PETS", "path=%2Fpet", "name=list_pets"] {
        assert_eq!(owner.get(&format!("/apis?{query}")).await.items("group"), [group.as_str()], "{query}");
        assert_eq!(
            owner.get(&format!("/groups/{group}/apis?{query}")).await.items("group"),
            [group.as_str()]
        );
    }
    assert_eq!(owner.get("/apis?search=cars").await.body["items"], json!([]));
    assert_eq!(owner.delete(&path).await.status, 204);
}

#[tokio::test]
async fn a_definition_is_judged_as_a_whole() {
    let world = World::new().await;
    let group = world.group("alibaba").await;
    let definition = json!({
        "name": "a",
        "request": { "method": "GET", "path": "/pets/[id]", "protocols": [] },
        "auth": { "kind": "app", "signature_methods": ["hmac_sha1"] },
        "backend": { "kind": "http", "timeout_ms": 0,
            "to": { "kind": "channel", "channel": "0123456789abcdef0123456789abcdef" } },
        "tags": ["one", "one"],
    });
    let refused = world.owner().post(&format!("/groups/{group}/apis"), definition).await;
    assert_snapshot!(refused.problem(), @r"
    422 invalid: there are 7 complaints
    /name (range): `a` has 1 characters, but 4 to 50 are allowed
    /request/protocols (required): name at least one protocol
    /auth/signature_methods (required): `hmac_sha256` is always accepted: name it
    /request/path (unknown): the path names `id`, which is not among the path parameters
    /backend/timeout_ms (range): 0 ms is out of range: 1 to 600000 are allowed
    /tags/1 (duplicate): the tag `one` is there twice
    /backend/to/channel (unknown): there is no channel `…`
    ");
}

#[tokio::test]
async fn an_api_is_published_switched_back_and_taken_offline() {
    let world = World::new().await;
    let (owner, group) = (world.owner(), world.group("alibaba").await);
    let api = world.api(&group, pets()).await;
    let deployment = format!("/apis/{api}/deployments/release");

    let first = owner.put(&deployment, json!({ "remark": "the first" })).await;
    assert_eq!(first.status, 200, "{}", first.shown());
    assert_eq!(first.body["version"]["number"], 1);
    assert_eq!(first.body["deployment"]["online"], true);
    let shown = owner.get(&deployment).await;
    assert_eq!(shown.header("etag"), first.header("etag"));
    assert_eq!(shown.body["revision"], first.body["revision"]);

    let mut changed = pets();
    changed["backend"]["body"] = json!("[1]");
    owner.put(&format!("/apis/{api}"), changed).await;
    assert_eq!(owner.put(&deployment, json!({})).await.body["version"]["number"], 2);
    let compared = owner.get(&format!("/apis/{api}/compare?from=1&to=draft")).await;
    assert_snapshot!(compared.shown(), @r#"200 {"differences":[{"pointer":"/backend/body","before":"[]","after":"[1]"}]}"#);

    let switched = owner.post(&format!("{deployment}/switch"), json!({ "version": 1 })).await;
    assert_eq!(switched.body["version"]["number"], 1);
    assert_snapshot!(owner.post(&format!("{deployment}/switch"), json!({ "version": 7 })).await.problem(), @"404 not-found: there is no version `7`");

    let versions = owner.get(&format!("/apis/{api}/versions?stage=RELEASE&count=true")).await;
    let numbers: Vec<_> =
        versions.body["items"].as_array().unwrap().iter().map(|item| &item["number"]).collect();
    assert_eq!(numbers, [2, 1]);
    assert_eq!(versions.body["total"], 2);
    assert_eq!(versions.body["items"][1]["serves"], json!([world.stage("alibaba", "RELEASE").await]));
    assert_eq!(owner.get(&format!("/apis/{api}/versions/1")).await.text("/remark"), "the first");

    let restored = owner.post(&format!("/apis/{api}/versions/1/restore"), json!({})).await;
    assert_eq!(restored.text("/definition/backend/body"), "[]");
    assert_eq!(owner.get("/deployments?online=true").await.items("api"), [api.as_str()]);
    assert_snapshot!(owner.delete(&format!("/apis/{api}")).await.problem(), @"409 in-use: api/… is needed by 1 others, deployment/… among them");

    assert_eq!(owner.delete(&deployment).await.body["online"], false);
    assert_snapshot!(owner.delete(&deployment).await.problem(), @"409 refused: the API is not online in this stage");
    assert_eq!(owner.get(&format!("/apis/{api}/deployments")).await.items("api"), [api.as_str()]);
    assert_eq!(owner.delete(&format!("/apis/{api}")).await.status, 204);
}

#[tokio::test]
async fn a_stage_is_known_by_the_rules_of_the_dialect() {
    let world = World::new().await;
    let (owner, group) = (world.owner(), world.group("huawei").await);
    let api = world.api(&group, pets()).await;
    let exact = owner.put(&format!("/apis/{api}/deployments/release"), json!({})).await;
    assert_snapshot!(exact.problem(), @"404 not-found: there is no stage `release`");
    let foreign = world.stage("alibaba", "PRE").await;
    let foreign = owner.put(&format!("/apis/{api}/deployments/{foreign}"), json!({})).await;
    assert_snapshot!(foreign.problem(), @r"
    422 invalid: /stage: the stage `PRE` is for groups of alibaba, and this one is of huawei
    /stage (conflict): the stage `PRE` is for groups of alibaba, and this one is of huawei
    ");
    assert_eq!(owner.put(&format!("/apis/{api}/deployments/RELEASE"), json!({})).await.status, 200);
}

#[tokio::test]
async fn a_comparison_needs_two_sides() {
    let world = World::new().await;
    let group = world.group("alibaba").await;
    let api = world.api(&group, pets()).await;
    let refused = world.owner().get(&format!("/apis/{api}/compare?from=one")).await;
    assert_snapshot!(refused.problem(), @r"
    400 query: there are 2 complaints
    ?from (format): a version's number or `draft` is expected
    ?to (required): name a version's number or `draft`
    ");
}

/// Backend policies stand in the definition: judged with it, shown as they were sent, and frozen with a version.
#[tokio::test]
async fn backend_policies_are_posted_with_their_api() {
    let world = World::new().await;
    let (owner, group) = (world.owner(), world.group("huawei").await);
    let policy = |name: &str, condition: serde_json::Value| {
        json!({
            "name": name, "effect_mode": "any", "conditions": [condition],
            "backend": { "kind": "mock", "status": 200, "body": "beta" },
        })
    };
    let source = json!({ "of": "source", "addresses": ["10.0.0.0/8"] });
    let mut definition = pets();
    definition["parameters"] = json!([{ "name": "edition", "location": "query" }]);
    let wrong = json!({ "of": "parameter", "name": "Edition", "is": { "kind": "exact", "value": "2" } });
    definition["backend_policies"] = json!([policy("b", source.clone()), policy("beta", wrong)]);
    let path = format!("/groups/{group}/apis");
    let refused = owner.post(&path, definition.clone()).await;
    assert_snapshot!(refused.problem(), @r"
    422 invalid: there are 2 complaints
    /backend_policies/0/name (range): `b` has 1 characters, but 3 to 64 are allowed
    /backend_policies/1/conditions/0/name (unknown): `Edition` is not among the request parameters
    ");
    let edition =
        json!({ "of": "parameter", "name": "edition", "is": { "kind": "enum", "values": ["2", "3"] } });
    definition["backend_policies"] = json!([policy("inside", source), policy("beta", edition)]);
    let made = owner.post(&path, definition.clone()).await;
    assert_eq!(made.status, 201, "{}", made.shown());
    let api = format!("/apis/{}", made.id());
    let shown = |definition: &serde_json::Value| {
        let policies = definition["backend_policies"].as_array().unwrap();
        let line = |policy: &serde_json::Value| {
            format!(
                "{} {} {} {}",
                policy["name"], policy["effect_mode"], policy["conditions"], policy["backend"]["body"]
            )
        };
        policies.iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(shown(&owner.get(&api).await.body["definition"]), shown(&definition));
    let deployed = owner.put(&format!("{api}/deployments/RELEASE"), json!({})).await;
    assert_eq!(deployed.status, 200, "{}", deployed.shown());
    let mut without = definition.clone();
    without["backend_policies"] = json!([]);
    assert_eq!(owner.put(&api, without).await.status, 200);
    let version = owner.get(&format!("{api}/versions/1")).await;
    assert_eq!(shown(&version.body["definition"]), shown(&definition), "{}", version.shown());
}
