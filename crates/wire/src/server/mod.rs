//! Turns an accepted stream into requests for a handler.

mod http1;
mod http2;
mod info;
mod pace;
mod settings;
mod sniff;
mod socket;
mod sweep;
mod unreadable;

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::Poll;

use crate::http1::RequestScan;
use crate::{Drain, Reply, Request, WireError};

pub(crate) use http1::UploadBody;
pub use info::{ConnectionInfo, Tls, address_text};
use pace::Pace;
pub use settings::ServerSettings;
pub use socket::Socket;
use sweep::Sweep;
pub use unreadable::Unreadable;

/// Answers requests. Its future is dropped when the client goes away before the reply, and with it whatever it waits for.
///
/// On HTTP/1 going away is only noticed when nothing else is left to read: not while an upload or a pipelined request is waiting. A client
/// that closes only its sending direction counts as gone.
pub trait Handler: 'static {
    /// Answers one request.
    fn handle(&self, request: Request) -> impl Future<Output = Reply>;

    /// Answers what is no request by the rules of HTTP. The connection is closed behind it on HTTP/1. By default a plain reply
    /// without a body.
    fn refuse(&self, unreadable: Unreadable) -> Reply {
        unreadable.plain_reply()
    }
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
pub struct Server<H> {
    shared: Rc<Shared<H>>,
}

struct Shared<H> {
    handler: H,
    settings: ServerSettings,
    drain: Drain,
    sweep: Rc<Sweep>,
    /// Where heads are taken apart, one at a time.
    scan: RefCell<RequestScan>,
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
        let (http2, sweep) = (settings.http2(), Sweep::new(settings.shortest_timeout()));
        Self { shared: Rc::new(Shared { handler, settings, drain, sweep, scan: RefCell::default(), http2 }) }
    }

    /// Serves one accepted stream until it ends: HTTP/2 when TLS agreed on it or, without TLS, when the client opens with its preface
    /// (RFC 9113 §3.3); HTTP/1.1 otherwise. Must run inside a `LocalSet`.
    ///
    /// # Errors
    /// When the connection fails or the peer breaks the protocol. Nobody is left to be told; the error is for a log line.
    pub async fn serve(&self, stream: impl Socket, info: ConnectionInfo) -> Result<Ended, WireError> {
        let (spoken, info) = (info.protocol(), Rc::new(info));
        let pace = Pace::new(&self.shared.settings, &self.shared.sweep);
        let connection = http1::Connection::new(Box::new(stream), Rc::clone(&pace));
        // Pinned here: handed over by value it would take its room twice.
        let serving = pin!(self.serve_http1(&connection, spoken, info));
        match self.paced(&pace, serving).await {
            Ok(Spoke::Http1(ended)) => ended,
            // Boxed, so that an idle HTTP/1 connection does not take HTTP/2's room.
            Ok(Spoke::Http2(info)) => match connection.take() {
                Some((stream, early)) => {
                    Box::pin(http2::serve(Rc::clone(&self.shared), stream, early.freeze(), info)).await
                }
                None => Ok(Ended::Closed),
            },
            Err(ended) => {
                if ended == Ended::StalledReader {
                    connection.break_off();
                }
                Ok(ended)
            }
        }
    }

    async fn serve_http1(
        &self,
        connection: &Rc<http1::Connection>,
        spoken: Option<Spoken>,
        info: Rc<ConnectionInfo>,
    ) -> Spoke {
        let spoken = match spoken {
            Some(spoken) => Ok(spoken),
            None => sniff::sniff(connection).await,
        };
        match spoken {
            Ok(Spoken::Http1) => Spoke::Http1(http1::serve(&self.shared, connection, info).await),
            Ok(Spoken::Http2) => Spoke::Http2(info),
            Err(error) => Spoke::Http1(Err(error)),
        }
    }

    /// Gives up what takes too long.
    async fn paced<T>(
        &self,
        pace: &Rc<Pace>,
        mut serving: Pin<&mut impl Future<Output = T>>,
    ) -> Result<T, Ended> {
        let _watched = self.shared.sweep.watch(pace);
        poll_fn(|cx| {
            if let Some(ended) = pace.overdue() {
                return Poll::Ready(Err(ended));
            }
            pace.hold(cx.waker());
            serving.as_mut().poll(cx).map(Ok)
        })
        .await
    }
}

/// How far the common beginning of both protocols got.
enum Spoke {
    Http1(Result<Ended, WireError>),
    Http2(Rc<ConnectionInfo>),
}

/// What a client speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spoken {
    Http1,
    Http2,
}
