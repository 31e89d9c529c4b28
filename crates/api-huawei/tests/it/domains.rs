//! Host names bound to groups.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{NOTHING, World};

#[tokio::test]
async fn domains_are_bound_and_unbound() {
    let world = World::new().await;
    let owner = world.owner();
    let (group, other) = (world.group("grp_1").await, world.group("grp_2").await);
    let path = format!("api-groups/{group}/domains");
    let bound = owner.post(&path, json!({ "url_domain": "api.example.com" })).await;
    let id = bound.id();
    assert_eq!((bound.text("/url_domain"), &bound.body["status"]), ("api.example.com", &json!(3)));
    let shown = owner.get(&format!("api-groups/{group}")).await;
    assert_eq!(shown.text("/url_domains/0/domain"), "api.example.com");
    let again =
        owner.post(&format!("api-groups/{other}/domains"), json!({ "url_domain": "API.example.com" })).await;
    assert_eq!(again.code(), "400 APIG.3305");
    let wrong = owner.delete(&format!("api-groups/{other}/domains/{id}")).await;
    assert_snapshot!(wrong.error(), @"403 APIG.3474 The API group ID in the URL does not match the API group to which the URL domain has been bound");
    assert_eq!(owner.delete(&format!("{path}/{id}")).await.status, 204);
    assert_eq!(owner.delete(&format!("{path}/{id}")).await.code(), "404 APIG.3020");
    assert_eq!(owner.delete(&format!("{path}/{NOTHING}")).await.code(), "404 APIG.3020");
    assert_snapshot!(owner.post(&path, json!({ "url_domain": "-x" })).await.error(), @"400 APIG.2024 Invalid URL domain name (url_domain: `-x` is not a host name: a label neither starts nor ends with `-`)");
    let tls = json!({ "url_domain": "b.example.com", "min_ssl_version": "TLSv1.2", "is_http_redirect_to_https": true });
    let secured = owner.post(&path, tls).await;
    assert_eq!(secured.text("/min_ssl_version"), "TLSv1.2");
    assert_eq!(secured.body["is_http_redirect_to_https"], true);
    let path = format!("{path}/{}", secured.text("/id"));
    let old = json!({ "min_ssl_version": "TLSv1.1", "is_http_redirect_to_https": false });
    let changed = owner.put(&path, old).await;
    assert_eq!((changed.status.as_u16(), changed.text("/min_ssl_version")), (201, "TLSv1.1"));
    let asking = json!({ "min_ssl_version": "TLSv1.1", "verified_client_certificate_enabled": true });
    assert_eq!(owner.put(&path, asking).await.code(), "400 APIG.2024", "there is no authority to ask for");
}

#[tokio::test]
async fn the_subdomain_is_switched_off() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("grp_1").await;
    let path = format!("api-groups/{group}/sl-domain-access-settings");
    owner.put(&path, json!({ "sl_domain_access_enabled": false })).await;
    let shown = owner.get(&format!("api-groups/{group}")).await;
    assert_eq!(shown.body["sl_domain_access_enabled"], false);
    assert_eq!(owner.put(&path, json!({})).await.code(), "400 APIG.2001");
}
