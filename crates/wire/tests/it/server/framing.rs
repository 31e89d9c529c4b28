//! How replies are framed, for every kind of reader.

use bytes::Bytes;
use futures_util::stream;
use paifang_wire::{Body, Frame, HeaderName, HeaderValue, Headers, Reply, Request, StatusCode, header};

use crate::support::{ok, say, serve, worker};

async fn replies(request: Request) -> Reply {
    let pieces = |pieces: &[&'static str]| {
        let frames: Vec<_> =
            pieces.iter().map(|piece| Ok(Frame::Data(Bytes::from_static(piece.as_bytes())))).collect();
        stream::iter(frames)
    };
    let status = |code: u16, body| Reply::new(StatusCode::from_u16(code).unwrap(), body);
    match request.head.target.raw_path() {
        "/stream" => status(200, Body::stream(None, pieces(&["one", "", "three"]))),
        "/sized" => status(200, Body::stream(Some(8), pieces(&["one", "three"]))),
        "/short" => status(200, Body::stream(Some(9), pieces(&["one", "three"]))),
        "/long" => status(200, Body::stream(Some(4), pieces(&["one", "three"]))),
        "/trailers" => {
            let mut trailers = Headers::new();
            trailers.insert(HeaderName::from_static("x-sum"), HeaderValue::from_static("1"));
            let frames = [Ok(Frame::Data("x".into())), Ok(Frame::Trailers(trailers))];
            status(200, Body::stream(None, stream::iter(frames)))
        }
        "/204" => status(204, Body::full("never")),
        "/304" => status(304, Body::full("never")),
        "/103" => status(103, Body::empty()),
        "/494" => status(494, Body::empty()),
        "/lies" => {
            let mut headers = Headers::new();
            headers.insert(header::TRANSFER_ENCODING, HeaderValue::from_static("chunked"));
            headers.insert(header::CONNECTION, HeaderValue::from_static("keep-alive"));
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("99"));
            headers.insert(header::DATE, HeaderValue::from_static("then"));
            Reply::with_headers(StatusCode::OK, headers, Body::full("body"))
        }
        _ => ok("full"),
    }
}

/// The answer to one request, its date taken out.
async fn heard(head: &str, host: &str) -> String {
    let served = serve(replies).await;
    let request = format!("{head}host: {host}\r\nconnection: close\r\n\r\n");
    let answer = say(&served, &request).await;
    answer
        .split_inclusive("\r\n")
        .filter(|line| !line.starts_with("date: ") || line.contains("then"))
        .collect()
}

#[test]
fn table() {
    const CLOSE: &str = "connection: close\r\n";
    worker(async {
        let table = [
            ("GET / HTTP/1.1\r\n", format!("200 OK\r\ncontent-length: 4\r\n{CLOSE}\r\nfull")),
            ("HEAD / HTTP/1.1\r\n", format!("200 OK\r\ncontent-length: 4\r\n{CLOSE}\r\n")),
            ("GET / HTTP/1.0\r\n", format!("200 OK\r\ncontent-length: 4\r\n{CLOSE}\r\nfull")),
            (
                "GET /stream HTTP/1.1\r\n",
                format!(
                    "200 OK\r\ntransfer-encoding: chunked\r\n{CLOSE}\r\n3\r\none\r\n5\r\nthree\r\n0\r\n\r\n"
                ),
            ),
            ("GET /stream HTTP/1.0\r\n", format!("200 OK\r\n{CLOSE}\r\nonethree")),
            ("HEAD /stream HTTP/1.1\r\n", format!("200 OK\r\n{CLOSE}\r\n")),
            ("GET /sized HTTP/1.1\r\n", format!("200 OK\r\ncontent-length: 8\r\n{CLOSE}\r\nonethree")),
            ("GET /204 HTTP/1.1\r\n", format!("204 No Content\r\n{CLOSE}\r\n")),
            ("GET /304 HTTP/1.1\r\n", format!("304 Not Modified\r\ncontent-length: 5\r\n{CLOSE}\r\n")),
            ("GET /494 HTTP/1.1\r\n", format!("494 \r\ncontent-length: 0\r\n{CLOSE}\r\n")),
            (
                "GET /103 HTTP/1.1\r\n",
                format!("500 Internal Server Error\r\ncontent-length: 0\r\n{CLOSE}\r\n"),
            ),
            (
                "GET /lies HTTP/1.1\r\n",
                format!("200 OK\r\ndate: then\r\ncontent-length: 4\r\n{CLOSE}\r\nbody"),
            ),
            ("CONNECT a:1 HTTP/1.1\r\n", format!("200 OK\r\n{CLOSE}\r\n")),
            (
                "GET /trailers HTTP/1.1\r\nte: trailers\r\n",
                format!("200 OK\r\ntransfer-encoding: chunked\r\n{CLOSE}\r\n1\r\nx\r\n0\r\nx-sum: 1\r\n\r\n"),
            ),
            (
                "GET /trailers HTTP/1.1\r\n",
                format!("200 OK\r\ntransfer-encoding: chunked\r\n{CLOSE}\r\n1\r\nx\r\n0\r\n\r\n"),
            ),
        ];
        for (head, expected) in table {
            let host = if head.starts_with("CONNECT") { "a:1" } else { "a" };
            assert_eq!(heard(head, host).await, format!("HTTP/1.1 {expected}"), "{head:?}");
        }
    });
}

/// The reader sees that something is missing, and the connection carries nothing else.
#[test]
fn a_body_that_is_not_as_long_as_announced_breaks_the_connection_off() {
    worker(async {
        for (path, body) in [("/short", "onethree"), ("/long", "one")] {
            let served = serve(replies).await;
            let batch = format!("GET {path} HTTP/1.1\r\nhost: a\r\n\r\nGET / HTTP/1.1\r\nhost: a\r\n\r\n");
            let answer = say(&served, &batch).await;
            assert!(answer.ends_with(&format!("\r\n\r\n{body}")), "{answer}");
            assert!(served.ended().await.is_err());
        }
    });
}

#[test]
fn an_old_client_may_ask_to_stay() {
    worker(async {
        let served = serve(replies).await;
        let batch = "GET / HTTP/1.0\r\nconnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n";
        let answer = say(&served, batch).await;
        assert_eq!(answer.matches("full").count(), 2, "{answer}");
        assert_eq!(answer.matches("connection: keep-alive\r\n").count(), 1, "{answer}");
        assert_eq!(answer.matches("connection: close\r\n").count(), 1, "{answer}");
    });
}
