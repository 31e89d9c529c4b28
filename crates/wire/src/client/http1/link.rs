//! One HTTP/1 connection to a backend.

use std::future::Future;
use std::io;
use std::pin::pin;
use std::rc::Weak;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::BytesMut;
use tokio::io::AsyncReadExt;

use crate::client::home::Home;
use crate::client::io::Transport;
use crate::http1::{HeadLimits, Reuse, buffers};

/// Fields of a reply's head.
const FIELDS_AT_MOST: usize = 100;
/// What is read at once of a body that is known to be long.
const LARGE_READ: usize = 64 * 1024;

/// A connection. Nothing happens on it unless its holder polls it.
pub(in crate::client) struct Link {
    pub(super) transport: Transport,
    /// What was read and not looked at yet. Empty, and without memory, while nothing is.
    pub(super) buffer: BytesMut,
    pub(super) limits: HeadLimits,
    pub(super) reuse: Reuse,
    home: Weak<Home>,
    rested: Instant,
}

impl Link {
    pub(super) fn new(transport: Transport, home: &Home) -> Box<Self> {
        Box::new(Self {
            transport,
            buffer: BytesMut::new(),
            limits: HeadLimits { fields: FIELDS_AT_MOST, bytes: home.settings().max_head_bytes as usize },
            reuse: Reuse::Possible,
            home: home.address(),
            rested: Instant::now(),
        })
    }

    pub(in crate::client) fn idle_for(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.rested)
    }

    /// Whether the backend has left it open and said nothing unasked, as far as the worker's last look at its sockets tells. Costs no
    /// system call when nothing arrived.
    pub(in crate::client) fn is_usable(&mut self) -> bool {
        self.transport.is_quiet()
    }

    /// Reads what there is, behind what the buffer holds. 0 is the connection's end.
    pub(super) fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        if self.buffer.capacity() == 0 {
            self.buffer = buffers::take();
        } else {
            buffers::make_room(&mut self.buffer);
        }
        let polled = pin!(self.transport.read_buf(&mut self.buffer)).poll(cx);
        if polled.is_pending() {
            self.release();
        }
        polled
    }

    /// [`Link::poll_read`] for a body of which `left` bytes are still to come.
    pub(super) fn poll_read_long(
        &mut self,
        cx: &mut Context<'_>,
        left: Option<u64>,
    ) -> Poll<io::Result<usize>> {
        let room = left.and_then(|left| usize::try_from(left).ok()).unwrap_or_default().min(LARGE_READ);
        if room > buffers::SIZE && self.buffer.is_empty() && self.buffer.capacity() < buffers::SIZE {
            self.release();
            self.buffer.reserve(room);
        }
        self.poll_read(cx)
    }

    /// Request and reply are complete: back to where it rests, if nothing stands against another request. Bytes that nobody asked for do.
    pub(super) fn settle(mut self: Box<Self>) {
        if self.reuse == Reuse::Refused || !self.buffer.is_empty() {
            return;
        }
        self.release();
        if let Some(home) = self.home.upgrade() {
            self.rested = Instant::now();
            home.put(self);
        }
    }

    /// Gives the buffer back when nothing is in it.
    pub(super) fn release(&mut self) {
        if self.buffer.is_empty() {
            buffers::give_back(std::mem::take(&mut self.buffer));
        }
    }
}
