//! Calls over TLS: certificates by name, changed under load; clients that show one; plain calls that are sent there.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use http::Method;
use paifang_model::domain::{ClientCertificates, GroupTls, HttpVersions, PlainCalls, TlsVersions};
use paifang_model::id::CertificateId;
use paifang_model::{Certificate, CertificateFacts, Dialect, Domain, DomainTls, Secret};
use paifang_proxy::config::{Change, Document};
use paifang_testkit::{Backend, Scene, TestAuthority, TestGateway, TlsCaller, api, gateways_authority};

const HOST: &str = "tls.example.com";

#[tokio::test]
async fn what_has_no_certificate_of_its_own_is_secured_by_the_gateways_authority() {
    let own = TestAuthority::new("Own");
    let (scene, backend) = scene(&own).await;
    let gateway = scene.start().await;
    let caller = TlsCaller::trusting(&own.certificate);
    let mut h2 = caller.connect(gateway.tls_address, "group.apis.test").await.unwrap();
    let answer = h2.send(&gateway.get("/pets").host("group.apis.test")).await;
    assert_eq!(answer.status, 200);
    let mut http1 =
        caller.offering(&["http/1.1"]).connect(gateway.tls_address, "group.apis.test").await.unwrap();
    let forged = gateway.get("/pets").host("group.apis.test").header("x-client-s-dn", "CN=root");
    assert_eq!(http1.send(&forged).await.status, 200);
    assert_eq!(
        backend.received().last().unwrap().header("x-client-s-dn"),
        "",
        "what clients say is taken out"
    );
    let plain = gateway.get("/pets").header("x-client-s-dn", "CN=root").send().await;
    assert_eq!(plain.status, 200);
    assert_eq!(backend.received().last().unwrap().header("x-client-s-dn"), "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_handshake_fails_while_certificates_change() {
    let (own, ours) = (TestAuthority::new("Own"), TestAuthority::new("Ours"));
    let (mut scene, _) = scene(&own).await;
    let id = CertificateId::random();
    scene.put(Document::Certificate(certificate(id, &ours, None)));
    scene.put(Document::Domain(domain(&scene, DomainTls { certificate: Some(id), ..DomainTls::default() })));
    let gateway = Arc::new(scene.start().await);
    let caller = TlsCaller::trusting(&ours.certificate);
    let (over, mut clients) = (Arc::new(AtomicBool::new(false)), Vec::new());
    for _ in 0..4 {
        let (gateway, caller, over) = (Arc::clone(&gateway), caller.clone(), Arc::clone(&over));
        clients.push(tokio::spawn(async move {
            let (mut handshakes, mut shown) = (0, std::collections::HashSet::new());
            while !over.load(Ordering::Relaxed) {
                let stream = caller.handshake(gateway.tls_address, HOST).await.unwrap();
                shown.insert(stream.get_ref().1.peer_certificates().unwrap()[0].to_vec());
                handshakes += 1;
            }
            (handshakes, shown.len())
        }));
    }
    for _ in 0..50 {
        gateway.change(vec![Change::Put(Document::Certificate(certificate(id, &ours, None)))]).await;
        // A connection under way sees the change, or not, but never a failure.
        let mut connection = caller.connect(gateway.tls_address, HOST).await.unwrap();
        assert_eq!(connection.send(&gateway.get("/pets").host(HOST)).await.status, 200);
    }
    over.store(true, Ordering::Relaxed);
    for client in clients {
        let (handshakes, shown) = client.await.unwrap();
        assert!(handshakes > 10 && shown > 1, "{handshakes} handshakes, {shown} certificates");
    }
}

#[tokio::test]
async fn a_client_shows_who_it_is() {
    let (own, ours, theirs) =
        (TestAuthority::new("Own"), TestAuthority::new("Ours"), TestAuthority::new("Theirs"));
    let (mut scene, backend) = scene(&own).await;
    let id = CertificateId::random();
    scene.put(Document::Certificate(certificate(id, &ours, Some(&theirs))));
    let tls = DomainTls {
        certificate: Some(id),
        clients: ClientCertificates::RequiredAndPassedOn,
        ..DomainTls::default()
    };
    scene.put(Document::Domain(domain(&scene, tls)));
    let gateway = scene.start().await;
    let roots = format!("{}{}", ours.certificate, own.certificate);
    let (chain, key) = theirs.client("ann");
    let known = TlsCaller::with_certificate(&roots, &chain, &key);
    let call = gateway.get("/pets").host(HOST).header("x-client-s-dn", "CN=root");
    let mut connection = known.connect(gateway.tls_address, HOST).await.unwrap();
    assert_eq!(connection.send(&call).await.status, 200);
    assert_eq!(backend.received()[0].header("x-client-s-dn"), r"CN=ann,O=Pets\, Ltd.");

    let (chain, key) = ours.client("eve");
    for stranger in [TlsCaller::trusting(&roots), TlsCaller::with_certificate(&roots, &chain, &key)] {
        assert_eq!(answered(&stranger, &gateway).await, None, "the handshake refuses it");
    }
    // By another name nobody is asked, and so the host must not be reached.
    let mut elsewhere =
        TlsCaller::trusting(&roots).connect(gateway.tls_address, "group.apis.test").await.unwrap();
    let misdirected = elsewhere.send(&call).await;
    assert_eq!(misdirected.status, 421, "{}", misdirected.verdict());
    let plain = call.send().await;
    assert_eq!(plain.verdict(), "403 I403PT Invalid protocol HTTP unsupported");
    assert_eq!(backend.received().len(), 1);
    // Nor is a connection that was made before clients were asked.
    let domain_without = domain_of(&gateway, DomainTls { certificate: Some(id), ..DomainTls::default() });
    gateway.change(vec![Change::Put(Document::Domain(domain_without))]).await;
    assert_eq!(connection.send(&call).await.status, 421);
}

#[tokio::test]
async fn plain_calls_are_sent_to_tls_and_old_versions_are_not_spoken() {
    let own = TestAuthority::new("Own");
    let (mut scene, _) = scene(&own).await;
    scene.settings.https_port = 8443;
    let tls =
        DomainTls { plain: PlainCalls::Redirected, versions: TlsVersions::Tls13, ..DomainTls::default() };
    scene.put(Document::Domain(domain(&scene, tls)));
    let gateway = scene.start().await;
    let moved = gateway.get("/pets?a=%20b").host(HOST).send().await;
    assert_eq!((moved.status, moved.header("location")), (301, format!("https://{HOST}/pets?a=%20b")));
    let moved = gateway.call(Method::POST, "/pets").host(&format!("{HOST}:8080")).send().await;
    assert_eq!((moved.status, moved.header("location")), (308, format!("https://{HOST}:8443/pets")));
    let elsewhere = gateway.get("/pets").send().await;
    assert_eq!(elsewhere.status, 200, "only this domain");

    let old = TlsCaller::with_tls12(&own.certificate);
    let offered = old.handshake(gateway.tls_address, "group.apis.test").await;
    assert!(offered.is_ok(), "elsewhere TLS 1.2 is offered");
    let failed = old.handshake(gateway.tls_address, HOST).await.unwrap_err();
    assert!(failed.to_string().contains("ProtocolVersion"), "{failed}");
}

#[tokio::test]
async fn a_group_says_what_its_hosts_offer_at_most() {
    let own = TestAuthority::new("Own");
    let (mut scene, _) = scene(&own).await;
    scene.group.tls = GroupTls { http: HttpVersions::Http1, ..GroupTls::default() };
    let tls = DomainTls { versions: TlsVersions::Tls13, ..DomainTls::default() };
    scene.put(Document::Domain(domain(&scene, tls)));
    let gateway = scene.start().await;
    let (caller, old) = (TlsCaller::trusting(&own.certificate), TlsCaller::with_tls12(&own.certificate));
    let spoken = async |host: &str| {
        let stream = caller.handshake(gateway.tls_address, host).await.unwrap();
        String::from_utf8(stream.get_ref().1.alpn_protocol().unwrap().to_vec()).unwrap()
    };
    let hosts = [HOST, "group.apis.test"];
    for host in hosts {
        assert_eq!(spoken(host).await, "http/1.1", "{host}");
        let mut connection = caller.connect(gateway.tls_address, host).await.unwrap();
        assert_eq!(connection.send(&gateway.get("/pets").host(host)).await.status, 200);
    }
    assert!(old.handshake(gateway.tls_address, HOST).await.is_err(), "the domain is stricter");
    assert!(old.handshake(gateway.tls_address, "group.apis.test").await.is_ok());

    let mut group = gateway.group.clone();
    group.tls = GroupTls { versions: TlsVersions::Tls13, ..GroupTls::default() };
    gateway.change(vec![Change::Put(Document::Group(group))]).await;
    for host in hosts {
        assert_eq!(spoken(host).await, "h2", "{host}");
        assert!(old.handshake(gateway.tls_address, host).await.is_err(), "{host}");
    }
    gateway
        .change(vec![Change::Put(Document::Authority(gateways_authority(&own, &["*.apis.test", HOST])))])
        .await;
    assert!(
        old.handshake(gateway.tls_address, "group.apis.test").await.is_err(),
        "another certificate, the same rules"
    );
}

#[tokio::test]
async fn a_certificate_that_cannot_be_used_takes_only_its_own_domains_down() {
    let (own, ours) = (TestAuthority::new("Own"), TestAuthority::new("Ours"));
    let (mut scene, _) = scene(&own).await;
    let id = CertificateId::random();
    let broken = Certificate { chain: "nothing".to_owned(), ..certificate(id, &ours, None) };
    scene.put(Document::Certificate(broken));
    scene.put(Document::Domain(domain(&scene, DomainTls { certificate: Some(id), ..DomainTls::default() })));
    let gateway = scene.start().await;
    let caller = TlsCaller::trusting(&format!("{}{}", own.certificate, ours.certificate));
    assert!(caller.handshake(gateway.tls_address, HOST).await.is_err(), "nothing less is done instead");
    assert!(caller.handshake(gateway.tls_address, "group.apis.test").await.is_ok());
    let aside = gateway.gateway.set_aside();
    assert_eq!(aside.len(), 1, "{aside:?}");
    gateway.change(vec![Change::Put(Document::Certificate(certificate(id, &ours, None)))]).await;
    assert!(caller.handshake(gateway.tls_address, HOST).await.is_ok());
    assert!(gateway.gateway.set_aside().is_empty());
}

/// An API at every host of the group, and an authority for those without a certificate.
async fn scene(own: &TestAuthority) -> (Scene, Backend) {
    let backend = Backend::echo().await;
    let mut scene = Scene::new(Dialect::Alibaba);
    scene.publish(api::get("/pets").to(&backend));
    scene.secured_by(own, &["*.apis.test", HOST]);
    (scene, backend)
}

/// A new certificate for [`HOST`].
fn certificate(id: CertificateId, by: &TestAuthority, clients: Option<&TestAuthority>) -> Certificate {
    let (chain, key) = by.server(&[HOST]);
    let facts = CertificateFacts {
        subject: String::new(),
        issuer: String::new(),
        serial: String::new(),
        names: vec![HOST.to_owned()],
        not_before: 0,
        not_after: i64::MAX,
        algorithm: String::new(),
        fingerprint: String::new(),
    };
    let client_authority = clients.map(|clients| clients.certificate.clone());
    Certificate { id, name: "pets".to_owned(), chain, key: Secret::new(key), client_authority, facts }
}

fn domain(scene: &Scene, tls: DomainTls) -> Domain {
    Domain {
        id: Domain::id_of(HOST),
        group: scene.group.id,
        host: HOST.to_owned(),
        stage: None,
        tls,
        patterns: Vec::new(),
    }
}

fn domain_of(gateway: &TestGateway, tls: DomainTls) -> Domain {
    Domain {
        id: Domain::id_of(HOST),
        group: gateway.group.id,
        host: HOST.to_owned(),
        stage: None,
        tls,
        patterns: Vec::new(),
    }
}

/// Whether anything is answered. With TLS 1.3 a client learns of its refusal only with the first answer.
async fn answered(caller: &TlsCaller, gateway: &TestGateway) -> Option<usize> {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut stream =
        caller.clone().offering(&["http/1.1"]).handshake(gateway.tls_address, HOST).await.ok()?;
    let request = format!("GET /pets HTTP/1.1\r\nHost: {HOST}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.ok()?;
    stream.read(&mut [0; 64]).await.ok().filter(|read| *read > 0)
}
