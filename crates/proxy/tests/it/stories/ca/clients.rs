//! What real clients sent, on the wire. Their clock is long past: a recorded call shows that its text arrives as
//! the client signed it, and that it passes when it is signed anew.

use paifang_testkit::{Call, Caller, Scene, TestGateway, api};
use serde_json::Value;

const THEN: &str = "1700000000000";

/// What the npm package sent.
const NPM: &str = include_str!("../../../../../sign/vectors/alibaba/client-signature-npm.json");
/// What its client for codes sent.
const NPM_CODES: &str = include_str!("../../../../../sign/vectors/alibaba/appcode-npm.json");
/// What the Java client sends.
const JAVA: &str = include_str!("../../../../../sign/vectors/alibaba/client-signature-java.json");

fn vectors(text: &str) -> Vec<Value> {
    let mut json: Value = serde_json::from_str(text).unwrap();
    let Value::Array(vectors) = json["vectors"].take() else { panic!("no vectors") };
    vectors
}

fn text<'v>(json: &'v Value, name: &str) -> &'v str {
    json[name].as_str().unwrap_or_default()
}

/// An API for every path, in every stage that clients name, and their app.
async fn gateway() -> (TestGateway, Caller) {
    let mut scene: Scene = super::scene();
    let app = Caller {
        key: "203753385".to_owned(),
        secret: "testsecret".to_owned(),
        code: "abcdef0123456789".to_owned(),
        ..scene.app("client")
    };
    scene.enroll(&app);
    let auth = super::authentication(
        paifang_model::definition::AppCodeMode::Header,
        &[paifang_model::definition::SignatureMethod::HmacSha1],
        false,
    );
    let api = api::any("/*").with(|api| api.auth = auth);
    let everything = scene.publish(api.clone());
    for stage in ["PRE", "TEST"] {
        scene.publish_to(everything, stage, api.clone());
        let id = paifang_model::Grant::id_of(app.app, everything, scene.stage(stage));
        let there = scene.grant_until(app.app, everything, None);
        let grant = paifang_model::Grant { id, stage: scene.stage(stage), ..there };
        scene.put(paifang_proxy::config::Document::Grant(grant));
    }
    scene.grant(&app, everything);
    (scene.start().await, app)
}

/// The call as recorded, but to the test's host.
fn recorded(gateway: &TestGateway, vector: &Value) -> Call {
    let wire = if vector["wire"].is_object() { &vector["wire"] } else { vector };
    let target = match text(wire, "target") {
        "" => text(wire, "url").split_once("example.com").unwrap().1,
        target => target,
    };
    let mut call = gateway.call(text(wire, "method").parse().unwrap(), target);
    for (name, value) in wire["headers"].as_object().unwrap() {
        let framing = ["host", "connection", "content-length", "transfer-encoding"];
        if !framing.contains(&name.to_ascii_lowercase().as_str()) {
            call = call.header(name, value.as_str().unwrap());
        }
    }
    call.body(body(wire))
}

fn body(wire: &Value) -> String {
    let form = wire["form"].as_object().filter(|form| !form.is_empty());
    let Some(form) = form else { return text(wire, "body").to_owned() };
    let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let first = |values: &Value| encode(values[0].as_str().unwrap());
    let fields = form.iter().map(|(name, values)| format!("{}={}", encode(name), first(values)));
    fields.collect::<Vec<_>>().join("&")
}

async fn replay(vectors: Vec<Value>) {
    let (gateway, app) = gateway().await;
    assert!(!vectors.is_empty());
    for vector in vectors {
        let name = text(&vector, "name");
        let call = recorded(&gateway, &vector);
        assert_eq!(call.send().await.header("x-ca-error-code"), "S403TE", "{name}");
        let now = super::seconds_from_now(0);
        let moved = call.header("x-ca-timestamp", &now);
        let verdict = moved.send().await.verdict();
        // The package that joins repeated values is answered with the documented text.
        let signed =
            text(&vector, "stringToSign").replace(THEN, &now).replace('\n', "#").replace("?a=1,2", "?a=1");
        assert_eq!(
            verdict,
            format!("403 A403IS Invalid Signature, Server StringToSign:`{signed}`"),
            "{name}"
        );
        let list = moved.headers["x-ca-signature-headers"].to_str().unwrap().to_owned();
        let anew = app.sign_ca_list(moved.header("x-ca-nonce", name), &list).send().await;
        assert_eq!(anew.status, 200, "{name}: {}", anew.verdict());
    }
}

#[tokio::test]
async fn the_npm_package() {
    replay(vectors(NPM)).await;
}

#[tokio::test]
async fn the_java_client() {
    replay(vectors(JAVA)).await;
}

#[tokio::test]
async fn the_npm_package_with_codes() {
    let (gateway, _) = gateway().await;
    for vector in vectors(NPM_CODES) {
        assert_eq!(
            recorded(&gateway, &vector).send().await.verdict(),
            "200 mock",
            "{}",
            text(&vector, "name")
        );
    }
}

#[tokio::test]
async fn values_joined_by_the_npm_package_pass() {
    let (gateway, app) = gateway().await;
    let vector = vectors(NPM).into_iter().find(|vector| text(vector, "name") == "get-multi-value").unwrap();
    let call = recorded(&gateway, &vector).header("x-ca-timestamp", &super::seconds_from_now(0));
    let target = call.target.clone();
    let signed = app.sign_ca_list(call.target("/q?a=1,2"), "x-ca-key,x-ca-nonce,x-ca-stage,x-ca-timestamp");
    assert_eq!(signed.target(&target).send().await.verdict(), "200 mock");
}
