//! One request and its reply, between hyper's shapes and ours.

use std::convert::Infallible;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderValue, Method, StatusCode, Version, header};
use http_body::SizeHint;
use hyper::body::Incoming;
use hyper::upgrade::OnUpgrade;

use super::activity::InFlight;
use super::{Activity, ConnectionInfo, Handler, Shared};
use crate::body::{ClientBody, poll_frame, size_hint};
use crate::{Body, Head, Headers, Reply, Request, Target, Upgrade, WireError, length};

/// What all requests of one connection share.
pub(super) struct Connection<H> {
    shared: Rc<Shared<H>>,
    info: Rc<ConnectionInfo>,
    activity: Rc<Activity>,
}

impl<H: Handler> Connection<H> {
    pub(super) fn new(shared: Rc<Shared<H>>, info: ConnectionInfo, activity: Rc<Activity>) -> Rc<Self> {
        Rc::new(Self { shared, info: Rc::new(info), activity })
    }

    pub(super) async fn answer(
        self: Rc<Self>,
        request: hyper::Request<Incoming>,
    ) -> Result<hyper::Response<Answer>, Infallible> {
        let in_flight = self.activity.begin();
        let (method, version) = (request.method().clone(), request.version());
        let reply = if request.headers().len() > self.shared.settings.max_headers {
            Reply::new(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, Body::empty())
        } else {
            let mut request = self.incoming(request);
            if request.head.has_clear_host() {
                request.head.unify_host();
                self.shared.handler.handle(request).await
            } else {
                Reply::new(StatusCode::BAD_REQUEST, Body::empty())
            }
        };
        let mut response = outgoing(reply, &method, in_flight);
        if version < Version::HTTP_2 && self.shared.drain.is_draining() {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        Ok(response)
    }

    fn incoming(&self, request: hyper::Request<Incoming>) -> Request {
        let (parts, body) = request.into_parts();
        let upgrade = parts.extensions.get::<OnUpgrade>().map(|_| {
            let (tell, upgrade) = Upgrade::new();
            self.activity.offer_upgrade(tell);
            upgrade
        });
        let head = Head {
            method: parts.method,
            target: Target::from_uri(parts.uri),
            version: parts.version,
            headers: Headers::from_map(parts.headers),
        };
        let mut body = Body::from_client(ClientBody::new(body, Rc::clone(&self.activity)));
        if head.version == Version::HTTP_2 {
            // On HTTP/1 the connection's own watch sees to it.
            body = body.stalls_after(self.shared.settings.body_idle);
        }
        Request { head, body, upgrade, connection: Rc::clone(&self.info) }
    }
}

fn outgoing(reply: Reply, method: &Method, in_flight: InFlight) -> hyper::Response<Answer> {
    let Reply { head, body, .. } = reply;
    let switched = head.status == StatusCode::SWITCHING_PROTOCOLS
        || (*method == Method::CONNECT && head.status.is_success());
    if switched {
        in_flight.activity().accept_upgrade();
    } else {
        in_flight.activity().refuse_upgrade();
    }
    let body = if has_no_body(head.status) {
        body.not_wanted();
        Body::empty()
    } else {
        body
    };
    let mut headers = head.headers.into_map();
    length::align_reply(&mut headers, method, head.status, &body);
    let mut response = hyper::Response::new(Answer { body, broke: None, _in_flight: in_flight });
    *response.status_mut() = head.status;
    *response.headers_mut() = headers;
    response
}

/// RFC 9110 §6.4.1. Replies to `HEAD` are cut by hyper, which keeps their `Content-Length`.
fn has_no_body(status: StatusCode) -> bool {
    status.is_informational() || matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED)
}

/// The body of a reply; while it lives the connection is busy.
pub(super) struct Answer {
    body: Body,
    /// How the body broke off, until that is told.
    broke: Option<WireError>,
    _in_flight: InFlight,
}

impl http_body::Body for Answer {
    type Data = Bytes;
    type Error = WireError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, WireError>>> {
        if let Some(error) = self.broke.take() {
            return Poll::Ready(Some(Err(error)));
        }
        match poll_frame(&mut self.body, cx) {
            // At an error hyper drops what it has not written yet, which may be the head: one turn later it has.
            Poll::Ready(Some(Err(error))) => {
                self.broke = Some(error);
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            polled => polled,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        size_hint(&self.body)
    }
}
