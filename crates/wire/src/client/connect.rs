//! Makes a connection: the cold part of sending.

use std::future::Future;
use std::time::{Duration, Instant};

use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::io::Transport;
use super::{Origin, Protocol, SendError, SendFailure, TimeoutPhase, Timeouts};
use crate::{TlsError, TlsTarget};

/// TCP, then TLS where the origin wants it, each within the connect timeout and both before the deadline of the reply's head.
pub(super) async fn connect(origin: &Origin, timeouts: &Timeouts) -> Result<Transport, SendError> {
    let stream = within(timeouts, TimeoutPhase::Connect, TcpStream::connect(origin.address))
        .await?
        .map_err(refused)?;
    // A head and a short body are written at once; waiting for more to send only delays them.
    stream.set_nodelay(true).map_err(refused)?;
    match &origin.tls {
        None => Ok(Transport::Plain(stream)),
        Some(tls) => {
            let secured = secure(stream, tls, origin.protocol);
            within(timeouts, TimeoutPhase::Handshake, secured)
                .await?
                .map_err(|error| SendError::not_sent(SendFailure::Tls(error)))
        }
    }
}

/// Runs one step of connecting; a step that never ends has sent nothing.
pub(super) async fn within<F: Future>(
    timeouts: &Timeouts,
    phase: TimeoutPhase,
    step: F,
) -> Result<F::Output, SendError> {
    let late = |_| SendError::not_sent(SendFailure::Timeout { phase });
    timeout(patience(timeouts), step).await.map_err(late)
}

fn patience(timeouts: &Timeouts) -> Duration {
    timeouts.connect.min(timeouts.head_by.saturating_duration_since(Instant::now()))
}

fn refused(error: std::io::Error) -> SendError {
    SendError::not_sent(SendFailure::Connect(error))
}

async fn secure(stream: TcpStream, tls: &TlsTarget, protocol: Protocol) -> Result<Transport, TlsError> {
    let config = match protocol {
        Protocol::Http1 => tls.client.http1()?,
        Protocol::H2 | Protocol::H2c => tls.client.http2()?,
    };
    let connecting = TlsConnector::from(config).connect(tls.name().clone(), stream);
    let stream = connecting.await.map_err(TlsError::Handshake)?;
    if protocol != Protocol::Http1 && stream.get_ref().1.alpn_protocol() != Some(b"h2") {
        return Err(TlsError::NotHttp2);
    }
    Ok(Transport::Tls(Box::new(stream)))
}
