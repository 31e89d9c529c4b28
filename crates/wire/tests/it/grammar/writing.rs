//! What is written is what is read.

use bytes::{Bytes, BytesMut};
use paifang_wire::http1::{ChunkedDecoder, Decoded, HeadLimits, Outbox, RequestScan, StatusScan, encode};
use paifang_wire::{HeaderName, HeaderValue, Method, StatusCode};
use tokio::io::AsyncReadExt;

use crate::support::worker;

#[test]
fn heads_come_back() {
    let limits = HeadLimits { fields: 5, bytes: 1000 };
    let mut text = BytesMut::new();
    encode::request_line(&mut text, &Method::PATCH, "/a?b");
    encode::field(&mut text, &HeaderName::from_static("x-a"), &HeaderValue::from_static("b"));
    encode::content_length(&mut text, 10);
    text.extend_from_slice(b"\r\n");
    assert_eq!(text, "PATCH /a?b HTTP/1.1\r\nx-a: b\r\ncontent-length: 10\r\n\r\n");
    assert_eq!(RequestScan::default().scan(&text, limits), Ok(true));
    for status in [200, 204, 404, 599, 999] {
        let mut text = BytesMut::new();
        encode::status_line(&mut text, StatusCode::from_u16(status).unwrap());
        text.extend_from_slice(b"\r\n");
        let mut scan = StatusScan::default();
        assert_eq!(scan.scan(&text, limits), Ok(true), "{text:?}");
        assert_eq!(scan.line.unwrap().status, status);
    }
}

#[test]
fn chunks_come_back() {
    for size in [1, 9, 10, 15, 16, 255, 4096, 100_000] {
        let mut text = BytesMut::new();
        encode::chunk_size(&mut text, size);
        assert_eq!(text, format!("{size:x}\r\n"));
        text.extend_from_slice(&vec![b'x'; size]);
        text.extend_from_slice(b"\r\n");
        text.extend_from_slice(encode::LAST_CHUNK);
        let mut decoder = ChunkedDecoder::new();
        assert!(matches!(decoder.decode(&mut text), Ok(Decoded::Data(data)) if data.len() == size));
        assert!(matches!(decoder.decode(&mut text), Ok(Decoded::End)));
        assert!(text.is_empty());
    }
}

#[test]
fn an_outbox_writes_its_pieces_in_order_through_any_keyhole() {
    worker(async {
        for keyhole in [1, 2, 3, 5, 100] {
            let (mut near, mut far) = tokio::io::duplex(keyhole);
            let write = async move {
                let mut outbox = Outbox::default();
                outbox.text().extend_from_slice(b"head ");
                outbox.set_data(Bytes::from_static(b"data"));
                outbox.set_end(b" end");
                std::future::poll_fn(|cx| outbox.poll_write(cx, &mut near)).await.unwrap();
                assert!(outbox.is_empty());
            };
            let mut read = String::new();
            tokio::join!(write, async { far.read_to_string(&mut read).await.unwrap() });
            assert_eq!(read, "head data end");
        }
    });
}
