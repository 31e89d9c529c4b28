//! HTTP/1 to a backend, driven by the task that wants the reply: no task, channel or timer per upstream connection.
//!
//! The grammar is [`crate::http1`]'s. A connection is a socket and, while something is left in it, a read buffer ([`link`]); a request is
//! what is still to be written of it ([`sending`]); [`exchange`] drives both until the head of the reply is there, and [`reply`] until its
//! body is read.

mod exchange;
mod finish;
mod link;
mod reply;
mod request;
mod sending;

use std::future::Future;
use std::rc::Rc;
use std::time::Instant;

use super::alarm::Alarm;
use super::connect::connect;
use super::home::Home;
use super::{Attempt, Origin, SendError, SendFailure, Timeouts};
use crate::{OutgoingRequest, Reply};

use exchange::exchange;
pub(super) use link::Link;
pub(crate) use reply::ReplyBody;
use request::Outgoing;

/// A connection that was closed while it rested is noticed when it is taken, or at the latest when the first byte cannot be written; the
/// request, of which nothing has left, then goes to the next one.
///
/// The usual case, a resting connection, is inline; whatever else may have to be done is boxed.
pub(super) fn send<'a>(
    home: Rc<Home>,
    origin: &'a Origin,
    request: OutgoingRequest,
    timeouts: &'a Timeouts,
    mut alarm: Alarm,
    now: Instant,
) -> impl Future<Output = Result<Reply, SendError>> + use<'a> {
    let outgoing = Outgoing::new(request, origin);
    async move {
        let mut outgoing = outgoing?;
        if let Some(link) = home.take(now) {
            match exchange(link, &mut outgoing, &mut alarm).await {
                Err(error) if may_go_elsewhere(&error) => {}
                ended => return ended,
            }
        }
        Box::pin(persist(&home, origin, outgoing, timeouts, &mut alarm, now)).await
    }
}

/// Tries the connections that rest, then a new one.
async fn persist(
    home: &Home,
    origin: &Origin,
    mut outgoing: Outgoing,
    timeouts: &Timeouts,
    alarm: &mut Alarm,
    now: Instant,
) -> Result<Reply, SendError> {
    while let Some(link) = home.take(now) {
        match exchange(link, &mut outgoing, alarm).await {
            Err(error) if may_go_elsewhere(&error) => {}
            ended => return ended,
        }
    }
    let link = Link::new(connect(origin, timeouts).await?, home);
    exchange(link, &mut outgoing, alarm).await
}

/// Whether the connection was at fault, and nothing of the request has left.
fn may_go_elsewhere(error: &SendError) -> bool {
    error.attempt == Attempt::NotSent && matches!(error.failure, SendFailure::Closed(_))
}
