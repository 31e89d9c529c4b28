//! One request and its reply, between hyper's shapes and ours.

use std::convert::Infallible;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Method, StatusCode};
use http_body::SizeHint;
use hyper::body::Incoming;

use super::activity::{Activity, InFlight};
use crate::body::{poll_frame, size_hint};
use crate::http1::{HeadError, METHOD_AT_MOST};
use crate::server::{ConnectionInfo, Handler, Shared, Unreadable};
use crate::{Body, Head, Headers, Reply, Request, Target, WireError, length};

/// What all requests of one connection share.
pub(super) struct Connection<H> {
    shared: Rc<Shared<H>>,
    info: Rc<ConnectionInfo>,
    activity: Rc<Activity>,
}

impl<H: Handler> Connection<H> {
    pub(super) fn new(shared: Rc<Shared<H>>, info: Rc<ConnectionInfo>, activity: Rc<Activity>) -> Rc<Self> {
        Rc::new(Self { shared, info, activity })
    }

    pub(super) async fn answer(
        self: Rc<Self>,
        request: hyper::Request<Incoming>,
    ) -> Result<hyper::Response<Answer>, Infallible> {
        let in_flight = self.activity.begin();
        let method = request.method().clone();
        let mut request = self.incoming(request);
        let reply = match self.complaint(&request.head) {
            None => {
                request.head.unify_host();
                self.shared.handler.handle(request).await
            }
            Some(error) => self.shared.handler.refuse(Unreadable::of(request, error)),
        };
        Ok(outgoing(reply, &method, in_flight))
    }

    /// What is wrong with a head that HTTP/2 lets pass.
    fn complaint(&self, head: &Head) -> Option<HeadError> {
        if head.headers.len() > self.shared.settings.max_headers {
            return Some(HeadError::TooManyFields);
        }
        if head.method.as_str().len() > METHOD_AT_MOST {
            return Some(HeadError::MethodTooLong);
        }
        head.host_complaint()
    }

    fn incoming(&self, request: hyper::Request<Incoming>) -> Request {
        let (parts, body) = request.into_parts();
        let head = Head {
            method: parts.method,
            target: Target::from_uri(parts.uri),
            version: parts.version,
            headers: Headers::from_map(parts.headers),
        };
        let body = Body::from_incoming(body).stalls_after(self.shared.settings.body_idle);
        Request { head, body, upgrade: None, connection: Rc::clone(&self.info) }
    }
}

fn outgoing(reply: Reply, method: &Method, in_flight: InFlight) -> hyper::Response<Answer> {
    let Reply { head, body, .. } = reply;
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
