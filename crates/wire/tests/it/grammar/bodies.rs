//! Bodies: chunks and lengths.

use bytes::BytesMut;
use paifang_wire::http1::{BodyDecoder, BodyError, BodyLength, ChunkedDecoder, Decoded, HeadError};

/// Data, trailers as text, and what was left; none while more is wanted.
fn chunked(body: &str) -> Result<Option<(String, String, String)>, BodyError> {
    let (mut input, mut decoder) = (BytesMut::from(body), ChunkedDecoder::new());
    let (mut data, mut trailers) = (Vec::new(), String::new());
    loop {
        match decoder.decode(&mut input)? {
            Decoded::More => return Ok(None),
            Decoded::Data(bytes) => data.extend_from_slice(&bytes),
            Decoded::Trailers(fields) => {
                trailers = fields.iter().map(|(name, value)| format!("{name}={value:?};")).collect();
                break;
            }
            Decoded::End => break,
        }
    }
    assert!(decoder.is_done());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(Some((text(&data), trailers, text(&input))))
}

#[test]
fn chunks_that_are_accepted() {
    let table: &[(&str, &str, &str)] = &[
        ("7.1", "0\r\n\r\nnext", ""),
        ("7.1", "3\r\nabc\r\n0\r\n\r\nnext", "abc"),
        ("7.1", "00a\r\n0123456789\r\n1\r\nx\r\n000\r\n\r\nnext", "0123456789x"),
        ("7.1", "A\r\n0123456789\r\n0\r\n\r\nnext", "0123456789"),
        ("7.1.1", "1;a\r\nx\r\n0;b=c\r\n\r\nnext", "x"),
        ("7.1.1", "1 ; a = \"q\\\"; \t\" ;b\r\nx\r\n0\r\n\r\nnext", "x"),
    ];
    for (section, body, data) in table {
        let decoded = Ok(Some(((*data).to_owned(), String::new(), "next".to_owned())));
        assert_eq!(chunked(body), decoded, "§{section} {body:?}");
    }
}

#[test]
fn trailers_come_last() {
    let decoded = chunked("1\r\nx\r\n0\r\nX-Sum: 42\r\nx-b:c\r\n\r\nnext");
    let expected = ("x".to_owned(), "x-sum=\"42\";x-b=\"c\";".to_owned(), "next".to_owned());
    assert_eq!(decoded, Ok(Some(expected)));
}

#[test]
fn chunks_that_are_refused() {
    let long = format!("1;{}\r\nx\r\n0\r\n\r\n", "a".repeat(300));
    let table: &[(&str, &str, BodyError)] = &[
        ("7.1", "\r\n", BodyError::ChunkSize),
        ("7.1", "g\r\n", BodyError::ChunkSize),
        ("7.1", "-1\r\n", BodyError::ChunkSize),
        ("7.1", "+1\r\n", BodyError::ChunkSize),
        ("7.1", "0x1\r\n", BodyError::ChunkSize),
        ("7.1", " 1\r\n", BodyError::ChunkSize),
        ("7.1", "1\n", BodyError::ChunkSize),
        ("7.1", "10000000000000000\r\n", BodyError::ChunkSize),
        ("7.1", "1\rx\r\n", BodyError::ChunkExtension),
        ("7.1", "1 \r\n", BodyError::ChunkExtension),
        ("7.1", "3\r\nabcd\r\n", BodyError::ChunkEnd),
        ("7.1", "3\r\nabc\n", BodyError::ChunkEnd),
        ("7.1", "3\r\nabc0\r\n", BodyError::ChunkEnd),
        ("7.1.1", "1;\r\n", BodyError::ChunkExtension),
        ("7.1.1", "1;a=\r\n", BodyError::ChunkExtension),
        ("7.1.1", "1;a=\"b\r\n", BodyError::ChunkExtension),
        ("7.1.1", "1;a\0\r\n", BodyError::ChunkExtension),
        ("7.1.1", "1;a\n\r\n", BodyError::ChunkSize),
        ("7.1.1", &long, BodyError::ChunkExtension),
        ("7.1.2", "0\r\na b: c\r\n\r\n", BodyError::Trailers(HeadError::FieldName)),
        ("7.1.2", "0\r\na: b\n\r\n", BodyError::Trailers(HeadError::BareLineFeed)),
        ("7.1.2", "0\r\na: b\r\n c\r\n\r\n", BodyError::Trailers(HeadError::Folded)),
        ("RFC 9110 6.5.1", "0\r\ncontent-length: 5\r\n\r\n", BodyError::TrailerForbidden),
        ("RFC 9110 6.5.1", "0\r\nHost: a\r\n\r\n", BodyError::TrailerForbidden),
        ("RFC 9110 6.5.1", "0\r\nauthorization: a\r\n\r\n", BodyError::TrailerForbidden),
    ];
    for (section, body, error) in table {
        assert_eq!(chunked(body), Err(*error), "§{section} {body:?}");
    }
}

#[test]
fn extensions_of_many_chunks_are_limited_together() {
    let chunk = format!("1;{}\r\nx\r\n", "a".repeat(200));
    assert_eq!(chunked(&chunk.repeat(100)), Err(BodyError::ChunkExtension));
    assert_eq!(chunked(&chunk.repeat(10)), Ok(None));
}

#[test]
fn a_length_takes_its_bytes_and_no_more() {
    let (mut decoder, mut input) = (BodyDecoder::from(BodyLength::Sized(5)), BytesMut::from("abc"));
    assert!(matches!(decoder.decode(&mut input), Ok(Decoded::Data(data)) if data == "abc"));
    assert!(matches!(decoder.decode(&mut input), Ok(Decoded::More)));
    assert!(!decoder.may_end());
    input.extend_from_slice(b"defgh");
    assert!(matches!(decoder.decode(&mut input), Ok(Decoded::Data(data)) if data == "de"));
    assert!(matches!(decoder.decode(&mut input), Ok(Decoded::End)));
    assert_eq!((decoder.is_done(), decoder.left(), &input[..]), (true, Some(0), &b"fgh"[..]));
}

#[test]
fn a_body_until_the_end_takes_everything() {
    let (mut decoder, mut input) = (BodyDecoder::from(BodyLength::UntilClose), BytesMut::from("abc"));
    assert!(matches!(decoder.decode(&mut input), Ok(Decoded::Data(data)) if data == "abc"));
    assert!(matches!(decoder.decode(&mut input), Ok(Decoded::More)));
    assert!(decoder.may_end() && !decoder.is_done());
}
