//! What is tried again (spec: huawei/api-model.md §5), and how far a retry may go.

use http::Method;
use paifang_model::Dialect;
use paifang_model::definition::Retries;
use paifang_testkit::api::Api;
use paifang_testkit::{Backend, Then, api};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{code, serving};

const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\npets";

/// Takes the head of one request.
async fn read_head(stream: &mut TcpStream) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && !head.windows(4).any(|end| end == b"\r\n\r\n") {
        if stream.read_buf(&mut head).await.unwrap_or(0) == 0 {
            return;
        }
    }
}

/// Closes this many connections after it took a request, and answers on later ones.
async fn answering_after(failures: usize) -> Backend {
    Backend::speaking(move |mut stream, number| async move {
        read_head(&mut stream).await;
        if number >= failures {
            let _ = stream.write_all(OK).await;
        }
    })
    .await
}

/// What a call with this method is told when the backend fails at first, and how often the backend was asked.
async fn outcome(method: Method, retries: Retries, failures: usize) -> (u16, usize) {
    let backend = answering_after(failures).await;
    let api = api::any("/pets").to(&backend).http(|backend| backend.retries = retries);
    let gateway = serving(Dialect::Huawei, api).await;
    let answer = gateway.call(method, "/pets").send().await;
    (answer.status, backend.connections())
}

#[tokio::test]
async fn idempotent_methods_are_tried_once_more() {
    for method in [Method::GET, Method::HEAD, Method::PUT, Method::OPTIONS, Method::DELETE] {
        assert_eq!(outcome(method.clone(), Retries::Idempotent, 1).await, (200, 2), "{method}");
        assert_eq!(outcome(method.clone(), Retries::Idempotent, 2).await, (502, 2), "{method}");
    }
}

#[tokio::test]
async fn others_are_not() {
    for method in [Method::POST, Method::PATCH] {
        assert_eq!(outcome(method.clone(), Retries::Idempotent, 1).await, (502, 1), "{method}");
    }
}

#[tokio::test]
async fn a_fixed_number_holds_for_every_method() {
    for method in [Method::GET, Method::POST] {
        assert_eq!(outcome(method.clone(), Retries::Fixed { times: 0 }, 1).await, (502, 1), "{method}");
        assert_eq!(outcome(method.clone(), Retries::Fixed { times: 3 }, 3).await, (200, 4), "{method}");
        assert_eq!(outcome(method.clone(), Retries::Fixed { times: 3 }, 4).await, (502, 4), "{method}");
    }
}

/// The client that a gateway is to its backend decides by the method it sends, not by the one it was sent.
#[tokio::test]
async fn the_backends_method_decides() {
    let backend = answering_after(1).await;
    let api = api::post("/pets").to(&backend).calls_with(paifang_model::definition::BackendMethod::Get);
    let gateway = serving(Dialect::Huawei, api).await;
    assert_eq!(gateway.post("/pets", "").send().await.status, 200);
}

#[tokio::test]
async fn an_answer_that_began_is_never_repeated() {
    let backend = Backend::sending(b"HTTP/1.1 20", Then::Close).await;
    let api = api::get("/pets").to(&backend);
    let gateway = serving(Dialect::Huawei, api.http(|b| b.retries = Retries::Fixed { times: 5 })).await;
    assert_eq!(gateway.get("/pets").send().await.status, 502);
    assert_eq!(backend.connections(), 1);
}

#[tokio::test]
async fn an_error_answer_of_the_backend_is_an_answer() {
    let backend =
        Backend::answering(|_| http::Response::builder().status(503).body("later".into()).unwrap()).await;
    let gateway = serving(Dialect::Huawei, api::get("/pets").to(&backend)).await;
    assert_eq!(gateway.get("/pets").send().await.verdict(), "503 later");
    assert_eq!(backend.received().len(), 1);
}

/// A body is sent again from its beginning.
#[tokio::test]
async fn a_body_is_repeated_with_its_call() {
    let backend = Backend::speaking(|mut stream, number| async move {
        let mut heard = Vec::new();
        while !heard.ends_with(b"0\r\n\r\n") && !heard.ends_with(b"a long story") {
            stream.read_buf(&mut heard).await.unwrap();
        }
        if number == 1 {
            stream.write_all(OK).await.unwrap();
        }
    })
    .await;
    let gateway = serving(Dialect::Huawei, api::any("/pets").to(&backend)).await;
    assert_eq!(gateway.call(Method::PUT, "/pets").body("a long story").send().await.text(), "pets");
}

/// Keeps connections that it does not answer on any more: each is closed right behind its first answer.
async fn forgetful() -> Backend {
    Backend::sending(OK, Then::Close).await
}

#[tokio::test]
async fn a_connection_that_was_closed_while_it_rested_costs_no_call() {
    for method in [Method::GET, Method::POST] {
        let backend = forgetful().await;
        let api = api::any("/pets").to(&backend).http(|b| b.retries = Retries::Fixed { times: 0 });
        let gateway = serving(Dialect::Huawei, api).await;
        for _ in 0..5 {
            let answer = gateway.call(method.clone(), "/pets").send().await;
            assert_eq!(answer.verdict(), "200 pets", "{method}");
        }
        assert_eq!(backend.connections(), 5);
    }
}

/// What certainly did not reach a backend is tried again with any method: here at the next address of a channel.
#[tokio::test]
async fn what_was_not_sent_is_tried_again_whatever_the_method() {
    let (dead, alive) = (Backend::absent().await, Backend::echo().await);
    let gateway = crate::stories::channels::before(&[(&dead, 1), (&alive, 1)], api::post("/pets")).await;
    for _ in 0..4 {
        assert_eq!(gateway.post("/pets", "x").send().await.status, 200);
    }
    assert_eq!(alive.received().len(), 4);
}

fn failing(backend: &Backend) -> Api {
    api::get("/pets").to(backend)
}

/// Ten retries are saved up from the start; afterwards a fifth of the calls may be repeated.
#[tokio::test]
async fn a_backend_that_is_down_is_not_buried_under_retries() {
    let backend = Backend::sending(b"", Then::Close).await;
    let gateway = serving(Dialect::Alibaba, failing(&backend)).await;
    for _ in 0..100 {
        assert_eq!(code(&gateway.get("/pets").send().await), "502 N502RE");
    }
    let retries = backend.connections() - 100;
    assert!((25..=31).contains(&retries), "{retries} retries of 100 calls");
}
