//! One HTTP/1 connection: its socket, what has arrived on it and not been understood yet, and where the request's body is.

use std::cell::{Cell, Ref, RefCell};
use std::future::Future;
use std::io;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker, ready};

use bytes::BytesMut;
use tokio::io::{AsyncReadExt, AsyncWrite};

use crate::WireError;
use crate::http1::{BodyDecoder, BodyError, Decoded, Outbox, buffers};
use crate::server::pace::{Pace, Phase};
use crate::server::socket::Socket;

/// RFC 9110 §15.2.1.
const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";
/// Bytes of later requests that are read while one is being answered.
const AHEAD_AT_MOST: usize = 16 * 1024;

/// Shared by the connection's own task and the reader of the request's body.
pub(crate) struct Connection {
    /// Gone after an upgrade.
    socket: RefCell<Option<Box<dyn Socket>>>,
    pub(super) input: RefCell<BytesMut>,
    body: RefCell<BodyPlace>,
    /// The rest of `100 Continue`, when the client waits for it.
    interim: Cell<&'static [u8]>,
    /// Who waits for the body's reader.
    settled: RefCell<Option<Waker>>,
    pub(crate) pace: Rc<Pace>,
}

/// Where the request's body is.
pub(super) enum BodyPlace {
    /// Read to its end, or there was none.
    Done,
    /// With its reader.
    Out,
    /// Given up by its reader, so far read.
    Left(BodyDecoder),
    /// Of no use, and nothing behind it can be found.
    Broken,
}

impl Connection {
    pub(crate) fn new(socket: Box<dyn Socket>, pace: Rc<Pace>) -> Rc<Self> {
        Rc::new(Self {
            socket: RefCell::new(Some(socket)),
            input: RefCell::default(),
            body: RefCell::new(BodyPlace::Done),
            interim: Cell::new(&[]),
            settled: RefCell::new(None),
            pace,
        })
    }

    /// Reads more behind what is there; 0 at the end. While nothing is there and nothing comes, no buffer is held.
    pub(crate) fn poll_fill(&self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let (mut socket, mut input) = (self.socket.borrow_mut(), self.input.borrow_mut());
        let Some(socket) = socket.as_mut() else { return Poll::Ready(Ok(0)) };
        if input.capacity() == 0 {
            *input = buffers::take();
        } else {
            buffers::make_room(&mut input);
        }
        let polled = pin!(socket.read_buf(&mut *input)).poll(cx);
        if polled.is_pending() && input.is_empty() {
            buffers::give_back(std::mem::take(&mut *input));
        }
        polled
    }

    /// Ready when the client is gone. Noticed only while nothing else is left to read.
    pub(super) fn poll_gone(&self, cx: &mut Context<'_>) -> Poll<WireError> {
        while matches!(*self.body.borrow(), BodyPlace::Done) && self.input.borrow().len() < AHEAD_AT_MOST {
            match ready!(self.poll_fill(cx)) {
                Ok(0) => return Poll::Ready(WireError::Incomplete),
                Ok(_) => {}
                Err(error) => return Poll::Ready(WireError::Io(error)),
            }
        }
        Poll::Pending
    }

    pub(super) fn poll_write(&self, cx: &mut Context<'_>, outbox: &mut Outbox) -> Poll<io::Result<()>> {
        let mut socket = self.socket.borrow_mut();
        let Some(socket) = socket.as_mut() else {
            return Poll::Ready(Err(io::ErrorKind::NotConnected.into()));
        };
        ready!(self.poll_interim(cx, socket))?;
        let before = outbox.remaining();
        let polled = outbox.poll_write(cx, &mut **socket);
        let written = before - outbox.remaining();
        if written > 0 {
            self.pace.wrote(written);
        }
        if polled.is_pending() {
            self.pace.write_awaited();
        }
        polled
    }

    /// Hands over what is still in buffers of the socket's own (TLS has some).
    pub(super) fn poll_flush(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.socket.borrow_mut().as_mut() {
            Some(socket) => Pin::new(socket).poll_flush(cx),
            None => Poll::Ready(Ok(())),
        }
    }

    pub(super) fn poll_shutdown(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.socket.borrow_mut().as_mut() {
            Some(socket) => Pin::new(socket).poll_shutdown(cx),
            None => Poll::Ready(Ok(())),
        }
    }

    /// What the client has not taken is thrown away with the connection.
    pub(crate) fn break_off(&self) {
        if let Some(socket) = self.socket.borrow().as_ref() {
            socket.break_off();
        }
    }

    /// The socket, and what had arrived on it.
    pub(crate) fn take(&self) -> Option<(Box<dyn Socket>, BytesMut)> {
        let socket = self.socket.borrow_mut().take()?;
        Some((socket, self.input.take()))
    }

    /// A request with a body begins.
    pub(super) fn body_begins(&self, expects_continue: bool) {
        *self.body.borrow_mut() = BodyPlace::Out;
        self.interim.set(if expects_continue { CONTINUE } else { &[] });
    }

    /// `100 Continue` comes too late, unless part of it is written. Says whether the client waits for it.
    pub(super) fn withdraw_invitation(&self) -> bool {
        let waits = self.interim.get().len() == CONTINUE.len();
        if waits {
            self.interim.set(&[]);
        }
        waits
    }

    /// Asks where the request's body is.
    pub(super) fn body_left<T>(&self, ask: impl FnOnce(&BodyPlace) -> T) -> T {
        ask(&self.body.borrow())
    }

    /// Where the request's body is; what was left of it is with the caller then.
    fn take_body(&self) -> BodyPlace {
        let mut body = self.body.borrow_mut();
        match *body {
            BodyPlace::Out => BodyPlace::Out,
            BodyPlace::Done => BodyPlace::Done,
            BodyPlace::Broken => BodyPlace::Broken,
            BodyPlace::Left(_) => std::mem::replace(&mut *body, BodyPlace::Done),
        }
    }

    /// Ready when no reader holds the body.
    pub(super) fn poll_settled(&self, cx: &mut Context<'_>) -> Poll<BodyPlace> {
        match self.take_body() {
            BodyPlace::Out => {
                *self.settled.borrow_mut() = Some(cx.waker().clone());
                Poll::Pending
            }
            place => Poll::Ready(place),
        }
    }

    /// The reader has the next piece of the body, or [`Decoded::More`] never.
    pub(super) fn poll_body(
        &self,
        cx: &mut Context<'_>,
        decoder: &mut BodyDecoder,
    ) -> Poll<Result<Decoded, WireError>> {
        loop {
            let decoded = decoder.decode(&mut self.input.borrow_mut()).map_err(protocol)?;
            if !matches!(decoded, Decoded::More) {
                // The client did not wait to be invited (RFC 9110 §10.1.1).
                self.withdraw_invitation();
                return Poll::Ready(Ok(decoded));
            }
            match self.poll_more(cx) {
                Poll::Pending => {
                    self.pace.body_awaited();
                    return Poll::Pending;
                }
                Poll::Ready(Ok(0)) => return Poll::Ready(Err(WireError::Incomplete)),
                Poll::Ready(Ok(bytes)) => self.pace.body_came(bytes),
                Poll::Ready(Err(error)) => return Poll::Ready(Err(WireError::Io(error))),
            }
        }
    }

    fn poll_more(&self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        if let Some(socket) = self.socket.borrow_mut().as_mut() {
            ready!(self.poll_interim(cx, socket))?;
        }
        self.poll_fill(cx)
    }

    fn poll_interim(&self, cx: &mut Context<'_>, socket: &mut Box<dyn Socket>) -> Poll<io::Result<()>> {
        while !self.interim.get().is_empty() {
            let rest = self.interim.get();
            let written = ready!(Pin::new(&mut *socket).poll_write(cx, rest))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.interim.set(&rest[written..]);
            if written == rest.len() {
                return Pin::new(socket).poll_flush(cx);
            }
        }
        Poll::Ready(Ok(()))
    }

    /// The body's reader is done with it.
    pub(super) fn settle(&self, place: BodyPlace) {
        self.pace.body_came(0);
        *self.body.borrow_mut() = place;
        if let Some(waker) = self.settled.take() {
            waker.wake();
        }
    }

    /// What has arrived and belongs to nobody yet.
    pub(crate) fn input(&self) -> Ref<'_, BytesMut> {
        self.input.borrow()
    }

    /// Bytes of the next head are there already.
    pub(super) fn has_input(&self) -> bool {
        !self.input.borrow().is_empty()
    }

    /// Waits for bytes behind those that are there; false at the end.
    pub(crate) async fn fill(&self) -> Result<bool, WireError> {
        let read = std::future::poll_fn(|cx| self.poll_fill(cx)).await.map_err(WireError::Io)?;
        if self.pace.phase() == Phase::Idle {
            self.pace.enter(Phase::Head);
        }
        Ok(read > 0)
    }
}

fn protocol(error: BodyError) -> WireError {
    WireError::Protocol(Box::new(error))
}
