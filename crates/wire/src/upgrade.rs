//! A connection after it left HTTP.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Buf, Bytes};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::oneshot;

use crate::WireError;

/// A byte stream in both directions.
pub trait Duplex: AsyncRead + AsyncWrite + Unpin + 'static {}

impl<T: AsyncRead + AsyncWrite + Unpin + 'static> Duplex for T {}

/// A client's wish to switch protocols. Answer with `101` and await the connection in a task of its own; answering with anything else
/// refuses.
#[derive(Debug)]
pub struct Upgrade {
    ready: oneshot::Receiver<Upgraded>,
}

impl Upgrade {
    pub(crate) fn new() -> (oneshot::Sender<Upgraded>, Self) {
        let (tell, ready) = oneshot::channel();
        (tell, Self { ready })
    }

    /// The connection, once the `101` is written.
    ///
    /// # Errors
    /// [`WireError::NotUpgraded`] when another status was answered or the client went away.
    pub async fn connection(self) -> Result<Upgraded, WireError> {
        self.ready.await.map_err(|_| WireError::NotUpgraded)
    }
}

/// A connection that no longer speaks HTTP. Reads first what had arrived together with the head.
pub struct Upgraded {
    early: Bytes,
    io: Box<dyn Duplex>,
}

impl Upgraded {
    /// From a stream and bytes that were already read from it.
    pub fn new(io: impl Duplex, early: Bytes) -> Self {
        Self { early, io: Box::new(io) }
    }

    pub(crate) fn boxed(io: Box<dyn Duplex>, early: Bytes) -> Self {
        Self { early, io }
    }
}

impl fmt::Debug for Upgraded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upgraded").field("early_bytes", &self.early.len()).finish_non_exhaustive()
    }
}

impl AsyncRead for Upgraded {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.early.is_empty() {
            return Pin::new(&mut self.io).poll_read(cx, buf);
        }
        read_early(&mut self.early, buf);
        Poll::Ready(Ok(()))
    }
}

/// Moves as much as fits.
pub(crate) fn read_early(early: &mut Bytes, buf: &mut ReadBuf<'_>) {
    let length = early.len().min(buf.remaining());
    buf.put_slice(&early[..length]);
    early.advance(length);
}

impl AsyncWrite for Upgraded {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}
