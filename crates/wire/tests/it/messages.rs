//! What HTTP/1 messages carry: trailers, replies without a body, interim replies, hosts.

use paifang_wire::{
    Body, Frame, Head, HeaderName, HeaderValue, Headers, Method, Origin, Reply, Request, StatusCode, header,
    host_of, host_without_port,
};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::support::{get, ok, pool, raw, read_until, request, say, serve, soon, text, with, worker};

/// Echoes body and trailers, and names the trailer as HTTP/1 wants it.
pub(crate) async fn echo_trailers(request: Request) -> Reply {
    let mut headers = Headers::new();
    headers.insert(header::TRAILER, HeaderValue::from_static("x-sum"));
    Reply::with_headers(StatusCode::OK, headers, request.body)
}

pub(crate) fn body_with_trailer() -> Body {
    let mut trailers = Headers::new();
    trailers.insert(HeaderName::from_static("x-sum"), HeaderValue::from_static("42"));
    let frames = [Ok(Frame::Data("data".into())), Ok(Frame::Trailers(trailers))];
    Body::stream(None, futures_util::stream::iter(frames))
}

#[test]
fn trailers_pass_both_ways() {
    worker(async {
        let backend = serve(echo_trailers).await;
        let post = request(Method::POST, "/", body_with_trailer());
        let post = with(with(post, "trailer", "x-sum"), "te", "trailers");
        let pool = pool();
        let reply = pool.send(&backend.origin(), post, &soon()).await.unwrap();
        let collected = reply.body.collect(100, &paifang_wire::ByteBudget::default()).await.unwrap();
        assert_eq!(collected.bytes, "data");
        assert_eq!(collected.trailers.unwrap().text("x-sum"), Some("42"));
        assert_eq!(pool.idle_connections(), 1, "trailers end the reply");
    });
}

#[test]
fn replies_that_have_no_body_leave_the_connection_in_step() {
    worker(async {
        let backend = serve(|request: Request| async move {
            match request.head.target.raw_path() {
                "/204" => Reply::new(StatusCode::NO_CONTENT, Body::full("forbidden here")),
                "/304" => Reply::new(StatusCode::NOT_MODIFIED, Body::full("forbidden here")),
                _ => ok("four"),
            }
        })
        .await;
        let pool = pool();
        for (method, path) in
            [(Method::HEAD, "/"), (Method::GET, "/204"), (Method::GET, "/304"), (Method::GET, "/")]
        {
            let head = method == Method::HEAD;
            let reply =
                pool.send(&backend.origin(), request(method, path, Body::empty()), &soon()).await.unwrap();
            if head {
                assert_eq!(reply.head.headers.text("content-length"), Some("4"));
            }
            let expected = if !head && path == "/" { "four" } else { "" };
            assert_eq!(text(reply).await, expected, "{path}");
        }
        assert_eq!(backend.accepted.get(), 1);
    });
}

#[test]
fn interim_replies_are_skipped() {
    worker(async {
        let address = raw(|mut stream: TcpStream, _| async move {
            read_until(&mut stream, "\r\n\r\n").await;
            let hints = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n";
            let reply = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
            stream.write_all(format!("{hints}{reply}").as_bytes()).await.unwrap();
        })
        .await;
        let reply = pool().send(&Origin::http1(address), get("/"), &soon()).await.unwrap();
        assert_eq!(reply.head.status, StatusCode::OK);
        assert_eq!(text(reply).await, "ok");
    });
}

#[test]
fn a_content_length_that_no_longer_fits_is_corrected() {
    worker(async {
        let served = serve(|_| async {
            let mut headers = Headers::new();
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("999"));
            Reply::with_headers(StatusCode::OK, headers, Body::full("short"))
        })
        .await;
        let answer = say(&served, "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
        assert!(answer.contains("content-length: 5\r\n"), "{answer}");
    });
}

#[test]
fn a_length_without_a_body_does_not_leave_the_backend_waiting() {
    worker(async {
        let backend =
            serve(|request: Request| async move { ok(format!("{:?}", request.body.declared_length())) })
                .await;
        let stale = with(request(Method::POST, "/", Body::empty()), "content-length", "5");
        let reply = pool().send(&backend.origin(), stale, &soon()).await.unwrap();
        assert_eq!(text(reply).await, "Some(0)");
    });
}

#[test]
fn a_missing_host_is_filled_in_and_a_given_one_kept() {
    worker(async {
        let backend =
            serve(
                |request: Request| async move { ok(request.head.headers.text("host").unwrap().to_owned()) },
            )
            .await;
        let pool = pool();
        let filled = pool.send(&backend.origin(), get("/"), &soon()).await.unwrap();
        assert_eq!(text(filled).await, backend.address.to_string());
        let kept = pool.send(&backend.origin(), with(get("/"), "host", "a.test"), &soon()).await.unwrap();
        assert_eq!(text(kept).await, "a.test");
    });
}

#[test]
fn the_host_is_known_without_its_port() {
    let cases = [
        ("a.test:80", "a.test"),
        ("A.test", "A.test"),
        ("[::1]:80", "[::1]"),
        ("[::1]", "[::1]"),
        ("a:b", "a:b"),
    ];
    for (host, expected) in cases {
        assert_eq!(host_without_port(host), expected);
    }
    let mut head = Head::new(Method::GET, "http://Absolute.test:8080/p".parse().unwrap());
    head.headers.insert(header::HOST, HeaderValue::from_static("field.test"));
    assert_eq!(host_of(&head), Some("Absolute.test"));
    head.target = "/p".parse().unwrap();
    assert_eq!(host_of(&head), Some("field.test"));
}

#[test]
fn fields_are_counted_as_lines() {
    let mut headers = Headers::new();
    headers.append(header::ACCEPT, HeaderValue::from_static("a"));
    headers.append(header::ACCEPT, HeaderValue::from_static("bc"));
    assert_eq!((headers.len(), headers.total_bytes()), (2, "accept: a\r\naccept: bc\r\n".len()));
    assert_eq!(headers.get_all("accept").count(), 2);
}

/// As when a backend was asked with `HEAD` for a client's `GET`.
#[test]
fn a_length_that_no_body_follows_does_not_leave_the_client_waiting() {
    worker(async {
        let served = serve(|request: Request| async move {
            let mut headers = Headers::new();
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("10"));
            let status = if request.head.target.raw_path() == "/204" { 204 } else { 200 };
            Reply::with_headers(StatusCode::from_u16(status).unwrap(), headers, Body::empty())
        })
        .await;
        let asked = |line: &str| format!("{line} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        let answer = say(&served, &asked("GET /")).await;
        assert!(answer.contains("content-length: 0\r\n"), "{answer}");
        let answer = say(&served, &asked("HEAD /")).await;
        assert!(answer.contains("content-length: 10\r\n"), "{answer}");
        let answer = say(&served, &asked("GET /204")).await;
        assert!(!answer.contains("content-length"), "{answer}");
    });
}

#[test]
fn a_length_of_a_body_of_unknown_length_goes() {
    worker(async {
        let served = serve(|_| async {
            let mut headers = Headers::new();
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("3"));
            let body = Body::stream(None, futures_util::stream::iter([Ok(Frame::Data("longer".into()))]));
            Reply::with_headers(StatusCode::OK, headers, body)
        })
        .await;
        let answer = say(&served, "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
        assert!(!answer.contains("content-length") && answer.contains("longer"), "{answer}");
    });
}
