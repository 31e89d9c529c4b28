//! HTTP/2 with prior knowledge on either side, old HTTP/1.0, trailers (spec: huawei/calling.md §7).

use http_body_util::{BodyExt, Full};
use paifang_model::Dialect;
use paifang_model::definition::BackendProtocol;
use paifang_testkit::api::Api;
use paifang_testkit::{Backend, Scene, Then, api};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::serving;

#[tokio::test]
async fn a_client_may_speak_http2() {
    for dialect in Dialect::ALL {
        let backend = Backend::echo().await;
        let gateway = serving(dialect, api::any("/pets").to(&backend)).await;
        let mut connection = gateway.connect_h2().await;
        assert_eq!(connection.send(&gateway.get("/pets")).await.status, 200);
        assert_eq!(connection.send(&gateway.post("/pets", "body")).await.status, 200);
        assert_eq!(connection.send(&gateway.get("/none")).await.status, 404);
        assert_eq!(backend.received().len(), 2);
    }
}

/// The authority of HTTP/2 is the host that is routed by and signed.
#[tokio::test]
async fn signatures_cover_the_authority_of_http2() {
    for dialect in Dialect::ALL {
        let mut scene = Scene::new(dialect);
        let api = scene.publish(api::post("/pets").for_apps());
        let caller = scene.app("caller");
        scene.grant(&caller, api);
        let gateway = scene.start().await;
        let mut connection = gateway.connect_h2().await;
        let call = gateway.post("/pets", "body");
        for signed in [caller.sign_sdk(call.clone()), caller.sign_ca(call)] {
            let answer = connection.send(&signed).await;
            assert_eq!(answer.status, 200, "{}", answer.verdict());
        }
    }
}

fn over_h2c(backend: &Backend) -> Api {
    api::any("/pets").to(backend).http(|backend| backend.protocol = BackendProtocol::H2c)
}

#[tokio::test]
async fn a_backend_may_speak_http2() {
    let backend = Backend::h2c().await;
    let gateway = serving(Dialect::Huawei, over_h2c(&backend)).await;
    let call = gateway.post("/pets", "body");
    let answers = futures_util::future::join_all((0..8).map(|_| call.send())).await;
    assert!(answers.iter().all(|answer| answer.status == 200));
    assert_eq!((backend.received().len(), backend.connections()), (8, 1));
    assert_eq!(backend.last().body, "body");
}

#[tokio::test]
async fn http2_on_both_sides() {
    let backend = Backend::h2c().await;
    let gateway = serving(Dialect::Alibaba, over_h2c(&backend)).await;
    let mut connection = gateway.connect_h2().await;
    assert_eq!(connection.send(&gateway.get("/pets")).await.status, 200);
}

#[tokio::test]
async fn a_client_of_1996_is_answered_and_left() {
    let gateway = serving(Dialect::Huawei, api::get("/pets")).await;
    let mut client = gateway.raw().await;
    client.say("GET /pets HTTP/1.0\r\nhost: api.example.com\r\n\r\n").await;
    let heard = client.hear_all().await;
    assert!(heard.starts_with("HTTP/1.1 200 OK\r\n") && heard.ends_with("mock"), "{heard}");
}

/// RFC 9112 §3.2.2: the host of the target leads, and the field has to say the same.
#[tokio::test]
async fn a_target_in_absolute_form_names_the_host() {
    let gateway = serving(Dialect::Huawei, api::get("/pets")).await;
    for (host, status) in [("api.example.com", 200), ("other.example.com", 400)] {
        let mut client = gateway.raw().await;
        client.say(format!("GET http://api.example.com/pets HTTP/1.1\r\nhost: {host}\r\n\r\n")).await;
        let heard = client.hear("\r\n\r\n").await;
        assert!(heard.starts_with(&format!("HTTP/1.1 {status} ")), "{heard}");
    }
}

/// What is no request is refused like a call: in the group's words, with an id, and counted.
#[tokio::test]
async fn what_is_no_request_is_refused_in_the_groups_words() {
    let table = [
        (
            "POST /pets HTTP/1.1\r\nhost: api.example.com\r\ncontent-length: 1\r\ncontent-length: 1",
            "400 I400HD",
        ),
        ("GET /pets HTTP/1.1\r\nhost: api.example.com\r\nx : y", "400 I400HD"),
        ("GET /pets HTTP/7.0\r\nhost: api.example.com", "400 I400RU"),
        ("GET pets HTTP/1.1\r\nhost: api.example.com", "400 I400PA"),
        (&format!("GET /pets HTTP/1.1\r\nhost: api.example.com{}", "\r\nx: y".repeat(101)), "413 I413UL"),
    ];
    let gateway = serving(Dialect::Alibaba, api::any("/pets")).await;
    for (head, verdict) in table {
        let mut client = gateway.raw().await;
        client.say(format!("{head}\r\n\r\n")).await;
        let heard = client.hear_all().await;
        let (status, code) = verdict.split_once(' ').unwrap();
        assert!(heard.starts_with(&format!("HTTP/1.1 {status} ")), "{head}: {heard}");
        assert!(heard.contains(&format!("x-ca-error-code: {code}\r\n")), "{head}: {heard}");
        assert!(heard.contains("x-ca-request-id: ") && heard.contains("connection: close"), "{heard}");
    }
    let figures = gateway.gateway.metrics().render();
    assert!(figures.contains("paifang_errors_total{code=\"I400HD\"} 2"), "{figures}");
    assert!(figures.contains("paifang_in_flight 0"), "{figures}");

    let gateway = serving(Dialect::Huawei, api::any("/pets")).await;
    let mut client = gateway.raw().await;
    client.say("GET /pets HTTP/1.1\r\nhost: api.example.com\r\nhost: api.example.com\r\n\r\n").await;
    let heard = client.hear_all().await;
    assert!(heard.contains("\"error_code\":\"APIG.0201\"") && heard.contains("x-request-id: "), "{heard}");
}

/// What two readers could read in two ways is read in none (RFC 9112 §6.1, §11.2).
#[tokio::test]
async fn ambiguous_requests_are_refused() {
    let backend = Backend::echo().await;
    let gateway = serving(Dialect::Huawei, api::any("/pets").to(&backend)).await;
    for ambiguous in [
        "content-length: 4\r\ncontent-length: 5\r\n\r\npets!",
        "content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n4\r\npets\r\n0\r\n\r\n",
        "transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "content-length: +4\r\n\r\npets",
        "content-length : 4\r\n\r\npets",
        "x: a\0b\r\n\r\n",
    ] {
        let mut client = gateway.raw().await;
        client.say(format!("POST /pets HTTP/1.1\r\nhost: api.example.com\r\n{ambiguous}")).await;
        let heard = client.hear("\r\n\r\n").await;
        assert!(heard.starts_with("HTTP/1.1 400 "), "{ambiguous:?}: {heard}");
    }
    assert!(backend.received().is_empty());
}

#[tokio::test]
async fn trailers_of_an_answer_reach_the_client() {
    let answer = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntrailer: x-sum\r\n\r\n\
        4\r\npets\r\n0\r\nx-sum: 42\r\n\r\n";
    let backend = Backend::sending(answer, Then::Stay).await;
    let gateway = serving(Dialect::Huawei, api::get("/pets").to(&backend)).await;
    let mut connection = gateway.connect_h2().await;
    let answer = connection.open(&gateway.get("/pets"), Full::default().boxed()).await;
    let collected = answer.into_body().collect().await.unwrap();
    assert_eq!(collected.trailers().unwrap()["x-sum"], "42");
    assert_eq!(collected.to_bytes(), "pets");
}

#[tokio::test]
async fn trailers_of_a_request_reach_the_backend() {
    let (told, mut seen) = tokio::sync::mpsc::unbounded_channel();
    let backend = Backend::speaking(move |mut stream, _| {
        let told = told.clone();
        async move {
            let mut heard = Vec::new();
            while !heard.ends_with(b"x-sum: 42\r\n\r\n") && !heard.ends_with(b"0\r\n\r\n") {
                stream.read_buf(&mut heard).await.unwrap();
            }
            stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
            told.send(String::from_utf8(heard).unwrap()).unwrap();
        }
    })
    .await;
    let gateway = serving(Dialect::Huawei, api::post("/pets").to(&backend)).await;
    let mut client = gateway.raw().await;
    client
        .say(
            "POST /pets HTTP/1.1\r\nhost: api.example.com\r\ntransfer-encoding: chunked\r\ntrailer: x-sum\r\n\r\n\
             4\r\npets\r\n0\r\nx-sum: 42\r\n\r\n",
        )
        .await;
    assert!(client.hear("\r\n\r\n").await.starts_with("HTTP/1.1 204 "));
    let heard = seen.recv().await.unwrap();
    assert!(heard.ends_with("0\r\nx-sum: 42\r\n\r\n"), "{heard}");
}
