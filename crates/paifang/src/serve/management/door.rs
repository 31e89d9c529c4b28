//! Connections to the management port, over TLS where that is wanted. A handshake keeps nobody else waiting, and the door can
//! be closed while those who came in are served.
//!
//! A connection that is told to end before its first byte was read closes at once, with the request on its way: whoever
//! closes the door waits for first bytes before anybody is told to end.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tracing::{debug, warn};

use super::certificates::Certificates;
use super::guest::{Guest, Io, Silent};

/// How long a handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// Handshakes at the same time; others wait in the socket's queue.
const HANDSHAKES_AT_ONCE: usize = 64;

/// How long accepting rests when the process has no file descriptors left.
const REST: Duration = Duration::from_millis(100);

/// How long a connection may take for its handshake and its first byte once the door is closed.
const FIRST_BYTE: Duration = Duration::from_secs(2);

type Ready = (Guest, SocketAddr);

/// The management port, as the server sees it.
pub(super) struct Door {
    local: SocketAddr,
    ready: mpsc::Receiver<Ready>,
}

/// The same, as whoever closes it sees it.
pub(super) struct Handle {
    close: oneshot::Sender<()>,
    accepting: JoinHandle<()>,
    /// Connections of which nothing was read yet.
    silent: watch::Receiver<usize>,
}

impl Door {
    /// Takes connections from a socket; with certificates, over TLS alone. Takes none any more when this value is gone or
    /// the door is closed.
    pub(super) fn open(
        listener: TcpListener,
        certificates: Option<Certificates>,
    ) -> io::Result<(Self, Handle)> {
        let local = listener.local_addr()?;
        let (give, ready) = mpsc::channel(HANDSHAKES_AT_ONCE);
        let (close, closed) = oneshot::channel();
        let (count, silent) = watch::channel(0);
        let hall = Hall { certificates, give, silent: count };
        let accepting = tokio::spawn(accept(listener, Arc::new(hall), closed));
        Ok((Self { local, ready }, Handle { close, accepting, silent }))
    }
}

impl Handle {
    /// Lets nobody in any more, and waits until all who are in have said something.
    pub(super) async fn close(mut self) {
        // Errors mean that it has ended already.
        let _ = self.close.send(());
        let _ = self.accepting.await;
        // Whoever says nothing for so long is told to end like the others.
        let _ = timeout(FIRST_BYTE, self.silent.wait_for(|silent| *silent == 0)).await;
    }
}

/// Where those are who came in, until the server has them.
struct Hall {
    certificates: Option<Certificates>,
    give: mpsc::Sender<Ready>,
    silent: watch::Sender<usize>,
}

async fn accept(listener: TcpListener, hall: Arc<Hall>, closed: oneshot::Receiver<()>) {
    tokio::select! {
        // Somebody who was accepted is in the hall before anything else is looked at.
        () = admit(&listener, &hall) => {}
        _ = closed => {}
        () = hall.give.closed() => {}
    }
}

async fn admit(listener: &TcpListener, hall: &Arc<Hall>) {
    let turns = Arc::new(Semaphore::new(HANDSHAKES_AT_ONCE));
    // It is never closed.
    while let Ok(turn) = Arc::clone(&turns).acquire_owned().await {
        match listener.accept().await {
            Ok((stream, peer)) => {
                let (hall, silent) = (Arc::clone(hall), Silent::new(&hall.silent));
                tokio::spawn(async move {
                    let _turn = turn;
                    hall.receive(stream, peer, silent).await;
                });
            }
            Err(error) => {
                debug!(%error, "A management connection could not be accepted: {error}");
                tokio::time::sleep(REST).await;
            }
        }
    }
}

impl Hall {
    async fn receive(&self, stream: TcpStream, peer: SocketAddr, silent: Silent) {
        let Some(stream) = self.secured(stream, peer).await else { return };
        // Nobody takes it when the process ends.
        let _ = self.give.send((Guest::new(stream, silent), peer)).await;
    }

    async fn secured(&self, stream: TcpStream, peer: SocketAddr) -> Option<Box<dyn Io>> {
        let Some(certificates) = &self.certificates else { return Some(Box::new(stream)) };
        let local = stream.local_addr().ok()?.ip();
        let config = certificates.of(local).await;
        let config =
            config.inspect_err(|error| warn!("No certificate for the management port: {error:#}")).ok()?;
        match timeout(HANDSHAKE, TlsAcceptor::from(config).accept(stream)).await {
            Ok(Ok(stream)) => Some(Box::new(stream)),
            Ok(Err(error)) => {
                debug!(%peer, %error, "A TLS handshake on the management port failed: {error}");
                None
            }
            Err(_) => None,
        }
    }
}

impl Listener for Door {
    type Io = Guest;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> Ready {
        match self.ready.recv().await {
            Some(ready) => ready,
            // It was closed, and whoever was in the hall came through.
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
