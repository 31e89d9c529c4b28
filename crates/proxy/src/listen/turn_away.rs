//! What a client is told for whom there is no place: the same as when its call finds none. Over TLS it would take a handshake to
//! be told, which costs more than a call: there, the connection is closed.

use std::io::Write as _;
use std::rc::Rc;

use http::HeaderValue;
use http::header::{CONNECTION, CONTENT_LENGTH};
use paifang_model::Dialect;
use tokio::net::TcpStream;

use crate::dialect;
use crate::exchange::ClientScheme;
use crate::refusal::Refusal;
use crate::request_id::RequestId;
use crate::worker::Worker;

/// Says so, as far as the socket takes it at once, and closes: whoever is not let in must cost next to nothing.
pub(super) fn turn_away(worker: &Rc<Worker>, scheme: ClientScheme, stream: TcpStream) {
    worker.metrics.connection_refused();
    // The runtime does not know yet that the socket can be written to; its buffer is empty.
    if let (ClientScheme::Http, Ok(mut stream)) = (scheme, stream.into_std()) {
        // Nobody is left to be told that nobody could be told.
        let _ = stream.write(&busy(worker.shared.settings.default_dialect));
    }
}

/// The whole reply.
fn busy(dialect: Dialect) -> Vec<u8> {
    let mut reply = dialect::refuse(dialect, &Refusal::Busy, RequestId::draw());
    let body = reply.body.bytes().cloned().unwrap_or_default();
    let headers = &mut reply.head.headers;
    headers.insert(CONTENT_LENGTH, body.len().into());
    headers.insert(CONNECTION, HeaderValue::from_static("close"));
    let mut out = b"HTTP/1.1 503 Service Unavailable\r\n".to_vec();
    for (name, value) in headers.iter() {
        // Writing to a `Vec` does not fail.
        let _ = write!(out, "{name}: ");
        out.extend_from_slice(value.as_bytes());
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b"\r\n");
    out.extend_from_slice(&body);
    out
}
