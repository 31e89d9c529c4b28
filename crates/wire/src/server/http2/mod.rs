//! Serves HTTP/2 on one stream.

mod activity;
mod exchange;
mod io;

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use bytes::Bytes;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;

use self::activity::{Activity, Watch};
use self::exchange::Connection;
use self::io::Watched;
use super::{ConnectionInfo, Ended, Handler, Shared};
use crate::WireError;
use crate::server::socket::Socket;

/// At drain, and after idling, GOAWAY is sent (twice, RFC 9113 §6.8) and open streams are finished.
pub(super) async fn serve<H: Handler>(
    shared: Rc<Shared<H>>,
    stream: impl Socket,
    early: Bytes,
    info: Rc<ConnectionInfo>,
) -> Result<Ended, WireError> {
    let activity = Activity::new();
    let mut watch = Watch::new(&activity, &shared.settings);
    let mut drain = shared.drain.watch();
    let connection = Connection::new(Rc::clone(&shared), info, Rc::clone(&activity));
    let service = service_fn(move |request| Rc::clone(&connection).answer(request));
    let io = TokioIo::new(Watched::new(stream, early, Rc::clone(&activity)));
    let mut served = pin!(shared.http2.serve_connection(io, service));
    let mut leaving = None;

    poll_fn(|cx| {
        if leaving.is_none() && drain.poll(cx).is_ready() {
            leaving = Some(Ended::Closed);
            served.as_mut().graceful_shutdown();
        }
        loop {
            if let Poll::Ready(done) = served.as_mut().poll(cx) {
                let ended = leaving.unwrap_or(Ended::Closed);
                return Poll::Ready(done.map(|()| ended).map_err(WireError::from_hyper));
            }
            match watch.poll(cx, &shared.settings) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Ended::Idle) if leaving.is_none() => {
                    leaving = Some(Ended::Idle);
                    served.as_mut().graceful_shutdown();
                }
                // It takes nothing, or was told to leave and still does not move.
                Poll::Ready(ended) => {
                    activity.break_off();
                    // The stream is hyper's, and learns of it when it is written to.
                    let _ = served.as_mut().poll(cx);
                    return Poll::Ready(Ok(ended));
                }
            }
        }
    })
    .await
}
