//! HTTP/2 to a backend: connections are shared by all requests to an origin and driven by tasks of their own.

mod reply;
mod shared;

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use http::header::HOST;
use http::uri::Authority;
use http::{Request, Version};
use hyper::body::Incoming;
use hyper::client::conn::TrySendError;

use super::alarm::Alarm;
use super::home::Home;
use super::upload::{Meter, Upload};
use super::{Attempt, Origin, SendError, SendFailure, TimeoutPhase, Timeouts};
use crate::{Body, Headers, OutgoingRequest, Reply, ReplyHead};

pub(crate) use reply::StreamBody;
pub(super) use shared::{Shared, Stream};

/// A connection that ends between being chosen and being used hands the request back; twice is bad luck, more is a broken backend.
const CHOICES: usize = 3;

pub(super) async fn send(
    home: Rc<Home>,
    origin: &Origin,
    request: OutgoingRequest,
    timeouts: &Timeouts,
    mut alarm: Alarm,
) -> Result<Reply, SendError> {
    let (home, alarm) = (&*home, &mut alarm);
    let mut request = outgoing(request, origin)?;
    for _ in 1..CHOICES {
        let stream = home.shared.stream(home, origin, timeouts).await?;
        match exchange(stream, request, alarm).await {
            Err(Refused::Unsent(again)) => request = *again,
            Err(Refused::Failed(error)) => return Err(error),
            Ok(reply) => return Ok(reply),
        }
    }
    let stream = home.shared.stream(home, origin, timeouts).await?;
    exchange(stream, request, alarm).await.map_err(|refused| match refused {
        Refused::Unsent(_) => SendError::closed(Attempt::NotSent),
        Refused::Failed(error) => error,
    })
}

/// RFC 9113 §8.3.1: the authority travels in `:authority`, not in `Host`.
fn outgoing(request: OutgoingRequest, origin: &Origin) -> Result<Request<Body>, SendError> {
    let OutgoingRequest { head, body } = request;
    let mut headers = head.headers.into_map();
    let host = headers.remove(HOST).and_then(|host| Authority::try_from(host.as_bytes()).ok());
    let named = || head.target.authority().and_then(|authority| authority.parse().ok());
    let authority = host.or_else(named).or_else(|| origin.authority());
    let broken = |error: http::Error| SendError::not_sent(SendFailure::Protocol(Box::new(error)));
    let authority =
        authority.ok_or_else(|| SendError::not_sent(SendFailure::Protocol("no authority".into())))?;
    let uri = head.target.into_absolute_form(origin.scheme(), authority).map_err(broken)?;
    crate::length::align(&mut headers, &body);
    let mut outgoing = Request::new(body);
    *outgoing.method_mut() = head.method;
    *outgoing.uri_mut() = uri;
    *outgoing.version_mut() = Version::HTTP_2;
    *outgoing.headers_mut() = headers;
    Ok(outgoing)
}

enum Refused {
    Unsent(Box<Request<Body>>),
    Failed(SendError),
}

async fn exchange(mut stream: Stream, request: Request<Body>, alarm: &mut Alarm) -> Result<Reply, Refused> {
    let meter = Rc::new(Meter::default());
    let request = request.map(|body| Upload::new(body, &meter));
    let answered = {
        let mut answer = pin!(stream.sender().try_send_request(request));
        poll_fn(|cx| match answer.as_mut().poll(cx) {
            Poll::Ready(answered) => Poll::Ready(Some(answered)),
            Poll::Pending => alarm.poll(cx).map(|()| None),
        })
        .await
    };
    match answered {
        Some(Ok(response)) => Ok(reply(response, stream)),
        Some(Err(error)) => Err(refused(error, &meter)),
        None => Err(Refused::Failed(late(&meter))),
    }
}

fn reply(response: http::Response<Incoming>, stream: Stream) -> Reply {
    let (parts, incoming) = response.into_parts();
    let head = ReplyHead { status: parts.status, headers: Headers::from_map(parts.headers) };
    Reply { head, body: Body::from_stream(StreamBody::new(incoming, stream)), upgraded: None }
}

fn refused(mut error: TrySendError<Request<Upload>>, meter: &Meter) -> Refused {
    if let Some(request) = error.take_message() {
        return Refused::Unsent(Box::new(request.map(Upload::into_body)));
    }
    let error = error.into_error();
    if let Some(upload) = meter.take_failure() {
        return Refused::Failed(SendError::new(SendFailure::BodyFromClient(upload), Attempt::Sent));
    }
    let attempt = if never_processed(&error) { Attempt::NotSent } else { Attempt::Sent };
    Refused::Failed(SendError::new(SendFailure::from_hyper(error), attempt))
}

/// RFC 9113 §8.7: a stream that was refused, or lies above the last one of a GOAWAY without an error, was not processed.
fn never_processed(error: &hyper::Error) -> bool {
    let Some(h2) = crate::error::find::<h2::Error>(error) else { return false };
    let reason = h2.reason();
    h2.is_remote()
        && (reason == Some(h2::Reason::REFUSED_STREAM)
            || (h2.is_go_away() && reason == Some(h2::Reason::NO_ERROR)))
}

fn late(meter: &Meter) -> SendError {
    let phase = if meter.is_uploading() { TimeoutPhase::Send } else { TimeoutPhase::Head };
    SendError::new(SendFailure::Timeout { phase }, Attempt::Sent)
}
