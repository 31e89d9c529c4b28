//! The TLS handshake: what answers it is looked up by the name that the client asks for, in what is served now. So another
//! certificate holds from the next handshake on, and no handshake sees half of a change.

use std::net::SocketAddr;
use std::rc::Rc;

use paifang_wire::{ConnectionInfo, Handler, Server, Tls, TlsError, server_hello};
use tokio::net::TcpStream;

use super::subject;
use crate::worker::Worker;

/// Serves a connection over TLS until it ends.
pub(super) async fn serve<H: Handler>(
    worker: &Rc<Worker>,
    server: &Server<H>,
    stream: TcpStream,
    peer: SocketAddr,
    local: SocketAddr,
) {
    let within = worker.shared.settings.edge.server.head_timeout;
    let (stream, tls) = match tokio::time::timeout(within, handshake(worker, stream)).await {
        Ok(Ok(secured)) => secured,
        Ok(Err(error)) => return tracing::debug!(%peer, %error, "a TLS handshake failed: {error}"),
        Err(_) => return tracing::debug!(%peer, "a TLS handshake took too long"),
    };
    if let Err(error) = server.serve(stream, ConnectionInfo::secured(peer, local, tls)).await {
        tracing::debug!(%peer, %error, "a connection failed: {error}");
    }
}

async fn handshake(
    worker: &Worker,
    stream: TcpStream,
) -> Result<(paifang_wire::TlsServerStream<TcpStream>, Tls), TlsError> {
    let hello = server_hello(stream).await?;
    let name = hello.server_name().map(|name| name.to_ascii_lowercase());
    let snapshot = worker.snapshot();
    let found = snapshot.tls(name.as_deref());
    let found = found.ok_or_else(|| TlsError::NoCertificate { name: name.clone().unwrap_or_default() })?;
    let (stream, mut tls) = hello.answer(found).await?;
    if snapshot.tells_subject(name.as_deref())
        && let Some(own) = tls.client_certificates.first()
    {
        tls.client_subject = subject::of(own);
    }
    // Nobody asks for them any more, and a connection may last.
    tls.client_certificates = Vec::new();
    Ok((stream, tls))
}
