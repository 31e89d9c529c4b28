//! Accepts connections and hands their requests to the pipeline.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::rc::Rc;
use std::time::Duration;

use paifang_wire::proxy_protocol::{self, ProxyError};
use paifang_wire::{ConnectionInfo, Drain, Handler, Headers, Reply, Request, Server, Unreadable};
use tokio::net::TcpStream;
use tokio::sync::watch;

use super::turn_away::turn_away;
use super::{EdgeSettings, Phase, secure, unreadable};
use crate::exchange::{Client, ClientScheme, ClientTls, Exchange};
use crate::forwarded;
use crate::pipeline;
use crate::worker::Worker;

/// How long accepting rests when the process has no file descriptors left.
const REST: Duration = Duration::from_millis(100);

/// Connections that a worker takes at its end. More than a queue holds: where a successor listens to the same socket, it may
/// fill as fast as it is emptied.
const WAITING_AT_MOST: usize = 4096;

/// Starts to accept from a socket.
pub(super) fn spawn(
    worker: &Rc<Worker>,
    socket: TcpListener,
    scheme: ClientScheme,
    drain: &Drain,
    mut phase: watch::Receiver<Phase>,
) {
    let handler = Pipeline { worker: Rc::clone(worker) };
    let server = Server::new(handler, worker.shared.settings.edge.server.clone(), drain.clone());
    let worker = Rc::clone(worker);
    tokio::task::spawn_local(async move {
        let listener = match tokio::net::TcpListener::from_std(socket) {
            Ok(listener) => listener,
            Err(error) => return tracing::error!(%error, "a socket cannot be listened on: {error}"),
        };
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                _ = phase.wait_for(|phase| *phase != Phase::Serving) => break,
            };
            match accepted {
                Ok((stream, peer)) => connection(&worker, &server, scheme, stream, peer),
                Err(error) => rest(&error).await,
            }
        }
        for (stream, peer) in waiting(listener) {
            connection(&worker, &server, scheme, stream, peer);
        }
    });
}

/// What the server hands requests to.
struct Pipeline {
    worker: Rc<Worker>,
}

impl Handler for Pipeline {
    /// In line, so that the future is made where it stays: it is long, and most of it is room.
    #[inline(always)]
    fn handle(&self, request: Request) -> impl Future<Output = Reply> {
        // Made here, so that the future holds a pointer and not the request.
        let (worker, exchange) = (Rc::clone(&self.worker), exchange(self.edge(), request));
        async move { pipeline::handle(&worker, exchange).await }
    }

    fn refuse(&self, unreadable: Unreadable) -> Reply {
        let (exchange, refusal) = unreadable::refused(self.edge(), unreadable);
        pipeline::refuse(&self.worker, &exchange, refusal)
    }
}

impl Pipeline {
    fn edge(&self) -> &EdgeSettings {
        &self.worker.shared.settings.edge
    }
}

/// Those who were let into the socket's queue before it is closed: they would be reset with it.
fn waiting(listener: tokio::net::TcpListener) -> Vec<(TcpStream, SocketAddr)> {
    let Ok(listener) = listener.into_std() else { return Vec::new() };
    let accept = || listener.accept().ok();
    let taken = std::iter::from_fn(accept).take(WAITING_AT_MOST);
    taken.filter_map(|(stream, peer)| Some((adopt(stream).ok()?, peer))).collect()
}

fn adopt(stream: std::net::TcpStream) -> io::Result<TcpStream> {
    stream.set_nonblocking(true)?;
    TcpStream::from_std(stream)
}

fn connection<H: Handler>(
    worker: &Rc<Worker>,
    server: &Server<H>,
    scheme: ClientScheme,
    stream: TcpStream,
    peer: SocketAddr,
) {
    let Ok(local) = stream.local_addr() else { return };
    let Some(place) = worker.shared.crowd.enter() else { return turn_away(worker, scheme, stream) };
    // Without it small answers wait for the client's acknowledgement (Nagle); a socket that is gone may refuse.
    let _ = stream.set_nodelay(true);
    let (server, worker) = (server.clone(), Rc::clone(worker));
    let stay = worker.open.enter();
    worker.metrics.connection_opened();
    tokio::task::spawn_local(async move {
        match known(&worker, stream, peer).await {
            Ok((stream, peer)) => match place.of(peer.ip()) {
                Some(_place) => serve(&worker, &server, scheme, stream, peer, local).await,
                None => turn_away(&worker, scheme, stream),
            },
            Err(error) => tracing::debug!(%peer, %error, "a connection was not passed on rightly: {error}"),
        }
        worker.metrics.connection_closed();
        drop(stay);
    });
}

async fn serve<H: Handler>(
    worker: &Rc<Worker>,
    server: &Server<H>,
    scheme: ClientScheme,
    stream: TcpStream,
    peer: SocketAddr,
    local: SocketAddr,
) {
    match scheme {
        ClientScheme::Http => {
            if let Err(error) = server.serve(stream, ConnectionInfo::plain(peer, local)).await {
                tracing::debug!(%peer, %error, "a connection failed: {error}");
            }
        }
        // On the heap, so that a plain connection does not take its room.
        ClientScheme::Https => Box::pin(secure::serve(worker, server, stream, peer, local)).await,
    }
}

/// Who has connected: whoever a load balancer says, where it is one that has to say so.
async fn known(
    worker: &Worker,
    mut stream: TcpStream,
    peer: SocketAddr,
) -> Result<(TcpStream, SocketAddr), ProxyError> {
    let edge = &worker.shared.settings.edge;
    if !edge.proxy_protocol.contain(peer.ip()) {
        return Ok((stream, peer));
    }
    // On the heap, so that other connections do not take its room.
    let header = Box::pin(proxy_protocol::read(&mut stream));
    let header = tokio::time::timeout(edge.server.head_timeout, header).await;
    let source = header.map_err(io::Error::from)??;
    Ok((stream, source.unwrap_or(peer)))
}

/// A connection that was reset before it was accepted is nobody's loss; without file descriptors, waiting helps.
async fn rest(error: &io::Error) {
    if matches!(error.kind(), io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset) {
        return;
    }
    tracing::warn!(%error, "a connection could not be accepted: {error}");
    tokio::time::sleep(REST).await;
}

/// On the heap, because it is handed through several futures.
#[inline(never)]
fn exchange(edge: &EdgeSettings, request: Request) -> Box<Exchange> {
    let Request { head, body, upgrade, connection } = request;
    let client = client(edge, &connection, &head.headers);
    let mut exchange = Exchange::new(head, body, client);
    exchange.upgrade = upgrade.filter(|_| asks_for_websocket(&exchange.head.headers));
    Box::new(exchange)
}

pub(super) fn client(edge: &EdgeSettings, connection: &ConnectionInfo, headers: &Headers) -> Client {
    let scheme = if connection.tls.is_some() { ClientScheme::Https } else { ClientScheme::Http };
    let peer = connection.peer.ip();
    let address = forwarded::client(&edge.trusted_proxies, peer, headers);
    Client {
        address: address.to_canonical(),
        peer: peer.to_canonical(),
        peer_text: connection.peer_text.clone(),
        scheme,
        local: connection.local,
        tls: connection
            .tls
            .as_ref()
            .map(|tls| ClientTls { policy: tls.policy, subject: tls.client_subject.clone() }),
    }
}

/// Nothing else is passed on. A backend that switched to HTTP/2 (`h2c`), say, would answer calls that nobody checked; a server may
/// ignore `Upgrade` (RFC 9110 §7.8).
fn asks_for_websocket(headers: &Headers) -> bool {
    let mut asked = headers.get_all(http::header::UPGRADE);
    let first = asked.next().is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"websocket"));
    first && asked.next().is_none()
}
