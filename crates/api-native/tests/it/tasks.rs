//! Tasks: made, followed, canceled; each item has its own result.

use insta::assert_snapshot;
use paifang_control::TaskRunner;
use paifang_model::Id;
use serde_json::json;

use crate::support::{World, pets};

#[tokio::test]
async fn a_task_is_made_followed_and_done() {
    let world = World::new().await;
    let (owner, group) = (world.owner(), world.group("alibaba").await);
    let (api, stage) = (world.api(&group, pets()).await, world.stage("alibaba", "RELEASE").await);
    let nobody = "0".repeat(32);
    let items = json!([{ "api": api, "stage": stage }, { "api": nobody, "stage": stage }]);
    let made = owner.post("/tasks", json!({ "kind": "deploy_apis", "items": items, "remark": "all" })).await;
    let path = format!("/tasks/{}", made.id());
    assert_eq!((made.status.as_u16(), made.header("location")), (202, format!("/api/v1{path}").as_str()));
    assert_snapshot!(owner.get(&path).await.shown(), @r#"200 {"id":"…","kind":"deploy_apis","made_by":"…","actor":"admin","state":"open","created_at":1767225600000,"items":2,"counts":{"waiting":2,"done":0,"skipped":0,"failed":0,"canceled":0}}"#);
    TaskRunner::new(world.control.clone(), Id::random()).work_off().await.unwrap();
    assert_snapshot!(owner.get(&path).await.shown(), @r#"200 {"id":"…","kind":"deploy_apis","made_by":"…","actor":"admin","state":"done","created_at":1767225600000,"ended_at":1767225600000,"items":2,"counts":{"waiting":0,"done":1,"skipped":0,"failed":1,"canceled":0}}"#);
    assert_snapshot!(owner.get(&format!("{path}/items?limit=1")).await.body["items"][0]["state"], @r#""done""#);
    assert_snapshot!(owner.get(&format!("{path}/items?state=failed")).await.shown(), @r#"200 {"items":[{"number":1,"api":"…","stage":"…","state":"failed","reason":{"type":"urn:paifang:problem:not-found","detail":"there is no api `…`"},"settled_at":1767225600000}],"next":null}"#);
    let next = owner.get(&format!("{path}/items?limit=1")).await.text("/next").to_owned();
    let second = owner.get(&format!("{path}/items?cursor={next}")).await;
    assert_eq!((&second.body["items"][0]["number"], &second.body["next"]), (&json!(1), &json!(null)));
    let serves = owner.get(&format!("/apis/{api}/deployments/RELEASE")).await;
    assert_eq!(serves.body["online"], true);
    assert_snapshot!(owner.post(&format!("{path}/cancel"), json!({})).await.problem(), @"409 refused: the task has ended");
}

#[tokio::test]
async fn what_fails_is_told_as_if_it_had_been_asked_alone() {
    let world = World::new().await;
    let (owner, group) = (world.owner(), world.group("huawei").await);
    let (api, stage) = (world.api(&group, pets()).await, world.stage("alibaba", "RELEASE").await);
    let items = json!([{ "api": api, "stage": stage }]);
    let made = owner.post("/tasks", json!({ "kind": "deploy_apis", "items": items })).await;
    TaskRunner::new(world.control.clone(), Id::random()).work_off().await.unwrap();
    let item = owner.get(&format!("/tasks/{}/items", made.id())).await;
    let alone = owner.put(&format!("/apis/{api}/deployments/{stage}"), json!({})).await;
    for member in ["type", "detail", "violations"] {
        assert_eq!(item.body["items"][0]["reason"][member], alone.body[member], "{member}");
    }
}

#[tokio::test]
async fn tasks_are_listed_and_canceled() {
    let world = World::new().await;
    let owner = world.owner();
    let delete = json!({ "kind": "delete_apis", "items": [{ "api": "0".repeat(32) }] });
    let first = owner.post("/tasks", delete.clone()).await.id();
    world.clock.advance(1);
    let second = owner.post("/tasks", delete).await.id();
    let canceled = owner.post(&format!("/tasks/{first}/cancel"), json!({})).await;
    assert_eq!((canceled.text("/state"), &canceled.body["counts"]["canceled"]), ("canceled", &json!(1)));
    assert_eq!(owner.get("/tasks").await.items("id"), [second.as_str(), first.as_str()]);
    assert_eq!(owner.get("/tasks?state=open").await.items("id"), [second.as_str()]);
    assert_eq!(owner.get("/tasks?state=canceled&kind=delete_apis").await.items("id"), [first.as_str()]);
    assert_eq!(owner.get("/tasks?kind=deploy_apis").await.body["items"], json!([]));
    let reader = world.reader().await;
    assert_eq!(reader.get(&format!("/tasks/{first}")).await.status, 200);
    assert_eq!(reader.post(&format!("/tasks/{second}/cancel"), json!({})).await.status, 403);
    assert_snapshot!(owner.get("/tasks?state=gone&limit=501").await.problem(), @r"
    400 query: there are 2 complaints
    ?state (unknown): unknown variant `gone`, expected one of `open`, `done`, `canceled`
    ?limit (range): 1 to 500 are allowed
    ");
    assert_eq!(owner.get(&format!("/tasks/{}/items", "0".repeat(32))).await.status, 404);
}

#[tokio::test]
async fn complaints_name_the_item() {
    let world = World::new().await;
    let post = async |body| world.owner().post("/tasks", body).await.problem();
    let nobody = "0".repeat(32);
    let wrong = json!({ "kind": "create_grants", "until": 1, "items": [
        { "api": nobody }, { "app": nobody, "api": nobody, "stage": nobody }, { "grant": nobody },
    ] });
    assert_snapshot!(post(wrong).await, @r"
    422 invalid: there are 7 complaints
    /until (range): 1 is over: it must be later than now, 1767225600000
    /items/0/stage (required): create_grants needs it
    /items/0/app (required): create_grants needs it
    /items/2/api (required): create_grants needs it
    /items/2/stage (required): create_grants needs it
    /items/2/app (required): create_grants needs it
    /items/2/grant (conflict): create_grants has none
    ");
    assert_snapshot!(post(json!({ "kind": "delete_apis", "items": [{ "api": "pets" }] })).await, @r"
    422 invalid: /items/0/api: an id is 32 hexadecimal digits
    /items/0/api (format): an id is 32 hexadecimal digits
    ");
    assert_snapshot!(post(json!({ "kind": "paint", "items": [] })).await, @r"
    422 invalid: /kind: unknown variant `paint`, expected one of `deploy_apis`, `follow_backend_services`, `follow_backend_accesses`, `take_apis_offline`, `delete_apis`, `create_grants`, `revoke_grants`
    /kind (unknown): unknown variant `paint`, expected one of `deploy_apis`, `follow_backend_services`, `follow_backend_accesses`, `take_apis_offline`, `delete_apis`, `create_grants`, `revoke_grants`
    ");
    assert_eq!(world.owner().get("/tasks").await.body["items"], json!([]));
}
