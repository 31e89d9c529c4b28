//! Heads: each row with the section of RFC 9112 (or the RFC named) that decides it.

use paifang_wire::http1::{
    BodyLength, HeadError, HeadLimits, RequestScan, StatusScan, agrees, fields, is_host,
};
use paifang_wire::{Method, StatusCode, Version};

const LIMITS: HeadLimits = HeadLimits { fields: 5, bytes: 200 };

fn request(head: &str) -> Result<Option<BodyLength>, HeadError> {
    let mut scan = RequestScan::default();
    let complete = scan.scan(head.as_bytes(), LIMITS)?;
    let line = scan.line.filter(|_| complete);
    line.map(|line| scan.facts.request_body(line.version)).transpose()
}

#[test]
fn requests_that_are_accepted() {
    let table: &[(&str, &str, BodyLength)] = &[
        ("3", "GET / HTTP/1.1\r\nhost: a\r\n\r\n", BodyLength::Sized(0)),
        ("2.2", "\r\nGET / HTTP/1.1\r\n\r\n", BodyLength::Sized(0)),
        ("2.3", "GET / HTTP/1.0\r\n\r\n", BodyLength::Sized(0)),
        ("3.1", "!#$%&'*+-.^_`|~9aZ / HTTP/1.1\r\n\r\n", BodyLength::Sized(0)),
        ("3.2.2", "GET http://a/b?c HTTP/1.1\r\n\r\n", BodyLength::Sized(0)),
        ("3.2", "GET /a?{}|^`\"<>\\ HTTP/1.1\r\n\r\n", BodyLength::Sized(0)),
        ("5", "GET / HTTP/1.1\r\na:b\r\n\r\n", BodyLength::Sized(0)),
        ("5.1", "GET / HTTP/1.1\r\na: \t b c \t\r\n\r\n", BodyLength::Sized(0)),
        ("RFC 9110 5.5", "GET / HTTP/1.1\r\na:\r\n\r\n", BodyLength::Sized(0)),
        ("RFC 9110 5.5", "GET / HTTP/1.1\r\na: ä\r\n\r\n", BodyLength::Sized(0)),
        ("6.2", "PUT / HTTP/1.1\r\nContent-Length: 007\r\n\r\n", BodyLength::Sized(7)),
        ("6.1", "PUT / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n", BodyLength::Chunked),
    ];
    for (section, head, length) in table {
        assert_eq!(request(head), Ok(Some(*length)), "§{section} {head:?}");
    }
}

#[test]
fn requests_that_are_refused() {
    let table: &[(&str, &str, HeadError)] = &[
        ("2.2", "GET / HTTP/1.1\nhost: a\r\n\r\n", HeadError::BareLineFeed),
        ("2.2", "GET / HTTP/1.1\r\nhost: a\n\r\n", HeadError::BareLineFeed),
        ("2.2", "GET / HTTP/1.1\r\nhost: a\r\n\n", HeadError::BareLineFeed),
        ("2.2", "\nGET / HTTP/1.1\r\n\r\n", HeadError::BareLineFeed),
        ("2.2", "\r\n\r\nGET / HTTP/1.1\r\n\r\n", HeadError::EmptyLines),
        ("2.2", "GET / HTTP/1.1\r\na: b\rc: d\r\n\r\n", HeadError::FieldValue),
        ("2.2", "GET / HTTP/1.1\r\r\nhost: a\r\n\r\n", HeadError::StartLine),
        ("2.2", "GET / HTTP/1.1\r\n a: b\r\n\r\n", HeadError::Folded),
        ("2.3", "GET / http/1.1\r\n\r\n", HeadError::StartLine),
        ("2.3", "GET / HTTP/1.2\r\n\r\n", HeadError::Version),
        ("2.3", "GET / HTTP/2.0\r\n\r\n", HeadError::Version),
        ("2.3", "GET / HTTP/1.10\r\n\r\n", HeadError::StartLine),
        ("2.3", "GET /\r\n\r\n", HeadError::StartLine),
        ("3", "GET  / HTTP/1.1\r\n\r\n", HeadError::Target),
        ("3", "GET /  HTTP/1.1\r\n\r\n", HeadError::StartLine),
        ("3", "GET\t/ HTTP/1.1\r\n\r\n", HeadError::Method),
        ("3", "GET / HTTP/1.1 \r\n\r\n", HeadError::StartLine),
        ("3", " GET / HTTP/1.1\r\n\r\n", HeadError::StartLine),
        ("3.1", "G(T / HTTP/1.1\r\n\r\n", HeadError::Method),
        ("3", concat!("ABCDEFGHIJKLMNOPQRSTUVWXYZ-ABCDEF", " / HTTP/1.1\r\n\r\n"), HeadError::MethodTooLong),
        ("3.1", "\u{16}\u{3}\u{1}", HeadError::StartLine),
        ("3.2", "GET /a#b HTTP/1.1\r\n\r\n", HeadError::Target),
        ("3.2", "GET /a\tb HTTP/1.1\r\n\r\n", HeadError::Target),
        ("3.2", "GET /ä HTTP/1.1\r\n\r\n", HeadError::Target),
        ("3.2", "GET /a\u{7f} HTTP/1.1\r\n\r\n", HeadError::Target),
        ("3.2", "GET / HTTP/1.1\r\nhost: a\r\nhost: a\r\n\r\n", HeadError::HostRepeated),
        ("5", "GET / HTTP/1.1\r\nhost\r\n\r\n", HeadError::FieldName),
        ("5.1", "GET / HTTP/1.1\r\nhost : a\r\n\r\n", HeadError::FieldName),
        ("5.1", "GET / HTTP/1.1\r\n: a\r\n\r\n", HeadError::FieldName),
        ("5.1", "GET / HTTP/1.1\r\nho st: a\r\n\r\n", HeadError::FieldName),
        ("5.1", "GET / HTTP/1.1\r\nhöst: a\r\n\r\n", HeadError::FieldName),
        ("5.2", "GET / HTTP/1.1\r\na: b\r\n c\r\n\r\n", HeadError::Folded),
        ("5.2", "GET / HTTP/1.1\r\na: b\r\n\tc\r\n\r\n", HeadError::Folded),
        ("RFC 9110 5.5", "GET / HTTP/1.1\r\na: b\0c\r\n\r\n", HeadError::FieldValue),
        ("6.1", "PUT / HTTP/1.1\r\ntransfer-encoding: gzip, chunked\r\n\r\n", HeadError::Coding),
        ("6.1", "PUT / HTTP/1.1\r\ntransfer-encoding: identity\r\n\r\n", HeadError::Coding),
        ("6.1", "PUT / HTTP/1.1\r\ntransfer-encoding: chunked;a\r\n\r\n", HeadError::Coding),
        ("6.1", "PUT / HTTP/1.1\r\ntransfer-encoding:\u{b}chunked\r\n\r\n", HeadError::FieldValue),
        ("6.1", "PUT / HTTP/1.1\r\ntransfer-encoding:\r\n\r\n", HeadError::Coding),
        (
            "6.1",
            "PUT / HTTP/1.1\r\ntransfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n",
            HeadError::Coding,
        ),
        ("6.1", "PUT / HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n", HeadError::CodingInOldVersion),
        (
            "6.1",
            "PUT / HTTP/1.1\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n",
            HeadError::LengthAndCoding,
        ),
        ("6.3", "PUT / HTTP/1.1\r\ncontent-length: 1, 1\r\n\r\n", HeadError::Length),
        (
            "6.3",
            "PUT / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 1\r\n\r\n",
            HeadError::LengthRepeated,
        ),
        ("6.3", "PUT / HTTP/1.1\r\ncontent-length: +1\r\n\r\n", HeadError::Length),
        ("6.3", "PUT / HTTP/1.1\r\ncontent-length: 0x1\r\n\r\n", HeadError::Length),
        ("6.3", "PUT / HTTP/1.1\r\ncontent-length: -1\r\n\r\n", HeadError::Length),
        ("6.3", "PUT / HTTP/1.1\r\ncontent-length:\r\n\r\n", HeadError::Length),
        ("6.3", "PUT / HTTP/1.1\r\ncontent-length: 18446744073709551616\r\n\r\n", HeadError::Length),
        (
            "RFC 9110 5.4",
            "GET / HTTP/1.1\r\na:\r\na:\r\na:\r\na:\r\na:\r\na:\r\n\r\n",
            HeadError::TooManyFields,
        ),
    ];
    for (section, head, error) in table {
        assert_eq!(request(head), Err(*error), "§{section} {head:?}");
    }
}

#[test]
fn long_heads_are_refused_before_their_end() {
    let target = format!("GET /{}", "x".repeat(200));
    assert_eq!(request(&target), Err(HeadError::TargetTooLong));
    assert_eq!(request(&format!("{target} HTTP/1.1\r\n\r\n")), Err(HeadError::TargetTooLong));
    let field = format!("GET / HTTP/1.1\r\na: {}", "x".repeat(200));
    assert_eq!(request(&field), Err(HeadError::TooLong));
    assert_eq!(request(&format!("{field}\r\n\r\n")), Err(HeadError::TooLong));
}

#[test]
fn replies() {
    let reply = |head: &str, method: &Method| {
        let mut scan = StatusScan::default();
        scan.scan(head.as_bytes(), LIMITS)?;
        let line = scan.line.expect("a whole line");
        let status = StatusCode::from_u16(line.status).expect("three digits");
        scan.facts.reply_body(method, status, line.version)
    };
    let get = &Method::GET;
    let table: &[(&str, &str, &Method, Result<BodyLength, HeadError>)] = &[
        ("4", "HTTP/1.1 200 OK\r\n\r\n", get, Ok(BodyLength::UntilClose)),
        ("4", "HTTP/1.1 200 \r\n\r\n", get, Ok(BodyLength::UntilClose)),
        ("4", "HTTP/1.1 200\r\n\r\n", get, Ok(BodyLength::UntilClose)),
        ("6.3", "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n", get, Ok(BodyLength::Sized(3))),
        ("6.3", "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n", &Method::HEAD, Ok(BodyLength::Sized(0))),
        ("6.3", "HTTP/1.1 304 -\r\ncontent-length: 3\r\n\r\n", get, Ok(BodyLength::Sized(0))),
        ("6.3", "HTTP/1.1 204 -\r\n\r\n", get, Ok(BodyLength::Sized(0))),
        ("6.3", "HTTP/1.1 103 -\r\n\r\n", get, Ok(BodyLength::Sized(0))),
        ("6.3", "HTTP/1.1 200 -\r\n\r\n", &Method::CONNECT, Ok(BodyLength::Sized(0))),
        ("7.1", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", get, Ok(BodyLength::Chunked)),
        ("4", "HTTP/1.1 20 OK\r\n\r\n", get, Err(HeadError::Status)),
        ("4", "HTTP/1.1 2000 OK\r\n\r\n", get, Err(HeadError::Status)),
        ("4", "HTTP/1.1 099 OK\r\n\r\n", get, Err(HeadError::Status)),
        ("4", "HTTP/1.1  200 OK\r\n\r\n", get, Err(HeadError::Status)),
        ("4", "HTTP/2.0 200 OK\r\n\r\n", get, Err(HeadError::Version)),
        ("4", "220 mail.example ESMTP\r\n\r\n", get, Err(HeadError::StartLine)),
        ("4", "HTTP/1.1 200 O\0K\r\n\r\n", get, Err(HeadError::StartLine)),
        ("2.2", "\r\nHTTP/1.1 200 OK\r\n\r\n", get, Err(HeadError::StartLine)),
        ("2.2", "HTTP/1.1 200 OK\n\n", get, Err(HeadError::BareLineFeed)),
        (
            "6.1",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-length: 3\r\n\r\n",
            get,
            Err(HeadError::LengthAndCoding),
        ),
        ("6.1", "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip\r\n\r\n", get, Err(HeadError::Coding)),
    ];
    for (section, head, method, expected) in table {
        assert_eq!(reply(head, method), *expected, "§{section} {head:?}");
    }
}

#[test]
fn hosts() {
    for host in ["a", "a.test:80", "A-b_c.test", "10.0.0.1:1", "[::1]", "[2001:db8::1]:443", "a%20b", "a:"] {
        assert!(is_host(host.as_bytes()), "{host}");
    }
    for host in
        ["", ":80", "a/b", "a b", "u@a", "a:b", "a:123456", "[::1", "::1", "[x]", "a%2", "a,b:1:2", "ä"]
    {
        assert!(!is_host(host.as_bytes()), "{host}");
    }
    for (host, authority) in
        [("a.test", "A.test"), ("a.test:80", "a.test"), ("a.test", "a.test:80"), ("[::1]", "[::1]:80")]
    {
        assert!(agrees(host.as_bytes(), authority.as_bytes()), "{host} {authority}");
    }
    for (host, authority) in
        [("a.test", "b.test"), ("a.test:81", "a.test"), ("a.test:80", "a.test:443"), ("a", "a.test")]
    {
        assert!(!agrees(host.as_bytes(), authority.as_bytes()), "{host} {authority}");
    }
}

#[test]
fn fields_keep_their_order_and_share_the_head() {
    let head =
        "GET / HTTP/1.1\r\nX-One: 1\r\nx-two:\t2 \r\nX-ONE: 3\r\nConnection: close, Upgrade\r\n\r\nrest";
    let mut scan = RequestScan::default();
    assert_eq!(scan.scan(head.as_bytes(), LIMITS), Ok(true));
    assert_eq!(&head[scan.length..], "rest");
    assert!(scan.facts.close && scan.facts.connection_upgrade && !scan.facts.is_persistent(Version::HTTP_11));
    let headers = fields(&bytes::Bytes::from(head), &scan.fields).expect("they were scanned");
    let ones: Vec<_> = headers.get_all("x-one").map(|value| value.as_bytes()).collect();
    assert_eq!(ones, [b"1", b"3"]);
    assert_eq!((headers.text("x-two"), headers.len()), (Some("2"), 4));
}
