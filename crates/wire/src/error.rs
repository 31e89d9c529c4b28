//! What can go wrong while a message is on the wire, without saying in whose words.

use std::error::Error;
use std::io;

/// An underlying cause whose type is nobody's business.
pub type Cause = Box<dyn Error + Send + Sync>;

/// A message could not be read or written to its end.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// The peer went away before the message was complete.
    #[error("the peer closed the connection before the message was complete")]
    Incomplete,
    /// The socket failed.
    #[error("reading or writing the connection failed")]
    Io(#[source] io::Error),
    /// The peer sent something that HTTP does not allow.
    #[error("the peer broke the protocol")]
    Protocol(#[source] Cause),
    /// A body made by this process (see [`crate::Body::stream`]) could not be produced.
    #[error("the body could not be produced")]
    Source(#[source] Cause),
    /// The body is longer than it may be.
    #[error("the body is longer than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// The body stopped arriving.
    #[error("nothing of the body came for {seconds} s")]
    Stalled {
        /// How long it was waited for, in seconds.
        seconds: u64,
    },
    /// The bytes kept for a replay were given up, or another reader took the body over.
    #[error("the body was taken over by another attempt")]
    Superseded,
    /// The reply did not switch protocols, or the connection ended before it could.
    #[error("the connection was not upgraded")]
    NotUpgraded,
}

impl WireError {
    /// Sorts hyper's error into ours. Not a `From`: that would put hyper into the public interface.
    pub(crate) fn from_hyper(error: hyper::Error) -> Self {
        if is_disconnect(&error) {
            return Self::Incomplete;
        }
        match io_kind(&error) {
            Some(io::ErrorKind::UnexpectedEof) => Self::Incomplete,
            Some(kind) => Self::Io(io::Error::new(kind, error)),
            None => Self::Protocol(Box::new(error)),
        }
    }
}

/// Whether the peer is simply gone.
pub(crate) fn is_disconnect(error: &hyper::Error) -> bool {
    error.is_incomplete_message() || error.is_closed() || error.is_canceled() || error.is_body_write_aborted()
}

/// The kind of the I/O error below `error`, when there is one.
pub(crate) fn io_kind(error: &hyper::Error) -> Option<io::ErrorKind> {
    if let Some(io) = find::<io::Error>(error) {
        return Some(io.kind());
    }
    // h2 hands its I/O errors out through an accessor, not as a source.
    find::<h2::Error>(error)?.get_io().map(io::Error::kind)
}

/// The first error of type `E` among the sources of `error`.
pub(crate) fn find<'e, E: Error + 'static>(error: &'e (dyn Error + 'static)) -> Option<&'e E> {
    let mut source = error.source();
    while let Some(current) = source {
        if let Some(found) = current.downcast_ref() {
            return Some(found);
        }
        source = current.source();
    }
    None
}
