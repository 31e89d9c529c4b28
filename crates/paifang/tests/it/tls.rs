//! Calls over TLS, from the first start.

use paifang_testkit::{Call as HttpsCall, TestAuthority, TlsCaller};
use serde_json::{Value, json};

use crate::gateway::{Gateway, place};
use crate::http::Call;
use crate::rest::mock;

#[tokio::test(flavor = "multi_thread")]
async fn subdomains_have_https_from_the_first_start_and_after_another_one() {
    let place = place();
    let gateway = Gateway::start(&place);
    let subdomain = published(&gateway);
    let authority = ca(&gateway);
    assert!(!authority.contains("PRIVATE KEY"));
    assert_eq!(greeted(&gateway, &authority, &subdomain).await, "over TLS");
    gateway.stop();
    let again = Gateway::start(&place);
    assert_eq!(ca(&again), authority, "it is made once");
    assert_eq!(greeted(&again, &authority, &subdomain).await, "over TLS");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_of_the_operators_takes_its_place() {
    let place = place();
    let gateway = Gateway::start(&place);
    let subdomain = published(&gateway);
    let (ours, other) = (TestAuthority::new("Ours"), TestAuthority::new("Other"));
    let (leaf, leaf_key) = ours.server(&["a.example.com"]);
    let refused = |draft: Value| gateway.manage("PUT", "/authority", &draft).json()["violations"].to_string();
    let wrong = refused(json!({ "certificate": ours.certificate, "key": other.key }));
    assert!(wrong.contains("the key is not that of the certificate"), "{wrong}");
    let wrong = refused(json!({ "certificate": leaf, "key": leaf_key }));
    assert!(wrong.contains("it is no authority"), "{wrong}");
    let wrong = refused(json!({ "certificate": "none", "key": "none" }));
    assert!(wrong.contains("/certificate") && wrong.contains("/key"), "{wrong}");

    let draft = json!({ "certificate": ours.certificate, "key": ours.key });
    let replaced = gateway.manage("PUT", "/authority", &draft);
    assert_eq!(replaced.status, 200, "{}", replaced.body);
    assert!(!replaced.body.contains("PRIVATE KEY"), "it is never shown again");
    assert_eq!(ca(&gateway), ours.certificate);
    let caller = TlsCaller::trusting(&ours.certificate);
    let address = gateway.https;
    gateway.wait_until_served(replaced.json()["revision"].as_u64().unwrap());
    caller.handshake(address, &subdomain).await.unwrap();
}

/// Publishes an API; the subdomain of its group.
fn published(gateway: &Gateway) -> String {
    gateway.publish("api.example.com", &mock("over TLS"));
    let groups = gateway.done("GET", "/groups", &Value::Null);
    groups["items"][0]["subdomain"].as_str().unwrap().to_owned()
}

fn ca(gateway: &Gateway) -> String {
    let answer = Call::get("/api/v1/ca.pem").send(gateway.management);
    assert_eq!(answer.status, 200);
    answer.body
}

async fn greeted(gateway: &Gateway, authority: &str, host: &str) -> String {
    let caller = TlsCaller::trusting(authority);
    let call = HttpsCall::new(gateway.https, http::Method::GET, "/hello").host(host);
    let mut connection = caller.connect(gateway.https, host).await.unwrap();
    let answer = connection.send(&call).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.text()
}
