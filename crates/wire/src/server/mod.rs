//! Turns an accepted stream into requests for a handler.

mod activity;
mod exchange;
mod http1;
mod http2;
mod info;
mod io;
mod settings;
mod sniff;

use std::future::Future;
use std::rc::Rc;

use crate::upgrade::Duplex;
use crate::{Drain, Reply, Request, WireError};

pub(crate) use activity::Activity;
pub use info::{ConnectionInfo, Tls};
pub use settings::ServerSettings;

/// Answers requests. Its future is dropped when the client goes away before the reply, and with it whatever it waits for.
///
/// On HTTP/1 going away is only noticed when nothing else is left to read: not while an upload or a pipelined request is waiting. A client
/// that closes only its sending direction counts as gone.
pub trait Handler: 'static {
    /// Answers one request.
    fn handle(&self, request: Request) -> impl Future<Output = Reply>;
}

impl<F, R> Handler for F
where
    F: Fn(Request) -> R + 'static,
    R: Future<Output = Reply>,
{
    fn handle(&self, request: Request) -> impl Future<Output = Reply> {
        self(request)
    }
}

/// How the serving of a connection ended without a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Either side closed it between requests, or the client closed it before it asked anything.
    Closed,
    /// It left HTTP; the stream is with whoever held the [`crate::Upgrade`].
    Upgraded,
    /// No request came for as long as the connection may idle.
    Idle,
    /// A request's head did not arrive in time.
    SlowHead,
    /// A request's body stopped arriving.
    StalledBody,
    /// The client stopped reading the reply.
    StalledReader,
}

/// Serves connections of one worker. Clones share handler and settings.
///
/// For now hyper itself answers what exceeds the limits of a head (`431`, `414`) or is no HTTP at all (`400`), with an empty body. A
/// request that names its host twice gets a `400` of the same kind.
pub struct Server<H> {
    shared: Rc<Shared<H>>,
}

struct Shared<H> {
    handler: H,
    settings: ServerSettings,
    drain: Drain,
    http1: hyper::server::conn::http1::Builder,
    http2: hyper::server::conn::http2::Builder<crate::exec::LocalExec>,
}

impl<H> Clone for Server<H> {
    fn clone(&self) -> Self {
        Self { shared: Rc::clone(&self.shared) }
    }
}

impl<H: Handler> Server<H> {
    /// Connections served here follow `drain`.
    pub fn new(handler: H, settings: ServerSettings, drain: Drain) -> Self {
        let (http1, http2) = (settings.http1(), settings.http2());
        Self { shared: Rc::new(Shared { handler, settings, drain, http1, http2 }) }
    }

    /// Serves one accepted stream until it ends: HTTP/2 when TLS agreed on it or, without TLS, when the client opens with its preface
    /// (RFC 9113 §3.3); HTTP/1.1 otherwise. Must run inside a `LocalSet`.
    ///
    /// # Errors
    /// When the connection fails or the peer breaks the protocol. Nobody is left to be told; the error is for a log line.
    pub async fn serve(&self, stream: impl Duplex, info: ConnectionInfo) -> Result<Ended, WireError> {
        let head_timeout = self.shared.settings.head_timeout;
        let (spoken, early) = match info.protocol() {
            Some(spoken) => (spoken, bytes::Bytes::new()),
            None => return self.serve_plain(stream, info, head_timeout).await,
        };
        self.serve_spoken(spoken, stream, early, info).await
    }

    async fn serve_plain(
        &self,
        mut stream: impl Duplex,
        info: ConnectionInfo,
        head_timeout: std::time::Duration,
    ) -> Result<Ended, WireError> {
        match tokio::time::timeout(head_timeout, sniff::sniff(&mut stream)).await {
            Err(_) => Ok(Ended::SlowHead),
            Ok(Err(error)) => Err(WireError::Io(error)),
            Ok(Ok((_, early))) if early.is_empty() => Ok(Ended::Closed),
            Ok(Ok((spoken, early))) => self.serve_spoken(spoken, stream, early, info).await,
        }
    }

    async fn serve_spoken(
        &self,
        spoken: Spoken,
        stream: impl Duplex,
        early: bytes::Bytes,
        info: ConnectionInfo,
    ) -> Result<Ended, WireError> {
        match spoken {
            Spoken::Http1 => http1::serve(Rc::clone(&self.shared), stream, early, info).await,
            // Boxed, so that an idle HTTP/1 connection does not take HTTP/2's room.
            Spoken::Http2 => Box::pin(http2::serve(Rc::clone(&self.shared), stream, early, info)).await,
        }
    }
}

/// What a client speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spoken {
    Http1,
    Http2,
}
