//! Certificates of domains.

use insta::assert_snapshot;
use paifang_testkit::TestAuthority;
use serde_json::Value;

use crate::support::{World, text};

/// A certificate in the interface's parameters.
fn sent<'a>(name: &'a str, (chain, key): &'a (String, String)) -> [(&'a str, &'a str); 3] {
    [("CertificateName", name), ("CertificateBody", chain), ("CertificatePrivateKey", key)]
}

/// A domain among those that a group shows.
fn item<'a>(group: &'a Value, host: &str) -> &'a Value {
    let items = group["CustomDomains"]["DomainItem"].as_array().unwrap();
    items.iter().find(|item| item["DomainName"] == host).unwrap()
}

#[tokio::test]
async fn a_domain_has_a_certificate_until_it_is_taken_away() {
    let world = World::new().await;
    let owner = world.owner();
    let group = owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await;
    let group = text(&group["GroupId"]).to_owned();
    let of = |host: &'static str| [("GroupId", group.as_str()), ("DomainName", host)];
    for host in ["a.example.com", "b.example.com", "c.example.org"] {
        owner.done("SetDomain", &of(host)).await;
    }
    let ours = TestAuthority::new("Ours");
    let wild = ours.server(&["*.example.com"]);
    let set = async |host, name, certificate: &(String, String), more: &[(&str, &str)]| {
        let params = [&of(host)[..], &sent(name, certificate), more].concat();
        owner.call("SetDomainCertificate", &params).await
    };
    assert_eq!(set("a.example.com", "wild", &wild, &[]).await.status, 200);
    // The same for another domain is the same one.
    assert_eq!(set("b.example.com", "wild", &wild, &[]).await.status, 200);
    let shown = owner.done("DescribeDomain", &of("b.example.com")).await;
    assert_eq!((text(&shown["CertificateName"]), text(&shown["CertificateBody"])), ("wild", wild.0.as_str()));
    assert!(shown["CertificateValidEnd"].as_i64() > shown["CertificateValidStart"].as_i64());
    assert!(!shown.to_string().contains("PRIVATE KEY"), "{shown}");
    let id = text(&shown["CertificateId"]).to_owned();

    // Renewed through one domain, it is renewed for both.
    let renewed = ours.server(&["*.example.com"]);
    for host in ["a.example.com", "b.example.com"] {
        assert_eq!(set(host, "wild", &renewed, &[]).await.status, 200);
    }
    let listed = owner.done("DescribeApiGroup", &[("GroupId", group.as_str())]).await;
    for host in ["a.example.com", "b.example.com"] {
        let item = item(&listed, host);
        assert_eq!((text(&item["CertificateId"]), text(&item["CertificateName"])), (id.as_str(), "wild"));
    }
    let with_ca = [("CaCertificateBody", ours.certificate.as_str()), ("ClientCertSDnPassThrough", "true")];
    assert_eq!(set("a.example.com", "asking", &wild, &with_ca).await.status, 200);
    let listed = owner.done("DescribeApiGroup", &[("GroupId", group.as_str())]).await;
    assert_eq!(item(&listed, "a.example.com")["ClientCertSDnPassThrough"], true);

    // One that has no domain any more is gone.
    let shown = owner.done("DescribeDomain", &of("a.example.com")).await;
    let asking = text(&shown["CertificateId"]).to_owned();
    let delete = |host, id| [&of(host)[..], &[("CertificateId", id)]].concat();
    owner.done("DeleteDomainCertificate", &delete("a.example.com", &asking)).await;
    owner.done("DeleteDomainCertificate", &delete("b.example.com", &id)).await;
    let by_name = [&of("b.example.com")[..], &[("CertificateName", "wild")]].concat();
    assert_snapshot!(owner.refused("SetDomainCertificate", &by_name).await, @"400 DomainCertificateNotFound: Cannot found the domain certificate.");
    assert_snapshot!(owner.refused("DeleteDomainCertificate", &delete("b.example.com", &id)).await, @"400 DomainCertificateNotFound: Cannot found the domain certificate.");
    assert_eq!(owner.done("DescribeDomain", &of("b.example.com")).await["CertificateId"], Value::Null);
}

#[tokio::test]
async fn what_is_wrong_with_a_certificate_names_its_parameter() {
    let world = World::new().await;
    let owner = world.owner();
    let group = owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await;
    let group = text(&group["GroupId"]).to_owned();
    let domain = [("GroupId", group.as_str()), ("DomainName", "a.example.com")];
    owner.done("SetDomain", &domain).await;
    let (ours, other) = (TestAuthority::new("Ours"), TestAuthority::new("Other"));
    let good = ours.server(&["a.example.com"]);
    let refused = async |name, certificate: &(String, String), more: &[(&str, &str)]| {
        let params = [&domain[..], &sent(name, certificate), more].concat();
        owner.refused("SetDomainCertificate", &params).await
    };
    assert_snapshot!(refused("mine", &(good.0.clone(), other.key.clone()), &[]).await, @"400 InvalidCertificatePrivateKey: The specified parameter CertificatePrivateKey value is not valid. CertificatePrivateKey: the key is not that of the certificate.");
    assert_snapshot!(refused("mine", &ours.server_valid(&["a.example.com"], 2001, 2002), &[]).await, @"400 InvalidCertificateBody: The specified parameter CertificateBody value is not valid. CertificateBody: the certificate ended on Jan  1 00:00:00 2002 +00:00.");
    assert_snapshot!(refused("mine", &ours.server(&["b.example.com"]), &[]).await, @"400 InvalidCertificateBody: The specified parameter CertificateBody value is not valid. CertificateBody: the certificate `mine` does not cover `a.example.com`: it is for `b.example.com`.");
    assert_snapshot!(refused("mine", &ours.client("nobody"), &[]).await, @"400 InvalidCertificateBody: The specified parameter CertificateBody value is not valid. CertificateBody: the certificate names no host (subjectAltName), so no client accepts it.");
    assert_snapshot!(refused("mine", &good, &[("ClientCertSDnPassThrough", "true")]).await, @"400 InvalidCaCertificateBody: The specified parameter CaCertificateBody value is not valid. CaCertificateBody: clients can be asked for certificates only where the domain's certificate has a client authority.");
    assert_snapshot!(refused("mine", &good, &[("SslOcspEnable", "true")]).await, @"400 InvalidSslOcspEnable: The specified parameter SslOcspEnable value is not valid. `true`: this gateway does not offer it: revoked certificates of clients are not looked up.");
    // Another certificate has the name: that of another domain is not taken from it.
    owner.done("SetDomain", &[domain[0], ("DomainName", "b.example.com")]).await;
    let theirs = ours.server(&["b.example.com"]);
    let params = [&[domain[0], ("DomainName", "b.example.com")][..], &sent("theirs", &theirs)].concat();
    owner.done("SetDomainCertificate", &params).await;
    assert_snapshot!(refused("theirs", &good, &[]).await, @"400 RepeatedCertificateName: The specified CertificateName is repeated. CertificateName: `theirs` is taken by certificate/….");
    assert_eq!(owner.done("DescribeDomain", &domain).await["CertificateId"], Value::Null);
}
