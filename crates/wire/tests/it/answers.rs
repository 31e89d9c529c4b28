//! Which answers of a backend are taken and which are refused, by section of RFC 9112 unless another is named.

use paifang_wire::{Attempt, Body, ByteBudget, Method, Origin, SendFailure, WireError};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::support::{pool, raw, read_to_end, read_until, request, soon, worker};

/// What came of an answer.
#[derive(Debug, PartialEq, Eq)]
enum Came {
    /// Status, body, whether the connection rests.
    Whole(u16, String, Rests),
    /// The head was taken, the body was not.
    BodyBroke(&'static str),
    Refused(String),
    Closed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rests {
    Yes,
    No,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    StaysOpen,
    Closes,
}

/// Asks a backend that says `answer`.
async fn ask(method: Method, answer: &'static str, then: Then) -> Came {
    let address = raw(move |mut stream: TcpStream, _| async move {
        read_until(&mut stream, "\r\n\r\n").await;
        stream.write_all(answer.as_bytes()).await.unwrap();
        if then == Then::StaysOpen {
            read_to_end(&mut stream).await;
        }
    })
    .await;
    let pool = pool();
    let reply = match pool.send(&Origin::http1(address), request(method, "/", Body::empty()), &soon()).await {
        Ok(reply) => reply,
        Err(error) => {
            assert_eq!(error.attempt, Attempt::Began, "{error:?}");
            return match error.failure {
                SendFailure::Protocol(cause) => Came::Refused(cause.to_string()),
                SendFailure::Closed(_) => Came::Closed,
                other => panic!("{other:?}"),
            };
        }
    };
    let status = reply.head.status.as_u16();
    let collected = reply.body.collect(1 << 20, &ByteBudget::default()).await;
    let rests = if pool.idle_connections() == 1 { Rests::Yes } else { Rests::No };
    match collected {
        Ok(body) => Came::Whole(status, String::from_utf8(body.bytes.to_vec()).unwrap(), rests),
        Err(error) => {
            assert_eq!(rests, Rests::No, "{answer:?}");
            Came::BodyBroke(match error {
                paifang_wire::CollectError::Wire(WireError::Incomplete) => "incomplete",
                paifang_wire::CollectError::Wire(WireError::Protocol(_)) => "malformed",
                other => panic!("{other:?}"),
            })
        }
    }
}

async fn get(answer: &'static str, then: Then) -> Came {
    ask(Method::GET, answer, then).await
}

#[test]
fn answers_that_are_taken() {
    use Rests::{No, Yes};
    let cases = [
        // §4
        ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok", 200, "ok", Yes),
        ("HTTP/1.1 200 \r\ncontent-length: 2\r\n\r\nok", 200, "ok", Yes),
        ("HTTP/1.1 200\r\ncontent-length: 2\r\n\r\nok", 200, "ok", Yes),
        ("HTTP/1.1 299 d\u{e9}j\u{e0} vu\tSo\r\ncontent-length: 2\r\n\r\nok", 299, "ok", Yes),
        ("HTTP/1.1 799 Of\r\ncontent-length: 2\r\n\r\nok", 799, "ok", Yes),
        // §5
        ("HTTP/1.1 200 OK\r\nContent-Length:\t 2 \r\nx: \r\ny:z\r\n\r\nok", 200, "ok", Yes),
        ("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", 200, "", Yes),
        ("HTTP/1.1 200 OK\r\ncontent-length: 00000002\r\n\r\nok", 200, "ok", Yes),
        // §7.1
        ("HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n0\r\n\r\n", 200, "", Yes),
        ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", 200, "ok", Yes),
        (
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\no\r\n01\r\nk\r\n000\r\n\r\n",
            200,
            "ok",
            Yes,
        ),
        (
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2;a=\"b\\\"\";c\r\nok\r\n0\r\n\r\n",
            200,
            "ok",
            Yes,
        ),
        (
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nx-sum: 1\r\n\r\n",
            200,
            "ok",
            Yes,
        ),
        // §9.3
        ("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok", 200, "ok", No),
        ("HTTP/1.1 200 OK\r\nconnection: x, Close\r\ncontent-length: 2\r\n\r\nok", 200, "ok", No),
        ("HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nok", 200, "ok", No),
        ("HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: 2\r\n\r\nok", 200, "ok", Yes),
        // RFC 9110 §6.4.1, §8.6
        ("HTTP/1.1 204 No Content\r\n\r\n", 204, "", Yes),
        ("HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n", 204, "", Yes),
        ("HTTP/1.1 204 No Content\r\ncontent-length: 3\r\n\r\n", 204, "", No),
        ("HTTP/1.1 204 No Content\r\ntransfer-encoding: chunked\r\n\r\n", 204, "", No),
        ("HTTP/1.1 304 Not Modified\r\ncontent-length: 3\r\n\r\n", 304, "", Yes),
        // RFC 9110 §15.2
        ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok", 200, "ok", Yes),
        ("HTTP/1.1 103 Hints\r\nlink: a\r\n\r\nHTTP/1.1 204 No\r\n\r\n", 204, "", Yes),
        // Something more than the answer came.
        ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok!", 200, "ok", No),
        ("HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\n", 204, "", No),
        ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n\r\n", 200, "", No),
    ];
    worker(async move {
        for (answer, status, body, rests) in cases {
            let came = get(answer, Then::StaysOpen).await;
            assert_eq!(came, Came::Whole(status, body.to_owned(), rests), "{answer:?}");
        }
    });
}

#[test]
fn an_answer_without_a_length_ends_with_the_connection() {
    worker(async {
        for answer in [
            "HTTP/1.1 200 OK\r\n\r\nto the end",
            "HTTP/1.0 200 OK\r\nconnection: keep-alive\r\n\r\nto the end",
        ] {
            let came = get(answer, Then::Closes).await;
            assert_eq!(came, Came::Whole(200, "to the end".to_owned(), Rests::No), "{answer:?}");
        }
    });
}

#[test]
fn an_answer_to_head_has_no_body_whatever_it_says() {
    worker(async {
        for answer in [
            "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
            "HTTP/1.1 404 Not Found\r\n\r\n",
        ] {
            let came = ask(Method::HEAD, answer, Then::StaysOpen).await;
            let Came::Whole(_, body, Rests::Yes) = came else { panic!("{answer:?}: {came:?}") };
            assert_eq!(body, "");
        }
    });
}

#[test]
fn heads_that_are_refused() {
    let cases = [
        // §2.2
        ("HTTP/1.1 200 OK\ncontent-length: 2\r\n\r\nok", "a line ends without a carriage return"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 2\n\r\nok", "a line ends without a carriage return"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\nok", "a line ends without a carriage return"),
        ("\r\nHTTP/1.1 200 OK\r\n\r\n", "the first line is not one of HTTP"),
        // §2.3
        ("HTTP/2.0 200 OK\r\n\r\n", "the HTTP version is not supported"),
        ("HTTP/1.2 200 OK\r\n\r\n", "the HTTP version is not supported"),
        ("http/1.1 200 OK\r\n\r\n", "the first line is not one of HTTP"),
        ("220 mail.test ESMTP\r\n", "the first line is not one of HTTP"),
        // §4
        ("HTTP/1.1 20 OK\r\n\r\n", "the status code is malformed"),
        ("HTTP/1.1 2000 OK\r\n\r\n", "the status code is malformed"),
        ("HTTP/1.1 099 OK\r\n\r\n", "the status code is malformed"),
        ("HTTP/1.1  200 OK\r\n\r\n", "the status code is malformed"),
        ("HTTP/1.1 +20 OK\r\n\r\n", "the status code is malformed"),
        ("HTTP/1.1 200 O\0K\r\n\r\n", "the first line is not one of HTTP"),
        // §5.1
        ("HTTP/1.1 200 OK\r\ncontent-length : 2\r\n\r\nok", "a field's name is malformed"),
        ("HTTP/1.1 200 OK\r\n: 2\r\n\r\nok", "a field's name is malformed"),
        ("HTTP/1.1 200 OK\r\nno colon\r\n\r\nok", "a field's name is malformed"),
        ("HTTP/1.1 200 OK\r\nna\u{ef}ve: x\r\n\r\nok", "a field's name is malformed"),
        // §5.2
        ("HTTP/1.1 200 OK\r\nx: a\r\n b\r\n\r\nok", "a field is folded over several lines"),
        ("HTTP/1.1 200 OK\r\n x: a\r\n\r\nok", "a field is folded over several lines"),
        // RFC 9110 §5.5
        ("HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\nok", "a field's value has control characters"),
        ("HTTP/1.1 200 OK\r\nx: a\rb\r\n\r\nok", "a field's value has control characters"),
        ("HTTP/1.1 200 OK\r\nx: a\x7f\r\n\r\nok", "a field's value has control characters"),
        // RFC 9110 §8.6
        ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 2\r\n\r\nok", "Content-Length is repeated"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 2, 2\r\n\r\nok", "Content-Length is malformed"),
        ("HTTP/1.1 200 OK\r\ncontent-length: +2\r\n\r\nok", "Content-Length is malformed"),
        ("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\nok", "Content-Length is malformed"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 0x2\r\n\r\nok", "Content-Length is malformed"),
        ("HTTP/1.1 200 OK\r\ncontent-length:\r\n\r\nok", "Content-Length is malformed"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 18446744073709551616\r\n\r\nok", "Content-Length is malformed"),
        // §6.1, §6.3
        (
            "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
            "Content-Length stands beside Transfer-Encoding",
        ),
        (
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
            "the only transfer coding understood is `chunked`",
        ),
        (
            "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "the only transfer coding understood is `chunked`",
        ),
        (
            "HTTP/1.1 200 OK\r\ntransfer-encoding: identity\r\n\r\n",
            "the only transfer coding understood is `chunked`",
        ),
        (
            "HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
            "HTTP/1.0 has no transfer codings",
        ),
        // RFC 9110 §15.2.2
        (
            "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n",
            "it switched protocols unasked",
        ),
    ];
    worker(async move {
        for (answer, why) in cases {
            assert_eq!(get(answer, Then::StaysOpen).await, Came::Refused(why.to_owned()), "{answer:?}");
        }
    });
}

#[test]
fn bodies_that_are_refused() {
    const CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    // §7.1
    let malformed = [
        "x\r\nok\r\n0\r\n\r\n",
        "\r\nok\r\n0\r\n\r\n",
        "-2\r\nok\r\n0\r\n\r\n",
        "0x2\r\nok\r\n0\r\n\r\n",
        " 2\r\nok\r\n0\r\n\r\n",
        "2\nok\r\n0\r\n\r\n",
        "2\r\nok\n0\r\n\r\n",
        "2\r\nokay\r\n0\r\n\r\n",
        "2;\r\nok\r\n0\r\n\r\n",
        "2;a=\x01\r\nok\r\n0\r\n\r\n",
        "10000000000000000\r\nok\r\n0\r\n\r\n",
        "2\r\nok\r\n0\r\nx: a\n\r\n",
        "2\r\nok\r\n0\r\n x: a\r\n\r\n",
        // RFC 9110 §6.5.1
        "2\r\nok\r\n0\r\ncontent-length: 3\r\n\r\n",
        "2\r\nok\r\n0\r\ntransfer-encoding: chunked\r\n\r\n",
    ];
    worker(async move {
        for body in malformed {
            let answer = Box::leak(format!("{CHUNKED}{body}").into_boxed_str());
            assert_eq!(get(answer, Then::StaysOpen).await, Came::BodyBroke("malformed"), "{body:?}");
        }
    });
}

#[test]
fn answers_that_break_off() {
    // §8
    let incomplete = [
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nfour",
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfour",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nfour\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nfour\r\n0\r\n",
    ];
    worker(async move {
        for answer in incomplete {
            assert_eq!(get(answer, Then::Closes).await, Came::BodyBroke("incomplete"), "{answer:?}");
        }
        for answer in ["H", "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n", "HTTP/1.1 100 Continue\r\n\r\n"] {
            assert_eq!(get(answer, Then::Closes).await, Came::Closed, "{answer:?}");
        }
    });
}

#[test]
fn heads_are_limited() {
    let long = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "x".repeat(200_000));
    let many = format!("HTTP/1.1 200 OK\r\n{}content-length: 0\r\n\r\n", "a: b\r\n".repeat(100));
    let endless = format!("HTTP/1.1 200 {}", "x".repeat(200_000));
    let storm = "HTTP/1.1 102 Processing\r\n\r\n".repeat(40);
    let cases = [
        (long, "the head is too long"),
        (endless, "the head is too long"),
        (many, "there are too many fields"),
        (storm, "more than 32 interim replies came"),
    ];
    worker(async move {
        for (answer, why) in cases {
            let answer = Box::leak(answer.into_boxed_str());
            assert_eq!(get(answer, Then::StaysOpen).await, Came::Refused(why.to_owned()));
        }
    });
}
