//! The debugger: what is sent on whose behalf, and what may not be.

use bytes::Bytes;
use insta::assert_snapshot;
use paifang_api_native::{DebugCaller, DebugTarget};
use serde_json::json;

use crate::support::{World, pets, pets_for_apps};

#[tokio::test]
async fn a_published_api_is_called_in_release_unless_told_otherwise() {
    let world = World::new().await;
    let (owner, group) = (world.owner(), world.group("alibaba").await);
    let api = world.api(&group, pets()).await;
    let debug = format!("/apis/{api}/debug");
    assert_snapshot!(owner.post(&debug, json!({})).await.problem(), @"409 refused: the API is not online in this stage; publish it, or debug the draft");
    owner.put(&format!("/apis/{api}/deployments/RELEASE"), json!({})).await;
    assert_snapshot!(owner.post(&debug, json!({})).await.problem(), @"409 refused: the gateway does not serve this API there: it is not there yet");
    *world.debugger.answers.lock().unwrap() = Some(Bytes::from_static(b"[]"));
    let report = owner.post(&debug, json!({ "headers": [{ "name": "X-A", "value": "b" }] })).await;
    assert_snapshot!(report.shown(), @r#"200 {"request":{"method":"GET","url":"http://….apis.localhost/pets","headers":[{"name":"x-a","value":"b"}]},"status":200,"headers":[{"name":"X-Ca-Request-Id","value":"1"}],"body":"[]","body_encoding":"text","body_truncated":false,"latency_ms":3,"decisions":[{"stage":"route","what":"found","at_us":7}]}"#);
    let seen = world.debugger.seen.lock().unwrap().pop().unwrap();
    assert_eq!(
        (seen.method.as_str(), seen.path.as_str(), seen.caller),
        ("GET", "/pets", DebugCaller::Nobody)
    );
    assert!(matches!(seen.target, DebugTarget::Stage(stage) if stage.to_string().len() == 32));
    assert_eq!(owner.get("/audit?action=api:debug").await.items("outcome"), ["done", "done"]);
}

#[tokio::test]
async fn an_app_is_needed_where_dialect_and_api_ask_for_one() {
    let world = World::new().await;
    let owner = world.owner();
    *world.debugger.answers.lock().unwrap() = Some(Bytes::from_static(b"\xff"));
    let draft = json!({ "target": { "kind": "draft" } });

    let group = world.group("huawei").await;
    let api = world.api(&group, pets_for_apps()).await;
    let report = owner.post(&format!("/apis/{api}/debug"), draft.clone()).await;
    assert_eq!((report.text("/body"), report.text("/body_encoding")), ("/w==", "base64"));
    let seen = world.debugger.seen.lock().unwrap().pop().unwrap();
    assert_eq!(seen.caller, DebugCaller::Waived);
    assert!(matches!(seen.target, DebugTarget::Draft(_)));

    let group = world.group("alibaba").await;
    let api = world.api(&group, pets_for_apps()).await;
    let debug = format!("/apis/{api}/debug");
    assert_snapshot!(owner.post(&debug, draft).await.problem(), @r"
    422 invalid: /authentication: the API asks for an app: name one that it is granted to
    /authentication (required): the API asks for an app: name one that it is granted to
    ");

    let app = owner.post("/apps", json!({ "name": "cat_lovers" })).await;
    let signed = json!({ "kind": "app_key", "app": app.id() });
    let call = json!({ "target": { "kind": "draft" }, "authentication": signed });
    assert_eq!(owner.post(&debug, call).await.status, 200);
    let seen = world.debugger.seen.lock().unwrap().pop().unwrap();
    let DebugCaller::AppKey { key, secret } = seen.caller else { panic!("{:?}", seen.caller) };
    assert_eq!((key.as_str(), secret.expose()), (app.text("/key/key"), app.text("/key/secret")));

    let coded = json!({ "kind": "app_code", "app": app.id() });
    let call = json!({ "target": { "kind": "draft" }, "authentication": coded });
    assert_snapshot!(owner.post(&debug, call).await.problem(), @r"
    422 invalid: /authentication/code: there is no such app, or it has no such code
    /authentication/code (unknown): there is no such app, or it has no such code
    ");
}

#[tokio::test]
async fn a_call_that_cannot_be_sent_is_told_why() {
    let world = World::new().await;
    let (owner, group) = (world.owner(), world.group("alibaba").await);
    let mut definition = pets();
    definition["request"]["path"] = json!("/pets/[id]");
    definition["parameters"] = json!([{ "name": "id", "location": "path", "required": true }]);
    let api = world.api(&group, definition).await;
    let call = json!({ "target": { "kind": "draft" }, "body": "?", "body_encoding": "base64" });
    assert_snapshot!(owner.post(&format!("/apis/{api}/debug"), call).await.problem(), @r"
    422 invalid: there are 2 complaints
    /path (required): the API's path is `/pets/[id]`: say what stands for its parameters
    /body (format): it is not base64: Invalid symbol 63, offset 0.
    ");
    let call = json!({
        "target": { "kind": "draft" }, "method": "GET PETS", "path": "/pets/1?a=b",
        "headers": [{ "name": "fine", "value": "fine" }, { "name": "a b", "value": "a\r\nb" }],
    });
    assert_snapshot!(owner.post(&format!("/apis/{api}/debug"), call).await.problem(), @r"
    422 invalid: there are 4 complaints
    /method (format): `GET PETS` is not a method (RFC 9110 §9.1)
    /path (format): `/pets/1?a=b` must start with `/`, be encoded, and have no query
    /headers/1/name (format): `a b` is not a header name (RFC 9110 §5.1)
    /headers/1/value (format): `a##b` is not a header value (RFC 9110 §5.5)
    ");
    let call =
        json!({ "target": { "kind": "draft" }, "path": "/pets/1", "body": "x".repeat(512 * 1024 + 1) });
    assert_snapshot!(owner.post(&format!("/apis/{api}/debug"), call).await.problem(), @r"
    422 invalid: /body: 524289 bytes are too many: 524288 are allowed
    /body (range): 524289 bytes are too many: 524288 are allowed
    ");
}
