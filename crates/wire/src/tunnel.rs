//! Copies bytes both ways between two upgraded connections until both ends are done or nothing moves any more.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, sleep_until};

use crate::Upgraded;

/// Bytes in flight per direction.
const BUFFER: usize = 16 * 1024;

/// What went through a tunnel.
#[derive(Debug)]
pub struct TunnelStats {
    /// Bytes from client to backend.
    pub to_backend: u64,
    /// Bytes from backend to client.
    pub to_client: u64,
    /// Why it ended.
    pub end: TunnelEnd,
}

/// Why a tunnel ended.
#[derive(Debug)]
pub enum TunnelEnd {
    /// Both sides were done.
    Closed,
    /// Nothing moved for as long as was allowed.
    Idle,
    /// One side failed.
    Failed(io::Error),
}

/// Copies until both sides have closed their direction, one fails, or no byte moved for `idle`. An end of one direction is passed on
/// and the other goes on. Both connections are closed when it returns.
pub async fn tunnel(mut client: Upgraded, mut backend: Upgraded, idle: Duration) -> TunnelStats {
    let mut up = Direction::new();
    let mut down = Direction::new();
    let mut moved = Instant::now();
    let mut cut = pin!(sleep_until(moved + idle));
    let end = poll_fn(|cx| {
        let before = up.bytes + down.bytes;
        let states = (up.poll(cx, &mut client, &mut backend), down.poll(cx, &mut backend, &mut client));
        if let (Poll::Ready(Err(error)), _) | (_, Poll::Ready(Err(error))) = states {
            return Poll::Ready(TunnelEnd::Failed(error));
        }
        if states.0.is_ready() && states.1.is_ready() {
            return Poll::Ready(TunnelEnd::Closed);
        }
        if up.bytes + down.bytes != before {
            moved = Instant::now();
        }
        // The timer is only moved when it rings: most bytes cost no timer operation.
        while cut.as_mut().poll(cx).is_ready() {
            if moved + idle <= Instant::now() {
                return Poll::Ready(TunnelEnd::Idle);
            }
            cut.as_mut().reset(moved + idle);
        }
        Poll::Pending
    })
    .await;
    TunnelStats { to_backend: up.bytes, to_client: down.bytes, end }
}

/// One direction: read, write, flush when there is nothing to read, shut down at the end.
struct Direction {
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    bytes: u64,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Copying { unflushed: Unflushed },
    Closing,
    Done,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unflushed {
    Nothing,
    Something,
}

impl Direction {
    fn new() -> Self {
        let state = State::Copying { unflushed: Unflushed::Nothing };
        Self { buffer: vec![0; BUFFER].into_boxed_slice(), start: 0, end: 0, bytes: 0, state }
    }

    fn poll(&mut self, cx: &mut Context<'_>, from: &mut Upgraded, to: &mut Upgraded) -> Poll<io::Result<()>> {
        loop {
            match self.state {
                State::Done => return Poll::Ready(Ok(())),
                State::Closing => {
                    ready!(Pin::new(&mut *to).poll_shutdown(cx))?;
                    self.state = State::Done;
                }
                State::Copying { .. } if self.start < self.end => ready!(self.write(cx, to))?,
                State::Copying { unflushed } => match self.read(cx, from)? {
                    Poll::Ready(()) => {}
                    Poll::Pending if unflushed == Unflushed::Something => {
                        ready!(Pin::new(&mut *to).poll_flush(cx))?;
                        self.state = State::Copying { unflushed: Unflushed::Nothing };
                        return Poll::Pending;
                    }
                    Poll::Pending => return Poll::Pending,
                },
            }
        }
    }

    fn read(&mut self, cx: &mut Context<'_>, from: &mut Upgraded) -> io::Result<Poll<()>> {
        let mut buf = ReadBuf::new(&mut self.buffer);
        match Pin::new(from).poll_read(cx, &mut buf) {
            Poll::Pending => return Ok(Poll::Pending),
            Poll::Ready(read) => read?,
        }
        (self.start, self.end) = (0, buf.filled().len());
        if self.end == 0 {
            self.state = State::Closing;
        }
        Ok(Poll::Ready(()))
    }

    fn write(&mut self, cx: &mut Context<'_>, to: &mut Upgraded) -> Poll<io::Result<()>> {
        let written = ready!(Pin::new(to).poll_write(cx, &self.buffer[self.start..self.end]))?;
        if written == 0 {
            return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
        }
        self.start += written;
        self.bytes += written as u64;
        self.state = State::Copying { unflushed: Unflushed::Something };
        Poll::Ready(Ok(()))
    }
}
