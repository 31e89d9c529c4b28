//! Each way in which a backend can fail has its code (spec: aliyun/errors.md §2, huawei/api-model.md §5).

use paifang_model::Dialect;
use paifang_model::definition::{BackendProtocol, Retries};
use paifang_testkit::{Backend, Scene, Then, api};
use tokio::io::AsyncReadExt;

use super::{code, codes, serving};

async fn codes_of(backend: &Backend) -> [String; 2] {
    codes(api::get("/pets").to(backend), "/pets").await
}

#[tokio::test]
async fn nobody_listens() {
    assert_eq!(codes_of(&Backend::absent().await).await, ["504 D504CO", "502 APIG.0201"]);
}

#[tokio::test]
async fn the_connection_is_closed_without_an_answer() {
    let backend = Backend::sending(b"", Then::Close).await;
    assert_eq!(codes_of(&backend).await, ["502 N502RE", "502 APIG.0201"]);
}

#[tokio::test]
async fn the_connection_is_reset() {
    let backend = Backend::speaking(|mut stream, _| async move {
        // What was not read when a socket is closed makes the kernel reset the connection.
        let _ = stream.read(&mut [0; 1]).await;
    })
    .await;
    assert_eq!(codes_of(&backend).await, ["502 N502RE", "502 APIG.0201"]);
}

#[tokio::test]
async fn what_comes_back_is_no_http() {
    let backend = Backend::sending(b"SSH-2.0-OpenSSH_9.6\r\n\r\n", Then::Stay).await;
    assert_eq!(codes_of(&backend).await, ["502 N502RE", "502 APIG.0201"]);
}

#[tokio::test]
async fn the_head_breaks_off() {
    let backend = Backend::sending(b"HTTP/1.1 200 OK\r\ncontent-le", Then::Close).await;
    assert_eq!(codes_of(&backend).await, ["502 N502RE", "502 APIG.0201"]);
}

#[tokio::test]
async fn the_head_names_two_lengths() {
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab";
    let backend = Backend::sending(answer, Then::Stay).await;
    assert_eq!(codes_of(&backend).await, ["502 N502RE", "502 APIG.0201"]);
}

#[tokio::test]
async fn the_deadline_passes() {
    let silent = Backend::sending(b"", Then::Stay).await;
    let api = api::get("/pets").to(&silent).http(|backend| backend.timeout_ms = 300);
    assert_eq!(codes(api, "/pets").await, ["504 D504TO", "504 APIG.0201"]);
}

/// The deadline is one for all attempts.
#[tokio::test]
async fn retries_do_not_move_the_deadline() {
    let silent = Backend::sending(b"", Then::Stay).await;
    let api = api::get("/pets").to(&silent).http(|backend| {
        backend.timeout_ms = 300;
        backend.retries = Retries::Fixed { times: 10 };
    });
    assert_eq!(codes(api, "/pets").await, ["504 D504TO", "504 APIG.0201"]);
    assert_eq!(silent.connections(), 2, "one for each dialect");
}

#[tokio::test]
async fn interim_answers_come_before_the_answer() {
    let answer = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n\
        HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\npets";
    let backend = Backend::sending(answer, Then::Stay).await;
    assert_eq!(codes_of(&backend).await, ["200 pets", "200 pets"]);
}

/// The head has gone out, so the client learns by the connection's end that the body is not complete.
#[tokio::test]
async fn a_body_shorter_than_announced_breaks_the_answer_off() {
    for answer in [
        "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nshort\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nno length",
    ] {
        let backend = Backend::sending(answer.as_bytes(), Then::Close).await;
        let gateway = serving(Dialect::Huawei, api::get("/pets").to(&backend)).await;
        let mut client = gateway.raw().await;
        client.say("GET /pets HTTP/1.1\r\nhost: api.example.com\r\n\r\n").await;
        let heard = client.hear_all().await;
        assert!(heard.starts_with("HTTP/1.1 200 OK\r\n"), "{heard}");
        assert!(!heard.ends_with("0\r\n\r\n"), "{heard}");
    }
}

#[tokio::test]
async fn a_body_longer_than_announced_ends_where_it_was_announced() {
    let backend =
        Backend::sending(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\npetsHTTP/1.1 200", Then::Stay);
    let backend = backend.await;
    let gateway = serving(Dialect::Huawei, api::get("/pets").to(&backend)).await;
    assert_eq!(gateway.get("/pets").send().await.text(), "pets");
    // What followed is not taken for the answer of the next call.
    assert_eq!(gateway.get("/pets").send().await.text(), "pets");
    assert_eq!(backend.connections(), 2);
}

#[tokio::test]
async fn a_name_that_does_not_resolve() {
    let codes = codes(api::get("/pets").to_url("http://name.invalid:7000"), "/pets").await;
    assert_eq!(codes, ["504 D504RE", "500 APIG.0605"]);
}

#[tokio::test]
async fn localhost_is_this_machine() {
    let backend = Backend::echo().await;
    let url = format!("http://localhost:{}", backend.address().port());
    let gateway = serving(Dialect::Huawei, api::get("/pets").to_url(&url)).await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    assert_eq!(backend.last().header("host"), url.trim_start_matches("http://"));
}

/// Where cloud machines keep their credentials.
#[tokio::test]
async fn link_local_addresses_are_refused() {
    for url in [
        "http://169.254.169.254",
        "http://[fe80::1]:80",
        "http://0.0.0.0:80",
        "http://[::ffff:169.254.169.254]",
    ] {
        let codes = codes(api::get("/pets").to_url(url), "/pets").await;
        assert_eq!(codes, ["504 D504IL", "403 APIG.0404"], "{url}");
    }
}

/// Where the gateway itself is managed.
#[tokio::test]
async fn the_gateways_own_addresses_are_refused() {
    let management = Backend::echo().await;
    let mut scene = Scene::new(Dialect::Alibaba);
    scene.settings.own_addresses = vec![([0, 0, 0, 0], management.address().port()).into()];
    scene.publish(api::get("/pets").to(&management));
    let answer = scene.start().await.get("/pets").send().await;
    assert_eq!(code(&answer), "504 D504IL");
    assert_eq!(management.connections(), 0);
}

/// Where the operator says that backends are.
#[tokio::test]
async fn a_backend_elsewhere_is_refused() {
    for (dialect, refused) in [(Dialect::Alibaba, "504 D504IL"), (Dialect::Huawei, "403 APIG.0404")] {
        for (networks, admitted) in [("10.0.0.0/8, 192.0.2.7", false), ("127.0.0.0/8", true)] {
            let backend = Backend::echo().await;
            let mut scene = Scene::new(dialect);
            scene.settings.backend_networks = Some(networks.parse().unwrap());
            scene.publish(api::get("/pets").to(&backend));
            let answer = scene.start().await.get("/pets").send().await;
            let expected = if admitted { "200" } else { refused };
            assert!(answer.verdict().starts_with(expected), "{networks}: {}", answer.verdict());
            assert_eq!(backend.connections(), usize::from(admitted), "{networks}");
        }
    }
}

#[tokio::test]
async fn a_backend_that_speaks_no_http2_is_broken() {
    let backend = Backend::sending(b"HTTP/1.1 400 Bad Request\r\n\r\n", Then::Close).await;
    let api = api::get("/pets").to(&backend).http(|backend| backend.protocol = BackendProtocol::H2c);
    assert_eq!(codes(api, "/pets").await, ["502 N502RE", "502 APIG.0201"]);
}

/// A gateway answers on after each failure.
#[tokio::test]
async fn a_failure_is_the_failing_calls_alone() {
    let backend = Backend::speaking(|mut stream, number| async move {
        let _ = stream.read(&mut [0; 1024]).await;
        if number % 2 == 1 {
            let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\nconnection: close\r\n\r\npets";
            tokio::io::AsyncWriteExt::write_all(&mut stream, answer).await.unwrap();
        }
    })
    .await;
    let gateway = serving(Dialect::Alibaba, api::post("/pets").to(&backend)).await;
    for _ in 0..3 {
        assert_eq!(code(&gateway.post("/pets", "x").send().await), "502 N502RE");
        assert_eq!(code(&gateway.post("/pets", "x").send().await), "200 pets");
    }
}
