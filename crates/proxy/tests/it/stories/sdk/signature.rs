//! Signed calls: what is accepted, and what each mistake is told (spec: huawei/calling.md §3.1, §4).

use http::Method;
use paifang_sign::huawei::{UNSIGNED_PAYLOAD, format_date};
use paifang_testkit::{Call, Caller, Scene, TestGateway, api};

use super::scene;

/// A gateway with APIs that anybody may call who signs for `caller`.
async fn signed() -> (TestGateway, Caller) {
    signed_in(scene()).await
}

async fn signed_in(mut scene: Scene) -> (TestGateway, Caller) {
    let caller = scene.app("caller");
    for path in ["/app1", "/app1/", "/{a+}"] {
        let api = api::any(path).for_apps();
        let takes_rest = |api: api::Api| match path {
            "/{a+}" => api.takes(paifang_model::definition::Parameter::new(
                "a",
                paifang_model::definition::Location::Path,
            )),
            _ => api,
        };
        let id = scene.publish(takes_rest(api));
        scene.grant(&caller, id);
    }
    (scene.start().await, caller)
}

fn seconds_ago(seconds: i64) -> String {
    format_date(jiff::Timestamp::now().as_second() - seconds)
}

fn authorization(call: &Call) -> String {
    call.headers["authorization"].to_str().unwrap().to_owned()
}

/// The call with another authorization.
fn with(call: Call, change: impl FnOnce(String) -> String) -> Call {
    let changed = change(authorization(&call));
    call.header("authorization", &changed)
}

/// The variants of one good call that the vectors decide, made anew with a fresh date.
#[tokio::test]
async fn decisions_on_variants_of_a_good_call() {
    let (gateway, caller) = signed().await;
    let good = caller.sign_sdk(gateway.get("/app1?b=2&a=1"));
    let stranger = "ffffffff-ffff-ffff-ffff-ffffffffffff";
    let variants = [
        ("good", good.clone()),
        ("authorization missing", good.clone().without("authorization")),
        ("signature wrong", with(good.clone(), flipped)),
        ("unknown key", with(good.clone(), |value| value.replace(&caller.key, stranger))),
        ("empty key", with(good.clone(), |value| value.replace(&caller.key, ""))),
        ("query changed", good.clone().target("/app1?a=1&b=3")),
        ("query reordered", good.clone().target("/app1?a=1&b=2")),
        ("slash added", good.clone().target("/app1/?b=2&a=1")),
        ("unsigned header added", good.clone().header("x-extra", "1")),
        ("signed header missing", with(good.clone(), |value| value.replace("host;", "host;x-foo;"))),
        ("no spaces", with(good.clone(), |value| value.replace(", ", ","))),
        ("method changed", good.clone().method(Method::DELETE)),
        ("body added", good.clone().body("x")),
        ("date missing", good.clone().without("x-sdk-date")),
        ("date not signed", with(good.clone(), |value| value.replace(";x-sdk-date", ""))),
        ("date of no form", good.clone().header("x-sdk-date", "yesterday")),
        ("not of the grammar", good.header("authorization", "SDK-HMAC-SHA256 Access=a")),
    ];
    let mut decisions = Vec::new();
    for (name, call) in variants {
        decisions.push(format!("{name}: {}", call.send().await.verdict()));
    }
    insta::assert_snapshot!(decisions.join("\n"), @r"
    good: 200 mock
    authorization missing: 401 APIG.0303 Incorrect app authentication information.
    signature wrong: 401 APIG.0303 Incorrect app authentication information: verify signature fail
    unknown key: 401 APIG.0303 Incorrect app authentication information: app not found, appkey ffffffff-ffff-ffff-ffff-ffffffffffff
    empty key: 401 APIG.0303 Incorrect app authentication information: Access or Credential is empty in Authorization
    query changed: 401 APIG.0303 Incorrect app authentication information: verify signature fail
    query reordered: 200 mock
    slash added: 200 mock
    unsigned header added: 200 mock
    signed header missing: 401 APIG.0303 Incorrect app authentication information: verify signature fail
    no spaces: 200 mock
    method changed: 401 APIG.0303 Incorrect app authentication information: verify signature fail
    body added: 401 APIG.0303 Incorrect app authentication information: verify signature fail
    date missing: 401 APIG.0303 Incorrect app authentication information: X-Sdk-Date not found
    date not signed: 401 APIG.0303 Incorrect app authentication information: X-Sdk-Date is not signed
    date of no form: 401 APIG.0303 Incorrect app authentication information: X-Sdk-Date is not of the form YYYYMMDDThhmmssZ
    not of the grammar: 401 APIG.0303 Incorrect app authentication information: Authorization is malformed: SignedHeaders= is missing or not as `SDK-HMAC-SHA256 Access=<key>, SignedHeaders=<a;b>, Signature=<hex>`
    ");
}

/// The last digit becomes another.
fn flipped(mut value: String) -> String {
    let last = value.pop();
    value.push(if last == Some('0') { '1' } else { '0' });
    value
}

#[tokio::test]
async fn the_date_may_be_15_minutes_off_on_either_side() {
    let (gateway, caller) = signed().await;
    for seconds in [890, -890] {
        let call = gateway.get("/app1").header("x-sdk-date", &seconds_ago(seconds));
        assert_eq!(caller.sign_sdk(call).send().await.status, 200, "{seconds} s ago");
    }
    for seconds in [902, -902] {
        let date = seconds_ago(seconds);
        let verdict =
            caller.sign_sdk(gateway.get("/app1").header("x-sdk-date", &date)).send().await.verdict();
        let expected = format!(
            "401 APIG.0303 Incorrect app authentication information: \
             signature expired, signature time:{date},server time:20"
        );
        assert!(verdict.starts_with(&expected), "{verdict}");
    }
}

/// Targets of the vectors whose signatures two signers could disagree about.
#[tokio::test]
async fn targets_go_into_the_signature_as_they_were_sent() {
    let (gateway, caller) = signed().await;
    for target in [
        "/v1.0/users/42/projects",
        "/a-b_c.d~e/x%20y/(z)/!*'",
        "/%E4%B8%AD/%C3%A9",
        "/aa%2Faa/b",
        "/a//b",
        "/q?k=b&k=a&k=10&k=9",
        "/q?empty=&flag&z=1",
        "/q?b=1&F=2&a=3&A=4",
        "/q?sp=a%20b&plus=a%2Bb&amp=%26&eq=a%3Db&pct=%25&uni=%E4%B8%AD&star=*&tilde=~&slash=/",
        "/q?p=a+b",
        "/q?data=%7B%22a%22%3A%5B1%2C2%5D%7D",
    ] {
        let answer = caller.sign_sdk(gateway.get(target)).send().await;
        assert_eq!(answer.status, 200, "{target}: {}", answer.verdict());
    }
}

/// One signer reads a literal plus as a plus, another as a space.
#[tokio::test]
async fn a_literal_plus_is_read_both_ways() {
    let (gateway, caller) = signed().await;
    for read_as in ["/q?p=a%2Bb", "/q?p=a%20b"] {
        let call = caller.sign_sdk(gateway.get(read_as)).target("/q?p=a+b");
        assert_eq!(call.send().await.status, 200, "{read_as}");
    }
}

#[tokio::test]
async fn the_host_need_not_be_signed() {
    let (gateway, caller) = signed().await;
    let call = caller.sign_sdk_over(gateway.get("/app1"), &["x-sdk-date"]);
    assert_eq!(call.send().await.status, 200);
}

#[tokio::test]
async fn outer_space_of_a_signed_header_does_not_count() {
    let (gateway, caller) = signed().await;
    let call = gateway.get("/app1").header("x-custom", "  a   b  ");
    let call = caller.sign_sdk_over(call, &["host", "x-custom", "x-sdk-date"]);
    assert_eq!(call.send().await.status, 200);
}

#[tokio::test]
async fn every_method_can_carry_a_signed_body() {
    let (gateway, caller) = signed().await;
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        let call = caller.sign_sdk(gateway.call(method, "/app1").body("hello\nworld\n"));
        assert_eq!(call.send().await.status, 200);
        let verdict = call.body("hello\nWorld\n").send().await.verdict();
        assert_eq!(verdict, "401 APIG.0303 Incorrect app authentication information: verify signature fail");
    }
}

#[tokio::test]
async fn an_unsigned_payload_may_be_any() {
    let (gateway, caller) = signed().await;
    let call = gateway.post("/app1", "signed").header("x-sdk-content-sha256", UNSIGNED_PAYLOAD);
    let call = caller.sign_sdk(call);
    assert_eq!(call.clone().body("any bytes at all").send().await.status, 200);
    // Who did not sign for it cannot say so.
    let call = caller.sign_sdk(gateway.post("/app1", "signed"));
    let call = call.header("x-sdk-content-sha256", UNSIGNED_PAYLOAD).body("other");
    assert_eq!(call.send().await.status, 401);
}

#[tokio::test]
async fn a_declared_hash_must_be_the_bodys() {
    let (gateway, caller) = signed().await;
    let hash = hex::encode(paifang_sign::sha256(b"any bytes at all"));
    let call = gateway.post("/app1", "any bytes at all").header("x-sdk-content-sha256", &hash);
    let call = caller.sign_sdk(call);
    assert_eq!(call.send().await.status, 200);
    assert_eq!(call.body("other bytes").send().await.status, 401);
}

#[tokio::test]
async fn a_correct_signature_without_a_grant_is_not_enough() {
    let mut scene = scene();
    scene.publish(api::get("/pets").for_apps());
    let caller = scene.app("caller");
    let gateway = scene.start().await;
    let refused = "403 APIG.0304 The app is not authorized to access the API.";
    assert_eq!(caller.sign_sdk(gateway.get("/pets")).send().await.verdict(), refused);
}

/// The body of a call that may not be made is not read, so its signature is not looked at.
#[tokio::test]
async fn without_a_grant_a_body_is_not_read() {
    let mut scene = scene();
    scene.publish(api::post("/pets").for_apps());
    let caller = scene.app("caller");
    let gateway = scene.start().await;
    let call = caller.sign_sdk(gateway.post("/pets", "x")).body("y");
    assert_eq!(call.send().await.status, 403);
}

/// The host is signed; a target in absolute form must not lead to another one.
#[tokio::test]
async fn a_signature_for_one_host_is_none_for_another() {
    let mut scene = scene();
    let caller = scene.app("caller");
    let id = scene.publish(api::get("/pets").for_apps());
    scene.grant(&caller, id);
    scene.domain("other.example.com", None);
    let gateway = scene.start().await;
    let signed = caller.sign_sdk(gateway.get("/pets"));
    for (target, host, status) in [
        ("/pets", "api.example.com", "200"),
        ("http://api.example.com/pets", "api.example.com", "200"),
        ("/pets", "other.example.com", "401"),
        ("http://other.example.com/pets", "other.example.com", "401"),
        ("http://other.example.com/pets", "api.example.com", "400"),
    ] {
        let mut head = format!("GET {target} HTTP/1.1\r\nhost: {host}\r\n");
        for (name, value) in signed.headers.iter().filter(|(name, _)| *name != "host") {
            head += &format!("{name}: {}\r\n", value.to_str().unwrap());
        }
        let mut raw = gateway.raw().await;
        raw.say(format!("{head}connection: close\r\n\r\n")).await;
        let heard = raw.hear_all().await;
        assert!(heard.starts_with(&format!("HTTP/1.1 {status} ")), "{target}: {heard}");
    }
}
