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

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_of_ones_own_is_checked_bound_and_kept_from_deletion() {
    let place = place();
    let gateway = Gateway::start(&place);
    published(&gateway);
    let (ours, other) = (TestAuthority::new("Ours"), TestAuthority::new("Other"));
    let (chain, key) = ours.server(&["*.example.com"]);
    let (expired, expired_key) = ours.server_valid(&["api.example.com"], 2001, 2002);
    let draft = |name: &str, chain: &str, key: &str| json!({ "name": name, "chain": chain, "key": key });
    let upload = |draft| gateway.manage("POST", "/certificates", &draft);
    let refused = [
        (draft("1st", &expired, &key), vec!["/name", "/chain", "the certificate ended on", "/key"]),
        (
            draft("wild", &format!("{chain}{}", other.certificate), &key),
            vec!["is not signed by certificate 2"],
        ),
        (draft("wild", "nothing", &expired_key), vec!["it is no certificate in PEM"]),
    ];
    for (draft, complaints) in refused {
        let answer = upload(draft);
        assert_eq!(answer.status, 422, "{}", answer.body);
        for complaint in complaints {
            assert!(answer.body.contains(complaint), "{complaint}: {}", answer.body);
        }
    }
    let made = upload(draft("wild", &format!("{chain}{}", ours.certificate), &key));
    assert_eq!(made.status, 201, "{}", made.body);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let path = format!("/certificates/{id}");
    for answer in [
        made,
        gateway.manage("GET", &path, &Value::Null),
        gateway.manage("GET", "/certificates", &Value::Null),
    ] {
        assert!(!answer.body.contains("PRIVATE KEY"), "{}", answer.body);
    }
    let bind = |host: &str| {
        gateway.manage("PATCH", &format!("/domains/{host}"), &json!({ "tls": { "certificate": id } }))
    };
    gateway.publish("api.example.org", &mock("elsewhere"));
    let uncovered = bind("api.example.org");
    assert!(uncovered.body.contains("does not cover `api.example.org`"), "{}", uncovered.body);
    let bound = bind("api.example.com");
    assert_eq!(bound.status, 200, "{}", bound.body);
    gateway.wait_until_served(bound.json()["revision"].as_u64().unwrap());
    assert_eq!(greeted(&gateway, &ours.certificate, "api.example.com").await, "over TLS");

    assert_eq!(gateway.manage("DELETE", &path, &Value::Null).status, 409);
    assert_eq!(gateway.done("GET", &path, &Value::Null)["domains"], json!(["api.example.com"]));
    let (narrow, narrow_key) = ours.server(&["other.example.com"]);
    let renewed = gateway.manage("PATCH", &path, &json!({ "chain": narrow, "key": narrow_key }));
    assert!(renewed.body.contains("the domain `api.example.com` has it"), "{}", renewed.body);
    gateway.done("PATCH", "/domains/api.example.com", &json!({ "tls": {} }));
    gateway.done("DELETE", &path, &Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn management_is_over_tls_where_that_is_wanted() {
    let place = place();
    let gateway = Gateway::start_with(&place, &["--management-tls"]);
    let authority = std::fs::read_to_string(gateway.data.join("ca.pem")).unwrap();
    let caller = TlsCaller::trusting(&authority);
    // Somebody who says nothing keeps nobody waiting.
    let _silent = std::net::TcpStream::connect(gateway.management).unwrap();
    let mut connection = caller.connect(gateway.management, "127.0.0.1").await.unwrap();
    let management = gateway.management;
    let credentials = json!({ "name": "admin", "password": crate::owner::password(&gateway) });
    let sign_in = HttpsCall::new(management, http::Method::POST, "/api/v1/session")
        .header("content-type", "application/json")
        .body(credentials.to_string());
    let answer = connection.send(&sign_in).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert!(answer.header("set-cookie").ends_with("; Secure"), "{}", answer.header("set-cookie"));
    let mut plain = std::net::TcpStream::connect(management).unwrap();
    std::io::Write::write_all(&mut plain, b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    let mut heard = Vec::new();
    let _ = std::io::Read::read_to_end(&mut plain, &mut heard);
    assert!(!heard.starts_with(b"HTTP"), "plain text is not answered");
    // The commands find out by themselves.
    let mut rotate = crate::command::paifang(&["keys", "rotate", "--data-dir"]);
    let ended = tokio::task::block_in_place(|| rotate.arg(&gateway.data).output().unwrap());
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
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
