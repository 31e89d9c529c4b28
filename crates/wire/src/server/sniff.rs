//! Tells HTTP/2 with prior knowledge from HTTP/1 by the first bytes.

use std::io;

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt};

use super::Spoken;

/// RFC 9113 §3.4.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// A usual head fits, so that it takes one read like any later one.
const FIRST_READ: usize = 2 * 1024;

/// Reads until the first bytes differ from HTTP/2's preface or are all of it. Returns what was read, which belongs to the first
/// message; nothing when the client left without a byte.
pub(super) async fn sniff(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<(Spoken, Bytes)> {
    let mut early = BytesMut::with_capacity(FIRST_READ);
    loop {
        let read = stream.read_buf(&mut early).await?;
        let known = early.len().min(PREFACE.len());
        if early[..known] != PREFACE[..known] || read == 0 {
            return Ok((Spoken::Http1, early.freeze()));
        }
        if known == PREFACE.len() {
            return Ok((Spoken::Http2, early.freeze()));
        }
    }
}
