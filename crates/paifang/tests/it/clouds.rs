//! Policies made by the clouds' own operations, and the calls that they refuse.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use paifang_sign::Algorithm;
use paifang_sign::alibaba::rpc_v1::{Request, RpcKey};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::gateway::{Gateway, place};
use crate::http::Call;
use crate::rest::{access_key, mock};

const HOST: &str = "clouds.example.com";

/// An operation of the first cloud's, which has to succeed.
fn rpc(gateway: &Gateway, action: &str, params: &[(&str, &str)]) -> Value {
    static NONCES: AtomicU64 = AtomicU64::new(0);
    let (key, secret) = access_key(gateway);
    let nonce = format!("nonce-{}", NONCES.fetch_add(1, Ordering::Relaxed));
    let now = jiff::Timestamp::try_from(SystemTime::now()).unwrap();
    let now = now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let common = [
        ("Action", action),
        ("Version", paifang_api_alibaba::VERSION),
        ("Format", "JSON"),
        ("AccessKeyId", &key),
        ("SignatureMethod", "HMAC-SHA1"),
        ("SignatureVersion", "1.0"),
        ("SignatureNonce", &nonce),
        ("Timestamp", &now),
    ];
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pairs: Vec<String> = common
        .iter()
        .chain(params)
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    let query = pairs.join("&");
    let request = Request::new("GET", query.as_bytes(), b"").unwrap();
    let signature = request.sign(Algorithm::HmacSha1, &RpcKey::new(secret.as_bytes()));
    let target = format!("/?{query}&Signature={}", encoded(&signature));
    let answer = Call::get(&target).header("Host", &gateway.management.to_string()).send(gateway.management);
    assert_eq!(answer.status, 200, "{action}: {answer:?}");
    served(gateway);
    answer.json()
}

/// An operation of the second cloud's, which has to succeed.
fn v2(gateway: &Gateway, method: &str, path: &str, body: &Value) -> Value {
    let of_project = "/v2/default/apigw/instances";
    let instances =
        gateway.caller().signed_anywhere("GET", of_project, &Value::Null).send(gateway.management);
    let path = format!("{of_project}/{}/{path}", text(&instances.json()["instances"][0]["id"]));
    let answer = gateway.caller().signed_anywhere(method, &path, body).send(gateway.management);
    assert!((200..300).contains(&answer.status), "{method} {path}: {answer:?}");
    served(gateway);
    if answer.body.is_empty() { Value::Null } else { answer.json() }
}

/// Waits until everything is served that has been answered.
fn served(gateway: &Gateway) {
    let head = gateway.done("GET", "/status", &Value::Null)["committed_revision"].as_u64().unwrap();
    gateway.wait_until_served(head);
}

/// How many of four calls pass.
fn passed(gateway: &Gateway, host: &str) -> usize {
    (0..4).filter(|_| gateway.call(host, "/hello").status == 200).count()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[test]
fn the_first_clouds_older_policies_are_met_by_calls() {
    let place = place();
    let gateway = Gateway::start(&place);
    let api = gateway.publish(HOST, &mock("hello"));
    let group = gateway.done("GET", &format!("/apis/{api}"), &Value::Null)["group"].take();
    let at = [("GroupId", text(&group)), ("StageName", "RELEASE")];
    let apis = [at[0], at[1], ("ApiIds", api.as_str())];
    let limits = [("TrafficControlName", "two_a_day"), ("TrafficControlUnit", "DAY"), ("ApiDefault", "2")];
    let control = rpc(&gateway, "CreateTrafficControl", &limits);
    let control = ("TrafficControlId", text(&control["TrafficControlId"]));
    rpc(&gateway, "SetTrafficControlApis", &[&apis[..], &[control]].concat());
    assert_eq!(passed(&gateway, HOST), 2);
    rpc(&gateway, "ModifyTrafficControl", &[control, ("ApiDefault", "3")]);
    assert_eq!(passed(&gateway, HOST), 1, "two of three were used");
    rpc(&gateway, "RemoveTrafficControlApis", &[&at[..], &[control]].concat());
    assert_eq!(passed(&gateway, HOST), 4);

    let office =
        rpc(&gateway, "CreateIpControl", &[("IpControlName", "office"), ("IpControlType", "REFUSE")]);
    let office = ("IpControlId", text(&office["IpControlId"]));
    rpc(&gateway, "SetIpControlApis", &[&apis[..], &[office]].concat());
    assert_eq!(passed(&gateway, HOST), 4, "nobody is listed yet");
    let item = rpc(&gateway, "AddIpControlPolicyItem", &[office, ("CidrIp", "127.0.0.0/8;::1")]);
    let refused = gateway.call(HOST, "/hello");
    assert_eq!(refused.status, 403, "{refused:?}");
    let item = [office, ("PolicyItemIds", text(&item["PolicyItemId"]))];
    rpc(&gateway, "RemoveIpControlPolicyItem", &item);
    assert_eq!(passed(&gateway, HOST), 4);

    let data = "unit: DAY\napiDefault: 1\n";
    let plugin = [("PluginName", "one_a_day"), ("PluginType", "trafficControl"), ("PluginData", data)];
    let plugin = rpc(&gateway, "CreatePlugin", &plugin);
    let plugin = ("PluginId", text(&plugin["PluginId"]));
    rpc(&gateway, "AttachGroupPlugin", &[&at[..], &[plugin]].concat());
    assert_eq!(passed(&gateway, HOST), 1, "the group's");
    rpc(&gateway, "SetTrafficControlApis", &[&apis[..], &[control]].concat());
    rpc(&gateway, "ModifyTrafficControl", &[control, ("ApiDefault", "6")]);
    assert_eq!(passed(&gateway, HOST), 3, "an API's own goes first, with the three calls that it had");
    rpc(&gateway, "RemoveTrafficControlApis", &[&at[..], &[control]].concat());
    rpc(&gateway, "DetachGroupPlugin", &[&at[..], &[plugin]].concat());
    assert_eq!(passed(&gateway, HOST), 4);
    let audited = gateway.done("GET", "/audit?limit=500", &Value::Null).to_string();
    for action in ["policy:create", "policy:bind", "policy:update", "policy:unbind"] {
        assert!(audited.contains(action), "{action}: {audited}");
    }
    gateway.stop();
}

#[test]
fn the_second_clouds_plug_ins_are_met_by_calls() {
    let place = place();
    let gateway = Gateway::start(&place);
    let group = gateway.done("POST", "/groups", &json!({ "dialect": "huawei", "name": "zoo" }));
    let group = text(&group["id"]);
    gateway.done("POST", &format!("/groups/{group}/domains"), &json!({ "host": HOST }));
    let definition = json!({
        "name": "hello_world", "request": { "method": "GET", "path": "/hello" }, "auth": { "kind": "none" },
        "backend": mock("hello"),
    });
    let api = gateway.done("POST", &format!("/groups/{group}/apis"), &definition);
    let api = text(&api["id"]);
    gateway.done("PUT", &format!("/apis/{api}/deployments/RELEASE"), &json!({}));
    served(&gateway);
    let content =
        json!({ "scope": "basic", "default_interval": 1000, "default_time_unit": "day", "api_limit": 2 });
    let plugin = json!({
        "plugin_name": "two", "plugin_type": "rate_limit", "plugin_scope": "global", "plugin_content": content.to_string(),
    });
    let plugin = v2(&gateway, "POST", "plugins", &plugin);
    let plugin = format!("plugins/{}", text(&plugin["plugin_id"]));
    let at = json!({ "env_id": "DEFAULT_ENVIRONMENT_RELEASE_ID", "api_ids": [api] });
    v2(&gateway, "POST", &format!("{plugin}/attach"), &at);
    assert_eq!(passed(&gateway, HOST), 2);
    let refused = gateway.call(HOST, "/hello");
    assert!(
        refused.body.contains("APIG.0308") && refused.body.contains("limit:2,time:1000 day"),
        "{refused:?}"
    );
    v2(&gateway, "PUT", &format!("{plugin}/detach"), &at);
    assert_eq!(passed(&gateway, HOST), 4);
    gateway.stop();
}
