//! Connections to the management port, over TLS where that is wanted. A handshake keeps nobody else waiting.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio_rustls::TlsAcceptor;
use tracing::{debug, warn};

use super::certificates::Certificates;

/// How long a handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// Handshakes at the same time; others wait in the socket's queue.
const HANDSHAKES_AT_ONCE: usize = 64;

/// How long accepting rests when the process has no file descriptors left.
const REST: Duration = Duration::from_millis(100);

/// A connection, secured or not.
pub(super) trait Io: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Io for T {}

type Ready = (Box<dyn Io>, SocketAddr);

/// The management port.
pub(super) struct Door {
    local: SocketAddr,
    ready: mpsc::Receiver<Ready>,
}

impl Door {
    /// Takes connections from a socket; with certificates, over TLS alone. Ends when this value is gone.
    pub(super) fn open(listener: TcpListener, certificates: Option<Certificates>) -> io::Result<Self> {
        let local = listener.local_addr()?;
        let (give, ready) = mpsc::channel(HANDSHAKES_AT_ONCE);
        tokio::spawn(accept(listener, certificates.map(Arc::new), give));
        Ok(Self { local, ready })
    }
}

async fn accept(listener: TcpListener, certificates: Option<Arc<Certificates>>, give: mpsc::Sender<Ready>) {
    let turns = Arc::new(Semaphore::new(HANDSHAKES_AT_ONCE));
    loop {
        // It is never closed.
        let Ok(turn) = Arc::clone(&turns).acquire_owned().await else { return };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = give.closed() => return,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                debug!(%error, "A management connection could not be accepted: {error}");
                tokio::time::sleep(REST).await;
                continue;
            }
        };
        let (certificates, give) = (certificates.clone(), give.clone());
        tokio::spawn(async move {
            let _turn = turn;
            let Some(stream) = secured(stream, peer, certificates.as_deref()).await else { return };
            // Nobody takes it when the process ends.
            let _ = give.send((stream, peer)).await;
        });
    }
}

async fn secured(
    stream: TcpStream,
    peer: SocketAddr,
    certificates: Option<&Certificates>,
) -> Option<Box<dyn Io>> {
    let Some(certificates) = certificates else { return Some(Box::new(stream)) };
    let local = stream.local_addr().ok()?.ip();
    let config = certificates.of(local).await;
    let config =
        config.inspect_err(|error| warn!("No certificate for the management port: {error:#}")).ok()?;
    match tokio::time::timeout(HANDSHAKE, TlsAcceptor::from(config).accept(stream)).await {
        Ok(Ok(stream)) => Some(Box::new(stream)),
        Ok(Err(error)) => {
            debug!(%peer, %error, "A TLS handshake on the management port failed: {error}");
            None
        }
        Err(_) => None,
    }
}

impl Listener for Door {
    type Io = Box<dyn Io>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> Ready {
        match self.ready.recv().await {
            Some(ready) => ready,
            // The task that accepts ends with this value alone.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.local)
    }
}

/// From where a connection came.
#[derive(Debug, Clone, Copy)]
pub(super) struct Came(pub(super) SocketAddr);

impl Connected<IncomingStream<'_, Door>> for Came {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Self {
        Self(*stream.remote_addr())
    }
}
