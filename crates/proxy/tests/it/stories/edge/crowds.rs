//! Too many at once: each further one is told so in the gateway's own words, and the others are served.

use paifang_model::Dialect;
use paifang_proxy::EdgeSettings;
use paifang_testkit::{Backend, Raw, TestAuthority, TlsCaller, api, soaked};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::{HOST, secured, serving, withstood};

/// Status, code and `Retry-After` of a reply in bytes.
fn busy(dialect: Dialect, reply: &str) -> bool {
    let code = match dialect {
        Dialect::Alibaba => "x-ca-error-code: X503BZ\r\n",
        Dialect::Huawei => "{\"error_code\":\"APIG.0601\",",
    };
    reply.starts_with("HTTP/1.1 503 ") && reply.contains(code) && reply.contains("retry-after: 1\r\n")
}

const ASKS: &str = "GET /pets HTTP/1.1\r\nhost: api.example.com\r\n\r\n";

#[tokio::test]
async fn connections_have_places() {
    for dialect in Dialect::ALL {
        let mut scene = paifang_testkit::Scene::new(dialect);
        scene.publish(api::get("/pets").mock(200, "pets"));
        scene.settings.default_dialect = dialect;
        scene.settings.edge = EdgeSettings { connections: 2, ..EdgeSettings::default() };
        let gateway = scene.start().await;
        let (mut one, two) = (gateway.connect().await, gateway.connect().await);
        let call = gateway.get("/pets");
        assert_eq!(one.send(&call).await.text(), "pets");
        let told = gateway.raw().await.hear_all().await;
        assert!(busy(dialect, &told), "{told}");
        assert_eq!(one.send(&call).await.text(), "pets");
        drop(two);
        // The place is free as soon as the gateway has noticed.
        loop {
            let mut client = gateway.raw().await;
            client.say(ASKS).await;
            let heard = client.hear("\r\n\r\n").await;
            if heard.starts_with("HTTP/1.1 200 ") {
                break;
            }
            assert!(busy(dialect, &heard), "{heard}");
        }
        assert!(gateway.gateway.metrics().render().contains("paifang_connections_refused_total "));
    }
}

#[tokio::test]
async fn an_address_has_places_of_its_own() {
    let edge = EdgeSettings { connections_per_address: Some(2), ..EdgeSettings::default() };
    let gateway = serving(Dialect::Alibaba, api::get("/pets").mock(200, "pets"), edge).await;
    let (mut one, mut two) = (gateway.connect().await, gateway.connect().await);
    let call = gateway.get("/pets");
    assert_eq!((one.send(&call).await.status, two.send(&call).await.status), (200, 200));
    let told = gateway.raw().await.hear_all().await;
    assert!(busy(Dialect::Alibaba, &told), "{told}");
    // Another address has all of its places.
    for _ in 0..4 {
        let other = call.clone().from("127.0.0.2".parse().unwrap()).send().await;
        assert_eq!(other.text(), "pets");
    }
}

/// Whoever has taken all of an address' places tries on and on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_from_one_address_costs_the_others_nothing() {
    let edge = EdgeSettings { connections_per_address: Some(10), ..EdgeSettings::default() };
    let gateway = serving(Dialect::Alibaba, api::get("/pets").mock(200, "pets"), edge).await;
    let knock = async || {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.2:0".parse().unwrap()).unwrap();
        let mut client = Raw(socket.connect(gateway.address).await.unwrap());
        let _ = client.0.write_all(ASKS.as_bytes()).await;
        // Those who have a place keep it; the others are told at once.
        let mut heard = vec![0; 16];
        let told = client.0.read(&mut heard).await.unwrap_or_default();
        (client, heard.starts_with(b"HTTP/1.1 200 ") && told > 0)
    };
    let flood = async {
        let (mut kept, count) = (Vec::new(), soaked(500, 5000));
        for _ in 0..count {
            let (client, is_served) = knock().await;
            if is_served {
                kept.push(client);
            }
        }
        kept.len()
    };
    assert_eq!(withstood(&gateway, flood).await, 10);
}

/// To say so would take a handshake: the connection is closed, and the others are served.
#[tokio::test]
async fn connections_over_tls_have_the_same_places() {
    let own = TestAuthority::new("Own");
    let mut scene = secured(&own);
    scene.publish(api::get("/pets").mock(200, "pets"));
    scene.settings.edge = EdgeSettings { connections: 1, ..EdgeSettings::default() };
    let gateway = scene.start().await;
    let caller = TlsCaller::trusting(&own.certificate);
    let mut one = caller.connect(gateway.tls_address, HOST).await.unwrap();
    let call = gateway.get("/pets").host(HOST);
    assert_eq!(one.send(&call).await.text(), "pets");
    let mut told = Vec::new();
    let mut refused = tokio::net::TcpStream::connect(gateway.tls_address).await.unwrap();
    let _ = tokio::io::AsyncReadExt::read_to_end(&mut refused, &mut told).await;
    assert!(told.is_empty(), "nothing is said in plain text");
    assert!(caller.handshake(gateway.tls_address, HOST).await.is_err());
    assert_eq!(one.send(&call).await.text(), "pets");
}

#[tokio::test]
async fn calls_have_places() {
    for dialect in Dialect::ALL {
        let (backend, gate) = Backend::behind_a_gate().await;
        let edge = EdgeSettings { calls: 2, ..EdgeSettings::default() };
        let gateway = serving(dialect, api::get("/pets").to(&backend), edge).await;
        let call = gateway.get("/pets");
        let waiting = tokio::spawn({
            let call = call.clone();
            async move { futures_util::future::join(call.send(), call.send()).await }
        });
        backend.wait_for(2).await;
        let refused = call.send().await;
        assert_eq!((refused.status, refused.header("retry-after").as_str()), (503, "1"), "{dialect}");
        let code = refused.verdict();
        assert!(code.starts_with("503 X503BZ ") || code.starts_with("503 APIG.0601 "), "{code}");
        gate.open();
        let (one, two) = waiting.await.unwrap();
        assert_eq!((one.status, two.status), (200, 200));
        assert_eq!(call.send().await.status, 200);
    }
}
