//! What is still to be written of a request.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use tokio::io::AsyncWrite;

use crate::client::io::Transport;
use crate::http1::{Outbox, encode};
use crate::{Body, Frame, Headers, WireError};

/// The head, and the body as it comes.
#[derive(Default)]
pub(super) struct Sending {
    outbox: Outbox,
    source: Source,
    /// A piece of the body is in the outbox, behind which nothing can be put.
    ahead: bool,
    /// Bytes that have left.
    written: u64,
    state: State,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    UnderWay,
    /// Written and flushed, or given up.
    Done,
}

#[derive(Default)]
enum Source {
    /// Everything is in the outbox, or gone.
    #[default]
    Done,
    Sized {
        body: Body,
        left: u64,
    },
    Chunked(Body),
}

/// Why it could not be written to its end.
pub(super) enum Unfinished {
    /// The backend takes no more; it may still have said why.
    Socket(io::Error),
    /// The body broke off.
    Body(WireError),
}

/// Behind a chunk, and behind the last one.
const CHUNK_END: &[u8] = b"\r\n";
pub(super) const BODY_END: &[u8] = b"\r\n0\r\n\r\n";

impl Sending {
    /// `outbox` holds the head, which says how the body is framed: by its length when that is known, or else in chunks.
    pub(super) fn new(outbox: Outbox, body: Body) -> Self {
        let source = match body.declared_length() {
            Some(0) => Source::Done,
            Some(left) => Source::Sized { body, left },
            None => Source::Chunked(body),
        };
        Self { outbox, source, ahead: false, written: 0, state: State::UnderWay }
    }

    /// How many bytes have left.
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    pub(super) fn is_done(&self) -> bool {
        self.state == State::Done
    }

    /// Nothing more of it is to be written.
    pub(super) fn give_up(&mut self) {
        *self = Self { written: self.written, state: State::Done, ..Self::default() };
    }

    /// Writes. Ready when all of it is written. The head waits for nothing, but takes a first piece of the body along that is there.
    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        transport: &mut Transport,
    ) -> Poll<Result<(), Unfinished>> {
        while self.state == State::UnderWay {
            let filled = if self.may_fill() { self.fill(cx)? } else { Poll::Ready(()) };
            if self.outbox.is_empty() {
                // TLS may hold back what it took.
                ready!(Pin::new(&mut *transport).poll_flush(cx)).map_err(Unfinished::Socket)?;
                ready!(filled);
                self.state = State::Done;
            } else {
                ready!(self.write(cx, transport)).map_err(Unfinished::Socket)?;
            }
        }
        Poll::Ready(Ok(()))
    }

    fn may_fill(&self) -> bool {
        !self.ahead && !matches!(self.source, Source::Done)
    }

    fn write(&mut self, cx: &mut Context<'_>, transport: &mut Transport) -> Poll<io::Result<()>> {
        let before = self.outbox.remaining();
        let polled = self.outbox.poll_write(cx, transport);
        self.written += (before - self.outbox.remaining()) as u64;
        self.ahead &= !self.outbox.is_empty();
        polled
    }

    /// Puts the next piece of the body behind what is in the outbox.
    fn fill(&mut self, cx: &mut Context<'_>) -> Result<Poll<()>, Unfinished> {
        let (Source::Sized { body, .. } | Source::Chunked(body)) = &mut self.source else {
            return Ok(Poll::Ready(()));
        };
        let frame = loop {
            match body.poll_next(cx) {
                Poll::Pending => return Ok(Poll::Pending),
                Poll::Ready(Some(Ok(Frame::Data(data)))) if data.is_empty() => {}
                Poll::Ready(frame) => break frame.transpose().map_err(Unfinished::Body)?,
            }
        };
        self.ahead = true;
        match frame {
            Some(Frame::Data(data)) => self.data(data)?,
            Some(Frame::Trailers(trailers)) => self.end(&trailers)?,
            None => self.end(&Headers::new())?,
        }
        Ok(Poll::Ready(()))
    }

    fn data(&mut self, data: Bytes) -> Result<(), Unfinished> {
        match &mut self.source {
            Source::Done => return Ok(()),
            Source::Sized { left, .. } => {
                let rest = left.checked_sub(data.len() as u64);
                *left = rest.ok_or_else(|| broken("the body is longer than was announced"))?;
                if *left == 0 {
                    self.source = Source::Done;
                }
            }
            Source::Chunked(body) => {
                encode::chunk_size(self.outbox.text(), data.len());
                if body.is_empty() {
                    self.outbox.set_end(BODY_END);
                    self.source = Source::Done;
                } else {
                    self.outbox.set_end(CHUNK_END);
                }
            }
        }
        self.outbox.set_data(data);
        Ok(())
    }

    /// The body is over. Trailers have a place only behind chunks.
    fn end(&mut self, trailers: &Headers) -> Result<(), Unfinished> {
        match std::mem::take(&mut self.source) {
            Source::Done => {}
            Source::Sized { .. } => return Err(broken("the body is shorter than was announced")),
            Source::Chunked(_) => {
                let text = self.outbox.text();
                text.extend_from_slice(b"0\r\n");
                trailers.iter().for_each(|(name, value)| encode::field(text, name, value));
                text.extend_from_slice(b"\r\n");
            }
        }
        Ok(())
    }
}

fn broken(what: &'static str) -> Unfinished {
    Unfinished::Body(WireError::Protocol(what.into()))
}
