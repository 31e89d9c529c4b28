//! A message body, wherever it comes from, read frame by frame or collected under a limit.

mod budget;
mod collect;
mod limited;
mod outgoing;
mod patience;
mod replay;
mod watch;

use std::cell::Cell;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_util::Stream;
use http_body::Body as _;
use hyper::body::Incoming;

use crate::client::{ReplyBody, StreamBody};
use crate::server::UploadBody;
use crate::{Headers, WireError};

pub use budget::{ByteBudget, Permit};
pub use collect::{CollectError, Collected};
pub(crate) use outgoing::{poll_frame, size_hint};
pub use replay::Replay;
pub use watch::{BodyEnd, BodyOutcome, BodyWatcher};

/// A piece of a body.
#[derive(Debug)]
pub enum Frame {
    /// Bytes; rarely empty.
    Data(Bytes),
    /// The fields after the last bytes (RFC 9110 §6.5); nothing follows.
    Trailers(Headers),
}

/// The body of a request or a reply.
///
/// Dropping one that came from a socket before its end resets the HTTP/2 stream, or closes the HTTP/1 connection, that it came on; a
/// client's connection is kept when what is left is short.
#[must_use = "dropping a body gives up the connection that it comes on"]
pub struct Body {
    kind: Kind,
    watch: Option<watch::Watch>,
    limit: Option<limited::Limit>,
    patience: Option<Box<patience::Patience>>,
}

impl From<Kind> for Body {
    fn from(kind: Kind) -> Self {
        Self { kind, watch: None, limit: None, patience: None }
    }
}

enum Kind {
    Empty,
    Full(Bytes),
    Stream(Made),
    /// What a client uploads over HTTP/1.
    Client(UploadBody),
    /// What a client uploads over HTTP/2.
    Incoming(Incoming),
    /// What an HTTP/1 backend answers; drives the connection that it comes on.
    Reply(ReplyBody),
    /// What an HTTP/2 backend answers.
    Multiplexed(StreamBody),
    Replayed(replay::Replayed),
}

/// A body made by this process.
struct Made {
    length: Option<u64>,
    frames: Pin<Box<dyn Stream<Item = Result<Frame, WireError>>>>,
}

impl Body {
    /// No bytes.
    pub fn empty() -> Self {
        Kind::Empty.into()
    }

    /// All of its bytes at once.
    pub fn full(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        if bytes.is_empty() { Kind::Empty.into() } else { Kind::Full(bytes).into() }
    }

    /// Frames as they come. `length` is the number of data bytes to announce, when it is known; a stream that then yields
    /// another number breaks the message off.
    pub fn stream(
        length: Option<u64>,
        frames: impl Stream<Item = Result<Frame, WireError>> + 'static,
    ) -> Self {
        Kind::Stream(Made { length, frames: Box::pin(frames) }).into()
    }

    /// Whether it is certain that nothing follows, neither bytes nor trailers.
    pub fn is_empty(&self) -> bool {
        match &self.kind {
            Kind::Empty => true,
            Kind::Full(bytes) => bytes.is_empty(),
            Kind::Stream(_) => false,
            Kind::Client(body) => body.is_end(),
            Kind::Incoming(body) => body.is_end_stream(),
            Kind::Reply(body) => body.is_end(),
            Kind::Multiplexed(body) => body.is_end(),
            Kind::Replayed(body) => body.is_end(),
        }
    }

    /// How many data bytes are still to come, when the sender announced it.
    pub fn declared_length(&self) -> Option<u64> {
        match &self.kind {
            Kind::Empty => Some(0),
            Kind::Full(bytes) => Some(bytes.len() as u64),
            Kind::Stream(made) => made.length,
            Kind::Client(body) => body.declared_length(),
            Kind::Incoming(body) => body.size_hint().exact(),
            Kind::Reply(body) => body.declared_length(),
            Kind::Multiplexed(body) => body.declared_length(),
            Kind::Replayed(body) => body.declared_length(),
        }
    }

    /// The next frame; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Frame, WireError>> {
        poll_fn(|cx| self.poll_next(cx)).await
    }

    /// [`Body::next`] for hand-written futures.
    pub fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame, WireError>>> {
        let item = match self.poll_kind(cx) {
            Poll::Ready(item) => item,
            Poll::Pending => Some(Err(ready!(self.poll_patience(cx)))),
        };
        if let Some(patience) = &mut self.patience {
            patience.rewarded();
        }
        Poll::Ready(self.account(item))
    }

    /// Ready when the next frame was waited for too long.
    fn poll_patience(&mut self, cx: &mut Context<'_>) -> Poll<WireError> {
        let Some(patience) = &mut self.patience else { return Poll::Pending };
        patience.poll(cx).map(|()| WireError::Stalled { seconds: patience.most().as_secs() })
    }

    /// Holds an item to the limit and tells the watcher of it.
    fn account(&mut self, item: Option<Result<Frame, WireError>>) -> Option<Result<Frame, WireError>> {
        let item = match (item, &self.limit) {
            (Some(Ok(Frame::Data(data))), Some(limit)) if !limit.admit(data.len()) => {
                Some(Err(WireError::TooLarge { limit: limit.most() }))
            }
            (item, _) => item,
        };
        if let Some(watch) = &mut self.watch {
            match &item {
                Some(Ok(Frame::Data(data))) => watch.count(data.len()),
                Some(Ok(Frame::Trailers(_))) => {}
                Some(Err(_)) => watch.tell(BodyOutcome::Failed),
                None => watch.tell(BodyOutcome::Complete),
            }
        }
        item
    }

    fn poll_kind(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame, WireError>>> {
        match &mut self.kind {
            Kind::Empty => Poll::Ready(None),
            Kind::Full(bytes) => {
                let bytes = std::mem::take(bytes);
                self.kind = Kind::Empty;
                Poll::Ready(Some(Ok(Frame::Data(bytes))))
            }
            Kind::Stream(made) => made.poll_next(cx),
            Kind::Client(body) => body.poll_next(cx),
            Kind::Incoming(body) => poll_incoming(body, cx),
            Kind::Reply(body) => body.poll_next(cx),
            Kind::Multiplexed(body) => body.poll_next(cx),
            Kind::Replayed(body) => body.poll_next(cx),
        }
    }

    /// The bytes, when all of them are in memory and none was read yet.
    pub fn bytes(&self) -> Option<&Bytes> {
        static NONE: Bytes = Bytes::new();
        match &self.kind {
            Kind::Empty => Some(&NONE),
            Kind::Full(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The same body; `watcher` is told once how it ended, also when its reader gives it up.
    pub fn watched(mut self, watcher: Box<dyn BodyWatcher>) -> Self {
        self.watch = Some(watch::Watch::new(watcher, self.declared_length()));
        self
    }

    /// The same body; the byte after `most` fails with [`WireError::TooLarge`], and `seen` counts what was read.
    pub fn limited(mut self, most: u64, seen: Rc<Cell<u64>>) -> Self {
        self.limit = Some(limited::Limit::new(most, seen));
        self
    }

    /// The same body; it fails with [`WireError::Stalled`] when its next frame was waited for so long. Time during which nobody asks
    /// for a frame does not count.
    pub fn stalls_after(mut self, most: Duration) -> Self {
        if self.in_memory().is_none() {
            self.patience = Some(Box::new(patience::Patience::new(most)));
        }
        self
    }

    /// Nobody will read it, and that is as it should be (a reply to HEAD, say).
    pub(crate) fn not_wanted(mut self) {
        if let Some(watch) = &mut self.watch {
            watch.tell(BodyOutcome::Complete);
        }
    }

    /// Splits into a body that remembers up to `limit` bytes of what was read from it, and the means to read it again.
    /// A body that is in memory already is shared, not remembered.
    pub fn replayable(self, limit: usize) -> (Self, Replay) {
        replay::split(self, limit)
    }

    pub(crate) fn from_client(body: UploadBody) -> Self {
        Kind::Client(body).into()
    }

    pub(crate) fn from_incoming(body: Incoming) -> Self {
        if body.is_end_stream() { Self::empty() } else { Kind::Incoming(body).into() }
    }

    pub(crate) fn from_reply(body: ReplyBody) -> Self {
        Kind::Reply(body).into()
    }

    pub(crate) fn from_stream(body: StreamBody) -> Self {
        if body.is_end() { Self::empty() } else { Kind::Multiplexed(body).into() }
    }

    /// The bytes, when all of them are in memory.
    fn in_memory(&self) -> Option<Bytes> {
        match &self.kind {
            Kind::Empty => Some(Bytes::new()),
            Kind::Full(bytes) => Some(bytes.clone()),
            _ => None,
        }
    }
}

impl Made {
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame, WireError>>> {
        let item = ready!(self.frames.as_mut().poll_next(cx));
        if let (Some(Ok(Frame::Data(bytes))), Some(left)) = (&item, &mut self.length) {
            *left = left.saturating_sub(bytes.len() as u64);
        }
        Poll::Ready(item)
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.kind {
            Kind::Empty => "empty",
            Kind::Full(_) => "full",
            Kind::Stream(_) => "stream",
            Kind::Client(_) | Kind::Incoming(_) => "from client",
            Kind::Reply(_) | Kind::Multiplexed(_) => "from backend",
            Kind::Replayed(_) => "replayed",
        };
        f.debug_struct("Body").field("kind", &kind).field("length", &self.declared_length()).finish()
    }
}

/// One frame of hyper's, as ours.
pub(crate) fn poll_incoming(
    incoming: &mut Incoming,
    cx: &mut Context<'_>,
) -> Poll<Option<Result<Frame, WireError>>> {
    loop {
        let frame = match ready!(Pin::new(&mut *incoming).poll_frame(cx)) {
            None => return Poll::Ready(None),
            Some(Err(error)) => return Poll::Ready(Some(Err(WireError::from_hyper(error)))),
            Some(Ok(frame)) => frame,
        };
        match frame.into_data().map_err(http_body::Frame::into_trailers) {
            Ok(data) => return Poll::Ready(Some(Ok(Frame::Data(data)))),
            Err(Ok(trailers)) => return Poll::Ready(Some(Ok(Frame::Trailers(Headers::from_map(trailers))))),
            // A kind of frame that HTTP/1 and HTTP/2 do not have.
            Err(Err(_)) => {}
        }
    }
}
