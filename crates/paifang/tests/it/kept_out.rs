//! Lists that keep callers out, and apps that are frozen: made through the management interface, felt by calls.

use std::time::SystemTime;

use paifang_model::{Dialect, Stage};
use paifang_sign::huawei::{self as sdk, BodyHash};
use paifang_sign::{Parts, SigningKey};
use serde_json::{Value, json};

use crate::gateway::{Gateway, place};
use crate::http::{Answer, Call};
use crate::rest::mock;

const HOST: &str = "kept.example.com";
const KEY: &str = "a_key_to_call_with";
const SECRET: &str = "a_secret_to_sign_with";
const NOBODY: [&str; 1] = ["192.0.2.1"];
const US: [&str; 1] = ["127.0.0.1"];

/// An API of the second cloud that an app may call; the app's id.
fn publish(gateway: &Gateway) -> String {
    let group = gateway.done("POST", "/groups", &json!({ "dialect": "huawei", "name": "kept_out" }));
    let group = group["id"].as_str().unwrap();
    gateway.done("POST", &format!("/groups/{group}/domains"), &json!({ "host": HOST }));
    let definition = json!({
        "name": "hello_world", "request": { "method": "GET", "path": "/hello" },
        "auth": { "kind": "app" }, "backend": mock("hello"),
    });
    let api = gateway.done("POST", &format!("/groups/{group}/apis"), &definition);
    let api = api["id"].as_str().unwrap();
    gateway.done("PUT", &format!("/apis/{api}/deployments/RELEASE"), &json!({}));
    let app = gateway.done("POST", "/apps", &json!({ "name": "shop" }));
    let app = app["id"].as_str().unwrap();
    gateway.done("POST", &format!("/apps/{app}/keys"), &json!({ "key": KEY, "secret": SECRET }));
    let stage = Stage::built_in_id(Dialect::Huawei, "RELEASE");
    gateway.done("POST", "/grants", &json!({ "apps": [app], "apis": [api], "stage": stage }));
    served(gateway);
    app.to_owned()
}

/// Waits until all that was written is served.
fn served(gateway: &Gateway) {
    let head = gateway.done("GET", "/status", &Value::Null)["committed_revision"].as_u64().unwrap();
    gateway.wait_until_served(head);
}

fn call(gateway: &Gateway) -> Answer {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    let date = sdk::format_date(i64::try_from(now).unwrap());
    let call = Call::get("/hello").header("Host", HOST).header("X-Sdk-Date", &date);
    let (parts, key) = (Parts::new("GET", &call.target, &call.headers), SigningKey::new(SECRET.as_bytes()));
    let authorization = sdk::sign(&parts, KEY, &["host", "x-sdk-date"], BodyHash::Empty, &key).unwrap();
    call.header("Authorization", &authorization).send(gateway.http)
}

/// The status, and the code of a refusal.
fn told(gateway: &Gateway) -> (u16, String) {
    served(gateway);
    let answer = call(gateway);
    let code = if answer.status == 200 { Value::Null } else { answer.json()["error_code"].take() };
    (answer.status, code.as_str().unwrap_or_default().to_owned())
}

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

#[test]
fn black_lists_keep_out_addresses_apps_and_users() {
    let place = place();
    let gateway = Gateway::start(&place);
    let app = publish(&gateway);
    let account = gateway.done("GET", "/account", &Value::Null);
    assert_eq!(told(&gateway).0, 200);
    for (entries, code) in [
        (json!({ "address": US }), "APIG.0402"),
        (json!({ "app": [app] }), "APIG.0304"),
        (json!({ "user": [account["id"]] }), "APIG.0302"),
    ] {
        let list = gateway.done("POST", "/black-lists", &json!({ "name": "listed", "entries": entries }));
        assert_eq!(told(&gateway), refused(403, code));
        gateway.done("DELETE", &format!("/black-lists/{}", list["id"].as_str().unwrap()), &Value::Null);
        assert_eq!(told(&gateway).0, 200, "{code}");
    }
    gateway.stop();
}

#[test]
fn an_access_list_that_is_in_force_decides_about_every_call() {
    let place = place();
    let gateway = Gateway::start(&place);
    publish(&gateway);
    let list = |name: &str, addresses: [&str; 1]| {
        let entries = json!([{ "address": addresses[0] }]);
        let list = json!({ "name": name, "ip_version": "ipv4", "entries": entries });
        let made = gateway.done("POST", "/access-lists", &list);
        format!("/access-lists/{}", made["id"].as_str().unwrap())
    };
    let (us, nobody) = (list("us", US), list("nobody", NOBODY));
    assert_eq!(told(&gateway).0, 200, "neither is in force");
    for (path, enforced, admitted) in
        [(&us, "deny", false), (&nobody, "allow", false), (&nobody, "deny", true), (&us, "allow", true)]
    {
        gateway.done("PATCH", path, &json!({ "enforced": enforced }));
        let expected = if admitted { (200, String::new()) } else { refused(403, "APIG.0402") };
        assert_eq!(told(&gateway), expected, "{enforced}");
    }
    gateway.stop();
    let gateway = Gateway::start(&place);
    gateway.done("PATCH", &us, &json!({ "enforced": "deny" }));
    assert_eq!(told(&gateway), refused(403, "APIG.0402"), "also after a restart");
    gateway.done("PATCH", &us, &json!({ "enforced": null }));
    assert_eq!(told(&gateway).0, 200);
    gateway.stop();
}

#[test]
fn a_frozen_app_is_told_so_until_it_thaws() {
    let place = place();
    let gateway = Gateway::start(&place);
    let path = format!("/apps/{}", publish(&gateway));
    gateway.done("PATCH", &path, &json!({ "frozen": true }));
    assert_eq!(told(&gateway), refused(405, "APIG.0502"));
    gateway.stop();
    let gateway = Gateway::start(&place);
    assert_eq!(told(&gateway), refused(405, "APIG.0502"), "also after a restart");
    gateway.done("PATCH", &path, &json!({ "frozen": false }));
    assert_eq!(told(&gateway).0, 200);
    gateway.stop();
}
