//! What is to be written: text, then data that is not copied unless it is short, then the end of a chunk; together in one system call where
//! the socket takes them.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes, BytesMut};
use tokio::io::AsyncWrite;

use super::buffers;

/// What is behind the text is copied into it up to so many bytes: the kernel takes one piece for less than three, and TLS makes one record of it.
const JOINED_AT_MOST: usize = 4 * 1024;

/// One piece of a message on its way out. Text, data and end are set only while [`Outbox::takes_data`].
#[derive(Debug, Default)]
pub struct Outbox {
    text: BytesMut,
    data: Bytes,
    end: &'static [u8],
}

impl Outbox {
    /// Text to append heads and framing to; comes first.
    pub fn text(&mut self) -> &mut BytesMut {
        if self.text.capacity() == 0 {
            self.text = buffers::take();
        }
        &mut self.text
    }

    /// Data behind the text.
    pub fn set_data(&mut self, data: Bytes) {
        self.data = data;
    }

    /// What stands behind the data.
    pub fn set_end(&mut self, end: &'static [u8]) {
        self.end = end;
    }

    /// Whether nothing stands behind the text.
    #[must_use]
    pub fn takes_data(&self) -> bool {
        self.data.is_empty() && self.end.is_empty()
    }

    /// Whether everything was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.data.is_empty() && self.end.is_empty()
    }

    /// The bytes that are still to be written.
    #[must_use]
    pub fn remaining(&self) -> usize {
        self.text.len() + self.data.len() + self.end.len()
    }

    /// Writes until all is written; gives its buffer back then. Says after every call in `remaining` how far it got.
    ///
    /// # Errors
    /// As the socket says.
    pub fn poll_write<W>(&mut self, cx: &mut Context<'_>, socket: &mut W) -> Poll<io::Result<()>>
    where
        W: AsyncWrite + Unpin + ?Sized,
    {
        self.join();
        while !self.is_empty() {
            let written = ready!(self.poll_write_some(cx, Pin::new(&mut *socket)))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.advance(written);
        }
        self.rest();
        Poll::Ready(Ok(()))
    }

    fn poll_write_some<W>(&self, cx: &mut Context<'_>, socket: Pin<&mut W>) -> Poll<io::Result<usize>>
    where
        W: AsyncWrite + ?Sized,
    {
        if self.data.is_empty() && self.end.is_empty() {
            return socket.poll_write(cx, &self.text);
        }
        let pieces = [IoSlice::new(&self.text), IoSlice::new(&self.data), IoSlice::new(self.end)];
        let first = pieces.iter().position(|piece| !piece.is_empty()).unwrap_or_default();
        socket.poll_write_vectored(cx, &pieces[first..])
    }

    /// Never makes the text's buffer larger, or a slow reader would have it grow.
    fn join(&mut self) {
        let behind = self.data.len() + self.end.len();
        let room = self.text.capacity() - self.text.len();
        if !self.text.is_empty() && behind <= JOINED_AT_MOST.min(room) {
            self.text.extend_from_slice(&self.data);
            self.text.extend_from_slice(self.end);
            (self.data, self.end) = (Bytes::new(), &[]);
        }
    }

    fn advance(&mut self, written: usize) {
        let text = written.min(self.text.len());
        self.text.advance(text);
        let data = (written - text).min(self.data.len());
        self.data.advance(data);
        self.end = &self.end[written - text - data..];
    }

    fn rest(&mut self) {
        self.data = Bytes::new();
        if self.text.capacity() > 0 {
            buffers::give_back(std::mem::take(&mut self.text));
        }
    }
}
