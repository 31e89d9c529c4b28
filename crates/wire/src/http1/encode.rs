//! Writes heads and framing. Values come as [`http::HeaderValue`]s, which cannot hold a line's end.

use bytes::BytesMut;
use http::{HeaderName, HeaderValue, Method, StatusCode};

use crate::Headers;

/// What stands behind a chunk.
pub const CHUNK_END: &[u8] = b"\r\n";
/// What ends a chunked body without trailers, behind the end of the chunk before it.
pub const LAST_CHUNK: &[u8] = b"0\r\n\r\n";
/// Both.
pub const CHUNK_AND_LAST: &[u8] = b"\r\n0\r\n\r\n";

/// Appends `GET /a?b HTTP/1.1` with its line's end.
pub fn request_line(text: &mut BytesMut, method: &Method, target: &str) {
    for part in [method.as_str().as_bytes(), b" ", target.as_bytes(), b" HTTP/1.1\r\n"] {
        text.extend_from_slice(part);
    }
}

/// Appends `HTTP/1.1 200 OK` with its line's end.
pub fn status_line(text: &mut BytesMut, status: StatusCode) {
    if status == StatusCode::OK {
        return text.extend_from_slice(b"HTTP/1.1 200 OK\r\n");
    }
    let reason = status.canonical_reason().unwrap_or_default();
    for part in [b"HTTP/1.1 ", status.as_str().as_bytes(), b" ", reason.as_bytes(), b"\r\n"] {
        text.extend_from_slice(part);
    }
}

/// Appends a field with its line's end.
pub fn field(text: &mut BytesMut, name: &HeaderName, value: &HeaderValue) {
    let (name, value) = (name.as_str().as_bytes(), value.as_bytes());
    text.reserve(name.len() + value.len() + 4);
    text.extend_from_slice(name);
    text.extend_from_slice(b": ");
    text.extend_from_slice(value);
    text.extend_from_slice(b"\r\n");
}

/// Appends `content-length` with its line's end.
pub fn content_length(text: &mut BytesMut, length: u64) {
    text.extend_from_slice(b"content-length: ");
    text.extend_from_slice(itoa::Buffer::new().format(length).as_bytes());
    text.extend_from_slice(b"\r\n");
}

/// Appends the line that stands before a chunk of `size` bytes, which is not 0: that would end the body.
pub fn chunk_size(text: &mut BytesMut, size: usize) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut line = [b'\r'; 18];
    line[17] = b'\n';
    let (mut at, mut rest) = (16, size);
    while rest > 0 {
        at -= 1;
        line[at] = DIGITS[rest & 0xf];
        rest >>= 4;
    }
    text.extend_from_slice(&line[at..]);
}

/// Appends the end of a chunked body with trailers.
pub fn last_chunk(text: &mut BytesMut, trailers: &Headers) {
    text.extend_from_slice(b"0\r\n");
    for (name, value) in trailers.iter() {
        field(text, name, value);
    }
    text.extend_from_slice(b"\r\n");
}
