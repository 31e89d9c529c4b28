//! What is left of a request whose reply is complete already.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use tokio::time::timeout;

use super::Link;
use super::sending::Sending;
use crate::http1::Reuse;

/// How long the backend may take nothing.
const STALLED_AT_MOST: Duration = Duration::from_secs(30);

/// Goes on writing in a task of its own, for backends that answer first and read afterwards. The connection is not used again: only one that
/// closes after its reply wants no more (RFC 9112 §9.5). Ends when the client's upload does.
pub(super) fn finish(mut link: Box<Link>, mut sending: Box<Sending>) {
    if link.reuse == Reuse::Refused {
        return;
    }
    tokio::task::spawn_local(async move {
        loop {
            let before = sending.written();
            let moved = poll_fn(|cx| match sending.poll(cx, &mut link.transport) {
                Poll::Ready(_) => Poll::Ready(Ended::All),
                Poll::Pending if sending.written() > before => Poll::Ready(Ended::Some),
                Poll::Pending => Poll::Pending,
            });
            match timeout(STALLED_AT_MOST, moved).await {
                Ok(Ended::Some) => {}
                Ok(Ended::All) | Err(_) => return,
            }
        }
    });
}

/// How a turn of writing ended.
enum Ended {
    /// Some of it left.
    Some,
    /// All of it did, or no more can.
    All,
}
