//! Backend policies: made, shown, changed, and what is wrong with them.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{RELEASE, World};

fn conditions() -> Value {
    json!([
        { "condition_origin": "source", "condition_value": "10.0.0.0/8, 192.0.2.1" },
        { "condition_origin": "param", "req_param_name": "lang", "condition_type": "enum", "condition_value": "zh,en" },
        { "condition_origin": "system", "sys_param_name": "reqPath", "condition_type": "pattern", "condition_value": "/pets/[0-5]" },
        { "condition_origin": "system", "sys_param_name": "req_method", "condition_type": "exact", "condition_value": "GET" },
        { "condition_origin": "cookie", "cookie_param_name": "group", "condition_type": "exact", "condition_value": "beta" },
    ])
}

fn policy(name: &str, channel: &str) -> Value {
    json!({
        "name": name, "effect_mode": "ANY", "conditions": conditions(),
        "req_protocol": "HTTPS", "req_method": "GET", "req_uri": "/other/{there}", "retry_count": "0",
        "vpc_channel_status": 1, "vpc_channel_info": { "vpc_channel_id": channel },
        "backend_params": [
            { "name": "there", "location": "PATH", "origin": "REQUEST", "value": "id" },
            { "name": "x-policy", "location": "HEADER", "origin": "CONSTANT", "value": name },
        ],
    })
}

fn api(group: &str) -> Value {
    json!({
        "name": "show_pet", "type": 2, "group_id": group, "req_protocol": "HTTPS", "req_method": "ANY",
        "req_uri": "/pets/{id}", "auth_type": "NONE", "backend_type": "HTTP",
        "backend_api": { "url_domain": "backend.example.com", "req_protocol": "HTTP", "req_method": "ANY",
            "req_uri": "/", "timeout": 5000 },
        "req_params": [
            { "name": "id", "location": "PATH", "type": "STRING", "required": 1 },
            { "name": "lang", "location": "QUERY", "type": "STRING" },
        ],
    })
}

async fn scene() -> (World, Value, String) {
    let world = World::new().await;
    let body = api(&world.group("grp_1").await);
    let draft =
        serde_json::from_value(json!({ "name": "pool", "port": 80, "members": [{ "host": "10.0.0.1" }] }));
    let channel = world.behind().await.create_channel(draft.unwrap()).await.unwrap().value.id;
    (world, body, channel.to_string())
}

#[tokio::test]
async fn policies_are_made_shown_and_changed() {
    let (world, mut body, channel) = scene().await;
    let owner = world.owner();
    body["policy_https"] = json!([policy("one", &channel), policy("two", &channel)]);
    let made = owner.post("apis", body).await;
    assert_eq!(made.status, 201, "{made:?}");
    let path = format!("apis/{}", made.id());
    assert_eq!(owner.get(&path).await.body, made.body);
    let [one, two] = &made.body["policy_https"].as_array().unwrap()[..] else { panic!("{made:?}") };
    assert_eq!(
        (&one["name"], &one["effect_mode"], &two["name"]),
        (&json!("one"), &json!("ANY"), &json!("two"))
    );
    // What was not said is what the console offers.
    assert_eq!(
        (&one["timeout"], &one["retry_count"], &one["req_protocol"]),
        (&json!(5000), &json!("0"), &json!("HTTPS"))
    );
    assert_eq!(one["vpc_channel_info"]["vpc_channel_id"], channel);
    assert_eq!(one["backend_params"][0]["req_param_id"], made.body["req_params"][0]["id"]);
    let ids = |policy: &Value| {
        (
            policy["id"].clone(),
            policy["backend_params"][1]["id"].clone(),
            policy["conditions"][0]["id"].clone(),
        )
    };
    assert!(
        ids(one).0.is_string()
            && ids(one).0 != ids(two).0
            && ids(one).1 != ids(two).1
            && ids(one).2 != ids(two).2
    );
    let conditions = one["conditions"].as_array().unwrap();
    assert_eq!(conditions[0]["condition_value"], "10.0.0.0/8,192.0.2.1");
    assert_eq!(
        (&conditions[1]["req_param_id"], &conditions[1]["req_param_location"]),
        (&made.body["req_params"][1]["id"], &json!("QUERY"))
    );
    assert_eq!(
        (&conditions[1]["condition_value"], &conditions[2]["sys_param_name"]),
        (&json!("zh,en"), &json!("req_path"))
    );
    // What was shown can be sent back, with a change.
    let mut shown = made.body.clone();
    shown["policy_https"].as_array_mut().unwrap().remove(0);
    let changed = owner.put(&path, shown).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    assert_eq!(changed.body["policy_https"], json!([two]));
    // Lists show none of them.
    assert!(owner.get("apis").await.body["apis"][0].get("policy_https").is_none());
    assert_eq!(owner.delete(&format!("vpc-channels/{channel}")).await.code(), "403 APIG.3414");
    let mut without = changed.body.clone();
    without.as_object_mut().unwrap().remove("policy_https");
    assert!(owner.put(&path, without).await.body.get("policy_https").is_none());
    assert_eq!(owner.delete(&format!("vpc-channels/{channel}")).await.status, 204);
}

/// Names are those of the request parameters, however they are written here, and entries of a list have no blanks around them.
#[tokio::test]
async fn names_and_lists_are_read_as_they_are_meant() {
    let (world, mut body, channel) = scene().await;
    let mut one = policy("one", &channel);
    one["conditions"] = json!([{
        "condition_origin": "param", "req_param_name": "LANG", "condition_type": "enum", "condition_value": "zh, en ,fr",
    }]);
    one["backend_params"][0]["value"] = json!("ID");
    body["policy_https"] = json!([one]);
    let made = world.owner().post("apis", body).await;
    assert_eq!(made.status, 201, "{made:?}");
    let one = &made.body["policy_https"][0];
    assert_eq!(one["conditions"][0]["condition_value"], "zh,en,fr");
    assert_eq!(one["conditions"][0]["req_param_name"], "lang");
    assert_eq!(one["conditions"][0]["req_param_id"], made.body["req_params"][1]["id"]);
    assert_eq!(one["backend_params"][0]["value"], "id");
}

#[tokio::test]
async fn what_is_published_has_its_policies() {
    let (world, mut body, channel) = scene().await;
    let owner = world.owner();
    body["policy_https"] = json!([policy("one", &channel)]);
    let api = owner.post("apis", body).await.id();
    let publish = json!({ "action": "online", "env_id": RELEASE, "api_id": api });
    let published = owner.post("apis/action", publish).await;
    assert_eq!(published.status, 201, "{published:?}");
    let version = published.text("/version_id");
    let frozen = owner.get(&format!("apis/versions/{version}")).await;
    assert_eq!(frozen.text("/policy_https/0/name"), "one");
    let mut edited = owner.get(&format!("apis/{api}")).await.body;
    edited["policy_https"] = json!([]);
    assert_eq!(owner.put(&format!("apis/{api}"), edited).await.status, 200);
    // It serves on with the channel.
    assert_eq!(owner.delete(&format!("vpc-channels/{channel}")).await.code(), "403 APIG.3414");
}

#[tokio::test]
async fn mocks_have_policies_that_are_mocks() {
    let (world, mut body, _) = scene().await;
    let owner = world.owner();
    body["backend_type"] = json!("MOCK");
    body["mock_info"] = json!({ "result_content": "default" });
    body["policy_mocks"] = json!([{
        "name": "chinese", "effect_mode": "ALL", "result_content": "你好",
        "conditions": [{ "condition_origin": "param", "req_param_name": "lang", "condition_type": "exact", "condition_value": "zh" }],
    }]);
    let made = owner.post("apis", body.clone()).await;
    assert_eq!(made.text("/policy_mocks/0/result_content"), "你好");
    body["name"] = json!("other");
    body["req_uri"] = json!("/other/{id}");
    body["policy_mocks"][0]["status_code"] = json!(99);
    body["policy_mocks"][0]["name"] = json!("1st");
    assert_snapshot!(owner.post("apis", body.clone()).await.error(), @"400 APIG.2012 Invalid parameter value,parameterName:policy_mocks[0].name. Please refer to the support documentation (policy_mocks[0].name: `1st` must start with one of: letters; policy_mocks[0].status_code: 99 is not a status that can be answered: 200 to 599 are allowed)");
    body["policy_https"] = json!([{ "name": "any" }]);
    body["policy_mocks"] = json!([]);
    assert_snapshot!(owner.post("apis", body).await.error(), @"400 APIG.2011 Invalid parameter value,parameterName:policy_https. Please refer to the support documentation (policy_https: policies have backends of the same type as the default backend)");
}

#[tokio::test]
async fn what_is_wrong_is_told() {
    let (world, body, channel) = scene().await;
    let owner = world.owner();
    let told = async |change: &dyn Fn(&mut Value)| {
        let mut policy = policy("one", &channel);
        change(&mut policy);
        let mut body = body.clone();
        body["policy_https"] = json!([policy]);
        owner.post("apis", body).await.error()
    };
    let missing = told(&|policy| *policy = json!({}));
    assert_snapshot!(missing.await, @"400 APIG.2001 The request parameters must be specified,parameterName:policy_https[0].conditions. Please refer to the support documentation (policy_https[0].conditions: it is missing; policy_https[0].name: it is missing; policy_https[0].effect_mode: it is missing; policy_https[0].req_protocol: it is missing; policy_https[0].url_domain: it is missing; policy_https[0].req_method: it is missing; policy_https[0].req_uri: it is missing)");
    let unfit = told(&|policy| {
        policy["effect_mode"] = json!("SOME");
        policy["req_uri"] = json!("/{x}");
        policy["timeout"] = json!(600_001);
        policy["conditions"][0]["condition_value"] = json!("10.0.0");
        policy["conditions"][1]["req_param_name"] = json!("nobody");
        policy["conditions"][2]["condition_value"] = json!("(?=a)");
        policy["conditions"][3]["condition_type"] = json!("pattern");
        policy["backend_params"][0]["value"] = json!("nobody");
    });
    assert_snapshot!(unfit.await, @"400 APIG.2011 Invalid parameter value,parameterName:policy_https[0].effect_mode. Please refer to the support documentation (policy_https[0].effect_mode: `SOME` is none of: ALL, ANY; policy_https[0].backend_params[0].value: `nobody` is not among the request parameters; policy_https[0].conditions[0].condition_value: `10.0.0` is neither an address nor a network or range of them; policy_https[0].conditions[1].req_param_name: `nobody` is not among the request parameters; policy_https[0].conditions[2].condition_value: `(?=a)` is not a regular expression that runs in linear time (look-around and back-references are not offered); policy_https[0].conditions[3].condition_type: a method is compared as `exact` or `enum`; policy_https[0].timeout: 600001 ms is out of range: 1 to 600000 are allowed; policy_https[0].req_uri: the backend path names `x`, to which no path parameter of the backend belongs)");
    let coming = told(&|policy| {
        policy["authorizer_id"] = json!("7345e3fe4047491ebd8ecb0acd665a4c");
        policy["conditions"][4] = json!({ "condition_origin": "frontend_authorizer", "condition_type": "exact",
            "condition_value": "a", "frontend_authorizer_param_name": "$context.authorizer.frontend.user" });
        policy["conditions"][0]["mapped_param_name"] = json!("mapped");
    });
    assert_snapshot!(coming.await, @"412 APIG.3458 The feature is not supported by the current instance (policy_https[0].authorizer_id: authorizers are not offered yet; policy_https[0].conditions[0].mapped_param_name: orchestration rules are not offered yet; policy_https[0].conditions[4].condition_origin: `frontend_authorizer` is not offered yet)");
    let many = told(&|policy| {
        let condition = policy["conditions"][0].clone();
        policy["conditions"].as_array_mut().unwrap().push(condition);
    });
    assert_snapshot!(many.await, @"403 APIG.3114 The number of policy conditions exceeds the maximum allowed limit (policy_https[0].conditions: 6 conditions are too many: 5 are allowed)");
    let gone = told(&|policy| {
        policy["vpc_channel_info"]["vpc_channel_id"] = json!("00000000000000000000000000000001");
    });
    assert_snapshot!(gone.await, @"404 APIG.3023 The VPC channel does not exist (policy_https[0].vpc_channel_info.vpc_channel_id: there is no channel `00000000000000000000000000000001`)");
}

#[tokio::test]
async fn numbers_and_names_have_codes_of_their_own() {
    let (world, mut body, channel) = scene().await;
    let owner = world.owner();
    let names = ["p_1", "p_2", "p_3", "p_4", "p_5", "p_6"];
    body["policy_https"] = names.iter().map(|name| policy(name, &channel)).collect();
    assert_snapshot!(owner.post("apis", body.clone()).await.error(), @"403 APIG.3113 The number of API backend policies exceeds the maximum allowed limit (policy_https: 6 backend policies are too many: 5 are allowed)");
    body["policy_https"].as_array_mut().unwrap().truncate(5);
    body["policy_https"][4]["name"] = json!("p_1");
    assert_snapshot!(owner.post("apis", body.clone()).await.error(), @"400 APIG.3210 The backend policy name already exists (policy_https[4].name: the name `p_1` is there twice)");
    body["policy_https"][4]["name"] = json!("p_5");
    let made = owner.post("apis", body.clone()).await;
    assert_eq!(made.status, 201, "{made:?}");
    // As many as there are stay when the quota is lowered.
    world.set_quota("huawei.backend_policies_per_api", 4).await;
    let path = format!("apis/{}", made.id());
    assert_eq!(owner.put(&path, made.body.clone()).await.status, 200);
    body["name"] = json!("other");
    body["req_uri"] = json!("/other/{id}");
    assert_eq!(owner.post("apis", body).await.code(), "403 APIG.3113");
    let functions = json!([{ "name": "any", "function_urn": "urn:fss:x", "conditions": [] }]);
    let mut with_functions = made.body;
    with_functions["policy_functions"] = functions;
    assert_snapshot!(owner.put(&path, with_functions).await.error(), @"412 APIG.3458 The feature is not supported by the current instance (policy_functions: functions are not offered as backends yet)");
}
