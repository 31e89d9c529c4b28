//! Serves HTTP/1 on one stream.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;

use bytes::Bytes;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;

use super::activity::Watch;
use super::exchange::Connection;
use super::io::Watched;
use super::{Activity, ConnectionInfo, Ended, Handler, Shared, Spoken};
use crate::upgrade::Duplex;
use crate::{Upgraded, WireError};

/// At drain an idle connection gets one more request, answered with `Connection: close`, or its idle timeout.
pub(super) async fn serve<H: Handler>(
    shared: Rc<Shared<H>>,
    stream: impl Duplex,
    early: Bytes,
    info: ConnectionInfo,
) -> Result<Ended, WireError> {
    let activity = Activity::new(Spoken::Http1);
    let mut watch = Watch::new(&activity, &shared.settings);
    let connection = Connection::new(Rc::clone(&shared), info, Rc::clone(&activity));
    let service = service_fn(move |request| Rc::clone(&connection).answer(request));
    let io = TokioIo::new(Watched::new(stream, early, Rc::clone(&activity)));
    let mut served = shared.http1.serve_connection(io, service);

    let ended = poll_fn(|cx| match Pin::new(&mut served).poll(cx) {
        Poll::Ready(done) => Poll::Ready(done.map(|()| Ended::Closed).map_err(WireError::from_hyper)),
        Poll::Pending => watch.poll(cx, &shared.settings).map(Ok),
    })
    .await?;

    let Some(tell) = activity.take_upgrade().filter(|_| ended == Ended::Closed) else { return Ok(ended) };
    let parts = served.into_parts();
    let upgraded = Upgraded::new(parts.io.into_inner().into_stream(), parts.read_buf);
    // Whoever asked for it may have gone; then the stream closes here.
    drop(tell.send(upgraded));
    Ok(Ended::Upgraded)
}
