//! HTTP/1 to a backend, driven by the task that wants the reply: no task, channel wake-up or timer per upstream connection.

mod link;
mod reply;

use std::future::Future;
use std::rc::Rc;
use std::time::Instant;

use http::header::{HOST, HeaderValue};
use http::{Request, Version};

use super::alarm::Alarm;
use super::connect::connect;
use super::home::Home;
use super::{Attempt, Origin, SendError, SendFailure, Timeouts};
use crate::{Body, Head, Headers, OutgoingRequest, Reply, Target, length};

pub(super) use link::Link;
pub(crate) use reply::ReplyBody;

/// A connection that was closed while it rested is noticed when it is taken, or at the latest before the head is written; the
/// request then goes to the next one.
///
/// The usual case, a resting connection, gets the request before the future is made: a future that held it would be three times as
/// large. Whatever else may have to be done is boxed.
pub(super) fn send<'a>(
    home: Rc<Home>,
    origin: &'a Origin,
    request: OutgoingRequest,
    timeouts: &'a Timeouts,
    mut alarm: Alarm,
    now: Instant,
) -> impl Future<Output = Result<Reply, SendError>> + use<'a> {
    let request = outgoing(request, origin);
    let asked = match home.take(now) {
        Some(link) => Ok(link.ask(request)),
        None => Err(Box::new(request)),
    };
    async move {
        let request = match asked {
            Err(request) => request,
            Ok((link, answer)) => match link.answered(answer, &mut alarm).await {
                Err(SendError { attempt: Attempt::NotSent, request: Some(again), .. }) => {
                    Box::new(outgoing(*again, origin))
                }
                ended => return ended,
            },
        };
        Box::pin(persist(&home, origin, *request, timeouts, &mut alarm, now)).await
    }
}

/// Tries the connections that rest, then a new one.
async fn persist(
    home: &Home,
    origin: &Origin,
    mut request: Request<Body>,
    timeouts: &Timeouts,
    alarm: &mut Alarm,
    now: Instant,
) -> Result<Reply, SendError> {
    while let Some(link) = home.take(now) {
        let (link, answer) = link.ask(request);
        match link.answered(answer, alarm).await {
            Err(SendError { attempt: Attempt::NotSent, request: Some(again), .. }) => {
                request = outgoing(*again, origin);
            }
            ended => return ended,
        }
    }
    let (link, answer) = open(home, origin, timeouts).await?.ask(request);
    link.answered(answer, alarm).await
}

async fn open(home: &Home, origin: &Origin, timeouts: &Timeouts) -> Result<Box<Link>, SendError> {
    let transport = connect(origin, timeouts).await?;
    let link = Link::new(transport, home).await;
    link.map_err(|error| SendError::not_sent(SendFailure::from_hyper(error)))
}

fn outgoing(request: OutgoingRequest, origin: &Origin) -> Request<Body> {
    let OutgoingRequest { head, body } = request;
    let mut headers = head.headers.into_map();
    if !headers.contains_key(HOST)
        && let Some(host) = host(&head.target, origin)
    {
        headers.insert(HOST, host);
    }
    length::align(&mut headers, &body);
    let mut outgoing = Request::new(body);
    *outgoing.method_mut() = head.method;
    *outgoing.uri_mut() = head.target.into_origin_form();
    *outgoing.version_mut() = Version::HTTP_11;
    *outgoing.headers_mut() = headers;
    outgoing
}

fn host(target: &Target, origin: &Origin) -> Option<HeaderValue> {
    if let Some(authority) = target.authority() {
        return HeaderValue::from_str(authority).ok();
    }
    HeaderValue::from_str(origin.authority()?.as_str()).ok()
}

/// Back to our shape, for a request that was not sent.
pub(super) fn recovered(request: Request<Body>) -> OutgoingRequest {
    let (parts, body) = request.into_parts();
    let head = Head {
        method: parts.method,
        target: Target::from_uri(parts.uri),
        version: parts.version,
        headers: Headers::from_map(parts.headers),
    };
    OutgoingRequest { head, body }
}
