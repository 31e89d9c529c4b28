//! Serves HTTP/1 on one connection: one task, no channel, no timer of its own.

mod answer;
mod ask;
mod connection;
mod upload;

use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::Poll;

use http::StatusCode;
use tokio::sync::oneshot;

use self::answer::{Answer, Fate};
use self::ask::{Ask, Asked, Terms};
use self::connection::BodyPlace;
pub(super) use self::connection::Connection;
pub(crate) use self::upload::UploadBody;
use super::pace::Phase;
use super::{ConnectionInfo, Ended, Handler, Shared, Unreadable};
use crate::http1::{BodyDecoder, Decoded};
use crate::{Reply, Upgraded, WireError};

/// The rest of a request's body that nobody wants is skipped when it is no longer than that, so that the connection can be used again.
const SKIP_AT_MOST: u64 = 64 * 1024;

/// One request after the other. At drain an idle connection gets one more, answered with `Connection: close`, or its idle timeout.
pub(super) async fn serve<H: Handler>(
    shared: &Shared<H>,
    connection: &Rc<Connection>,
    info: Rc<ConnectionInfo>,
) -> Result<Ended, WireError> {
    loop {
        let fate = match ask::next(connection, &shared.scan, shared.settings.head_limits(), &info).await? {
            Ask::Nothing => return Ok(Ended::Closed),
            Ask::Refused(unreadable) => return refuse(shared, connection, *unreadable).await,
            Ask::Request(asked) => answer(shared, connection, asked).await?,
        };
        match fate {
            Fate::Keep if connection.has_input() => connection.pace.enter(Phase::Head),
            Fate::Keep => connection.pace.enter(Phase::Idle),
            Fate::Close => return Ok(Ended::Closed),
            Fate::Switch => return Ok(Ended::Upgraded),
        }
    }
}

/// Nothing behind a head that was not understood can be found.
async fn refuse<H: Handler>(
    shared: &Shared<H>,
    connection: &Connection,
    unreadable: Unreadable,
) -> Result<Ended, WireError> {
    connection.pace.enter(Phase::Busy);
    let (error, terms) = (unreadable.error, Terms::of_refused(unreadable.method.as_ref()));
    let (mut answer, _) = Answer::new(shared.handler.refuse(unreadable), terms, Fate::Close);
    poll_fn(|cx| answer.poll(cx, connection)).await?;
    drop(answer);
    linger(connection).await;
    Err(WireError::Protocol(Box::new(error)))
}

async fn answer<H: Handler>(
    shared: &Shared<H>,
    connection: &Connection,
    asked: Box<Asked>,
) -> Result<Fate, WireError> {
    let (terms, handled, upgrade) = handle(shared, connection, *asked);
    let reply = handled.await?;
    let goes_on = !shared.drain.is_draining() && can_go_on(connection);
    let fate = match &upgrade {
        Some(_) if reply.head.status == StatusCode::SWITCHING_PROTOCOLS => Fate::Switch,
        _ if terms.persistent && goes_on => Fate::Keep,
        _ => Fate::Close,
    };
    let (mut answer, fate) = Answer::new(reply, terms, fate);
    poll_fn(|cx| answer.poll(cx, connection)).await?;
    drop(answer);
    match (fate, upgrade) {
        (Fate::Switch, Some(tell)) => switch(connection, tell),
        (fate, _) => finish(connection, fate).await,
    }
}

/// The handler's future is dropped when the client goes away. On the heap, so that a connection that rests does not take its room.
fn handle<H: Handler>(
    shared: &Shared<H>,
    connection: &Connection,
    asked: Asked,
) -> (Terms, impl Future<Output = Result<Reply, WireError>>, Option<oneshot::Sender<Upgraded>>) {
    let Asked { request, terms, upgrade } = asked;
    let mut handling = Box::pin(shared.handler.handle(request));
    let handled = poll_fn(move |cx| match handling.as_mut().poll(cx) {
        Poll::Ready(reply) => Poll::Ready(Ok(reply)),
        Poll::Pending => connection.poll_gone(cx).map(Err),
    });
    (terms, handled, upgrade)
}

/// Whether the end of the request can be found behind its reply. Not when the client waits for `100 Continue`: whether the body follows is
/// its decision then (RFC 9110 §10.1.1).
fn can_go_on(connection: &Connection) -> bool {
    let waits = connection.withdraw_invitation();
    connection.body_left(|place| match place {
        BodyPlace::Done => true,
        BodyPlace::Broken => false,
        BodyPlace::Out => !waits,
        BodyPlace::Left(rest) => !waits && rest.left().is_none_or(|left| left <= SKIP_AT_MOST),
    })
}

fn switch(connection: &Connection, tell: oneshot::Sender<Upgraded>) -> Result<Fate, WireError> {
    if let Some((socket, early)) = connection.take() {
        // Whoever asked for it may have gone; then the stream closes here.
        drop(tell.send(Upgraded::boxed(socket, early.freeze())));
    }
    Ok(Fate::Switch)
}

/// The reply is written; the request may not have been read to its end.
async fn finish(connection: &Connection, fate: Fate) -> Result<Fate, WireError> {
    let place = poll_fn(|cx| connection.poll_settled(cx)).await;
    match (fate, place) {
        (Fate::Keep, BodyPlace::Done) => return Ok(Fate::Keep),
        (Fate::Keep, BodyPlace::Left(rest)) => {
            if skip(connection, rest).await? {
                return Ok(Fate::Keep);
            }
            linger(connection).await;
        }
        (_, BodyPlace::Done) if !connection.has_input() => {
            poll_fn(|cx| connection.poll_shutdown(cx)).await.map_err(WireError::Io)?;
        }
        _ => linger(connection).await,
    }
    Ok(Fate::Close)
}

/// Reads what is left of a body; false when it is too long.
async fn skip(connection: &Connection, mut rest: BodyDecoder) -> Result<bool, WireError> {
    let mut skipped = 0;
    while skipped <= SKIP_AT_MOST {
        match poll_fn(|cx| connection.poll_body(cx, &mut rest)).await? {
            Decoded::Data(data) => skipped += data.len() as u64,
            Decoded::Trailers(_) | Decoded::End | Decoded::More => return Ok(true),
        }
    }
    Ok(false)
}

/// Closes our direction and reads what still comes: a socket that is closed with bytes unread is reset, and the client could lose the
/// answer (RFC 9112 §9.6). Ends with the client, or when it has lasted long enough.
async fn linger(connection: &Connection) {
    connection.pace.enter(Phase::Lingering);
    if poll_fn(|cx| connection.poll_shutdown(cx)).await.is_err() {
        return;
    }
    loop {
        connection.input.borrow_mut().clear();
        if !matches!(connection.fill().await, Ok(true)) {
            return;
        }
    }
}
