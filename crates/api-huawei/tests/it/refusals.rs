//! What a definition cannot say, all at once.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{World, pets};

async fn refused(world: &World, change: impl FnOnce(&mut Value)) -> String {
    let group = world.owner().get("api-groups").await.column("groups", "id").remove(0);
    let mut body = pets();
    body["group_id"] = json!(group);
    change(&mut body);
    world.owner().post("apis", body).await.error()
}

#[tokio::test]
async fn everything_wrong_is_told_at_once() {
    let world = World::new().await;
    world.group("grp_1").await;
    let told = refused(&world, |body| {
        *body = json!({ "group_id": "x", "name": "ab", "type": 3, "req_method": "FETCH", "cors": "yes" });
    });
    assert_snapshot!(told.await, @"400 APIG.2011 Invalid parameter value,parameterName:type. Please refer to the support documentation (type: it is 3, but 1 and 2 are allowed; req_method: `FETCH` is none of: GET, POST, PUT, DELETE, HEAD, PATCH, OPTIONS, ANY; req_protocol: it is missing; req_uri: it is missing; cors: it is not true or false; auth_type: it is missing; backend_type: it is missing; name: `ab` has 2 characters, but 3 to 255 are allowed)");
}

#[tokio::test]
async fn parameters_fit_together() {
    let world = World::new().await;
    world.group("grp_1").await;
    let path = refused(&world, |body| body["req_uri"] = json!("/pets/{id}"));
    assert_snapshot!(path.await, @"400 APIG.2026 The request path parameters are not defined (req_uri: the path names `id`, which is not among the path parameters)");
    let mapped = refused(&world, |body| {
        body["backend_params"] =
            json!([{ "name": "a", "location": "QUERY", "origin": "REQUEST", "value": "b" }]);
    });
    assert_snapshot!(mapped.await, @"400 APIG.2028 The request parameters mapped to the backend parameters are not defined (backend_params[0].value: `b` is not among the request parameters)");
    let backend_path = refused(&world, |body| {
        body["backend_type"] = json!("HTTP");
        body["backend_api"] = json!({ "url_domain": "b.example.com", "req_protocol": "HTTP", "req_method": "GET",
            "req_uri": "/{x}", "timeout": 600_001, "retry_count": "11" });
    });
    assert_snapshot!(backend_path.await, @"400 APIG.2011 Invalid parameter value,parameterName:backend_api.retry_count. Please refer to the support documentation (backend_api.retry_count: `11` is not a number from -1 to 10; backend_api.timeout: 600001 ms is out of range: 1 to 600000 are allowed; backend_api.req_uri: the backend path names `x`, to which no path parameter of the backend belongs)");
    let twice = refused(&world, |body| {
        body["req_params"] = json!([
            { "name": "a", "location": "QUERY", "type": "STRING" },
            { "name": "A", "location": "HEADER", "type": "STRING" },
            { "name": "x-stage", "location": "HEADER", "type": "STRING" },
        ]);
    });
    assert_snapshot!(twice.await, @"400 APIG.3209 The parameter name already exists (req_params[1].name: the name `A` is there twice; req_params[2].name: the name `x-stage` is not allowed there: the gateway keeps `x-stage`, `x-apig-…` and `x-sdk-…` for itself)");
    let system = refused(&world, |body| {
        body["backend_params"] =
            json!([{ "name": "a", "location": "HEADER", "origin": "SYSTEM", "value": "$context.other" }]);
    });
    assert_snapshot!(system.await, @"400 APIG.2011 Invalid parameter value,parameterName:backend_params[0].value. Please refer to the support documentation (backend_params[0].value: `$context.other` is not a system parameter)");
}

#[tokio::test]
async fn what_is_coming_is_refused() {
    let world = World::new().await;
    world.group("grp_1").await;
    let told = refused(&world, |body| {
        body["auth_type"] = json!("IAM");
        body["authorizer_id"] = json!("7345e3fe4047491ebd8ecb0acd665a4c");
        body["policy_functions"] = json!([{ "name": "policy", "effect_mode": "ALL", "conditions": [] }]);
        // What says nothing asks for nothing.
        body["response_id"] = json!("");
        body["policy_https"] = json!([]);
    });
    assert_snapshot!(told.await, @"412 APIG.3458 The feature is not supported by the current instance (authorizer_id: authorizers are not offered yet; auth_type: `IAM` is not offered yet; policy_functions: functions are not offered as backends yet)");
    let function = refused(&world, |body| body["backend_type"] = json!("FUNCTION"));
    assert_snapshot!(function.await, @"412 APIG.3458 The feature is not supported by the current instance (backend_type: `FUNCTION` is not offered yet)");
    let channel = refused(&world, |body| {
        body["backend_type"] = json!("HTTP");
        body["backend_api"] = json!({ "req_protocol": "HTTP", "req_method": "GET", "req_uri": "/", "timeout": 1,
            "vpc_channel_status": 1, "vpc_channel_info": { "vpc_channel_id": "00000000000000000000000000000001" } });
    });
    assert_snapshot!(channel.await, @"404 APIG.3023 The VPC channel does not exist (backend_api.vpc_channel_info.vpc_channel_id: there is no channel `00000000000000000000000000000001`)");
}

#[tokio::test]
async fn what_is_no_json_is_told() {
    let world = World::new().await;
    assert_snapshot!(world.owner().post("apis", json!([1])).await.error(), @"400 APIG.2000 Parameter error: the body is not a JSON object");
}

#[tokio::test]
async fn rubbish_is_answered_briefly() {
    let world = World::new().await;
    let group = world.group("grp_1").await;
    let mut body = pets();
    body["group_id"] = json!(group);
    let parameter = json!({ "name": 1, "location": "NOWHERE" });
    body["req_params"] = vec![parameter.clone(); 20_000].into();
    body["backend_params"] = vec![parameter; 20_000].into();
    body["tags"] = vec!["same"; 20_000].into();
    let reply = world.owner().post("apis", body).await;
    assert_eq!(reply.status, 400);
    assert!(reply.text("/error_msg").len() < 10_000);
}

#[tokio::test]
async fn bodies_have_a_largest_size() {
    let world = World::new().await;
    let remark = "x".repeat(paifang_api_huawei::BODY_AT_MOST);
    let reply = world.owner().post("api-groups", json!({ "name": "grp_1", "remark": remark })).await;
    assert_snapshot!(reply.error(), @"400 APIG.2000 Parameter error,a body has at most 4194304 bytes");
}
