//! Tells HTTP/2 with prior knowledge from HTTP/1 by the first bytes.

use super::Spoken;
use super::http1::Connection;
use crate::WireError;

/// RFC 9113 §3.4.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// Reads until the first bytes differ from HTTP/2's preface or are all of it. What was read stays with the connection.
pub(super) async fn sniff(connection: &Connection) -> Result<Spoken, WireError> {
    loop {
        {
            let input = connection.input();
            let known = input.len().min(PREFACE.len());
            if input[..known] != PREFACE[..known] {
                return Ok(Spoken::Http1);
            }
            if known == PREFACE.len() {
                return Ok(Spoken::Http2);
            }
        }
        if !connection.fill().await? {
            return Ok(Spoken::Http1);
        }
    }
}
