//! Certificates in their store and at domains.

use insta::assert_snapshot;
use paifang_testkit::TestAuthority;
use serde_json::{Value, json};

use crate::support::{INSTANCE, NOTHING, World};

fn form(name: &str, (chain, key): &(String, String)) -> Value {
    json!({ "name": name, "cert_content": chain, "private_key": key })
}

#[tokio::test]
async fn a_certificate_is_kept_shown_changed_and_deleted() {
    let world = World::new().await;
    let owner = world.owner();
    let ours = TestAuthority::new("Ours");
    let wild = ours.server(&["*.example.com"]);
    let mut sent = form("wild", &wild);
    sent["trusted_root_ca"] = json!(ours.certificate);
    let made = owner.post("/certificates", sent).await;
    assert!(!made.body.to_string().contains("PRIVATE KEY"), "{}", made.body);
    assert_eq!((made.text("/type"), made.text("/algorithm_type")), ("global", "ECC"));
    assert_eq!((made.text("/signature_algorithm"), made.text("/san/0")), ("ECDSA-SHA256", "*.example.com"));
    assert_eq!(made.body["is_has_trusted_root_ca"], true);
    let id = made.id();
    let path = format!("/certificates/{id}");
    world.clock.advance(1000);
    owner.post("/certificates", form("other", &ours.server(&["other.example.com"]))).await;
    let listed = |query: &str| {
        let path = format!("/certificates?instance_id={INSTANCE}&{query}");
        let owner = world.owner();
        async move { owner.get(&path).await.column("certs", "name") }
    };
    assert_eq!(listed("").await, ["wild", "other"]);
    assert_eq!(listed("name=wil").await, ["wild"]);
    assert_eq!(listed("algorithm_type=RSA").await, [""; 0]);
    assert_eq!(listed("signature_algorithm=ECDSA-SHA256&limit=1&offset=1").await, ["other"]);

    let renewed = ours.server(&["*.example.com", "example.com"]);
    let changed = owner.put(&path, form("wild_2", &renewed)).await;
    assert_eq!((changed.text("/name"), changed.text("/san/1")), ("wild_2", "example.com"));
    assert_eq!(changed.body["is_has_trusted_root_ca"], true, "what is left out stays");
    assert_eq!(owner.get(&path).await.text("/name"), "wild_2");
    assert_eq!(owner.delete(&path).await.status, 204);
    assert_snapshot!(owner.get(&path).await.code(), @"404 APIG.3021");
    assert_snapshot!(owner.delete(&format!("/certificates/{NOTHING}")).await.code(), @"404 APIG.3021");
}

#[tokio::test]
async fn what_is_wrong_with_a_certificate_has_a_code_of_its_own() {
    let world = World::new().await;
    let owner = world.owner();
    let (ours, other) = (TestAuthority::new("Ours"), TestAuthority::new("Other"));
    let (chain, key) = ours.server(&["a.example.com"]);
    let refused = |sent: Value| {
        let owner = world.owner();
        async move { owner.post("/certificates", sent).await.code() }
    };
    let wrong = |chain: &str, key: &str| json!({ "name": "cert", "cert_content": chain, "private_key": key });
    assert_eq!(refused(wrong(&chain, &other.key)).await, "400 APIG.2101");
    let (old, old_key) = ours.server_valid(&["a.example.com"], 2001, 2002);
    assert_eq!(refused(wrong(&old, &old_key)).await, "400 APIG.2102");
    assert_eq!(refused(wrong(&format!("{chain}{}", other.certificate), &key)).await, "400 APIG.2104");
    let encrypted = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n";
    assert_eq!(refused(wrong(&chain, encrypted)).await, "400 APIG.2105");
    assert_eq!(refused(wrong("nothing", &key)).await, "400 APIG.2106");
    let (nobody, nobody_key) = ours.client("nobody");
    assert_eq!(refused(wrong(&nobody, &nobody_key)).await, "400 APIG.2109");
    assert_eq!(refused(json!({ "name": "cert" })).await, "400 APIG.2001");
    let mut elsewhere = wrong(&chain, &key);
    elsewhere["instance_id"] = json!(NOTHING);
    assert_eq!(refused(elsewhere).await, "404 APIG.3030");
    let told = owner.post("/certificates", wrong(&chain, &other.key)).await.error();
    assert!(!told.contains("PRIVATE"), "{told}");
    assert_eq!(owner.get("/certificates").await.body["total"], 0);
}

#[tokio::test]
async fn domains_get_certificates_from_either_side() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    let domains = format!("api-groups/{group}/domains");
    let mut ids = Vec::new();
    for host in ["a.example.com", "b.example.com", "c.example.org"] {
        ids.push(owner.post(&domains, json!({ "url_domain": host })).await.id());
    }
    let ours = TestAuthority::new("Ours");
    let mut sent = form("wild", &ours.server(&["*.example.com"]));
    sent["trusted_root_ca"] = json!(ours.certificate);
    let wild = owner.post("/certificates", sent).await.id();
    let path = format!("/certificates/{wild}");
    let named = |hosts: &[&str]| json!({ "domains": hosts.iter().map(|host| json!({ "domain": host })).collect::<Vec<_>>() });

    // One that is not covered: none gets it.
    let attach = format!("{path}/domains/attach");
    let refused = owner.post(&attach, named(&["a.example.com", "c.example.org"])).await;
    assert_eq!(refused.code(), "400 APIG.2103");
    assert_eq!(owner.get(&format!("{path}/attached-domains")).await.body["total"], 0);
    assert_eq!(owner.post(&attach, named(&["nobodys.example.com"])).await.code(), "404 APIG.3020");
    for _ in 0..2 {
        assert_eq!(owner.post(&attach, named(&["a.example.com", "b.example.com"])).await.status, 201);
    }
    let attached = owner.get(&format!("{path}/attached-domains?limit=1&offset=1")).await;
    assert_eq!(
        (attached.text("/bound_domains/0/url_domain"), &attached.body["total"]),
        ("b.example.com", &json!(2))
    );
    assert_eq!(attached.body["bound_domains"][0]["verified_client_certificate_enabled"], true);
    let shown = owner.get(&format!("api-groups/{group}")).await;
    assert_eq!(
        (shown.text("/url_domains/0/ssl_id"), shown.text("/url_domains/0/ssl_name")),
        (wild.as_str(), "wild")
    );
    assert_eq!(owner.delete(&path).await.code(), "403 APIG.1115");

    let other = owner.post("/certificates", form("other", &ours.server(&["a.example.com"]))).await.id();
    let at_domain = format!("{domains}/{}/certificates", ids[0]);
    let ask = |ids: &[&str]| json!({ "certificate_ids": ids });
    assert_eq!(owner.post(&format!("{at_domain}/attach"), ask(&[&other])).await.code(), "400 APIG.2051");
    assert_eq!(
        owner.post(&format!("{at_domain}/attach"), ask(&[&other, &wild])).await.code(),
        "400 APIG.2051"
    );
    assert_eq!(owner.post(&format!("{at_domain}/detach"), ask(&[&other])).await.code(), "404 APIG.3097");
    assert_eq!(owner.post(&format!("{at_domain}/detach"), ask(&[&wild])).await.status, 201);
    assert_eq!(owner.post(&format!("{at_domain}/attach"), ask(&[&other])).await.status, 201);
    assert_eq!(owner.post(&format!("{path}/domains/detach"), named(&["b.example.com"])).await.status, 201);
    assert_eq!(
        owner.post(&format!("{path}/domains/detach"), named(&["b.example.com"])).await.code(),
        "404 APIG.3097"
    );
    assert_eq!(owner.delete(&path).await.status, 204);
}

#[tokio::test]
async fn a_domain_is_given_a_certificate_of_its_own() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    let domains = format!("api-groups/{group}/domains");
    let domain = owner.post(&domains, json!({ "url_domain": "a.example.com" })).await.id();
    let path = format!("{domains}/{domain}/certificate");
    let ours = TestAuthority::new("Ours");
    let first = owner.post(&path, form("mine", &ours.server(&["a.example.com"]))).await;
    assert_eq!((first.text("/url_domain"), first.text("/ssl_name")), ("a.example.com", "mine"));
    let id = first.text("/ssl_id").to_owned();
    let again = owner.post(&path, form("mine", &ours.server(&["a.example.com", "b.example.com"]))).await;
    assert_eq!(again.text("/ssl_id"), id, "it takes its own place");
    let shown = owner.get(&format!("{path}/{id}")).await;
    assert_eq!(shown.text("/san/1"), "b.example.com");
    let uncovered = owner.post(&path, form("mine", &ours.server(&["c.example.com"]))).await;
    assert_eq!(uncovered.code(), "400 APIG.2103");
    assert_eq!(owner.delete(&format!("{path}/{NOTHING}")).await.code(), "404 APIG.3097");
    assert_eq!(owner.delete(&format!("{path}/{id}")).await.status, 204);
    assert_eq!(owner.get(&format!("{path}/{id}")).await.code(), "404 APIG.3097");
    assert_eq!(owner.get("/certificates").await.column("certs", "name"), ["mine"], "it stays in the store");
}
