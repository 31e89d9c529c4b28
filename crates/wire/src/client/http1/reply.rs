//! The body of an HTTP/1 reply, which drives the connection that it comes on.

use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::Body as _;
use hyper::body::Incoming;

use super::Link;
use crate::body::poll_incoming;
use crate::exec::quietly;
use crate::{Body, Frame, WireError};

pub(crate) struct ReplyBody {
    incoming: Incoming,
    /// What came with the head; mostly something, and small, for trailers alone do not pass here.
    first: Option<Bytes>,
    /// `None` when the connection is over, or driven by its own task.
    link: Option<Box<Link>>,
}

/// A short reply comes in one piece together with its head: then the connection rests at once and the body is plain bytes.
pub(super) fn body(mut incoming: Incoming, link: Option<Box<Link>>) -> Body {
    let link = match link {
        Some(link) if link.is_uploading() => {
            link.detach();
            None
        }
        link => link,
    };
    if incoming.is_end_stream() {
        return finished(Body::empty(), link);
    }
    let first = match quietly(|cx| poll_incoming(&mut incoming, cx)) {
        Poll::Ready(Some(Ok(Frame::Data(bytes)))) if incoming.is_end_stream() => {
            return finished(Body::full(bytes), link);
        }
        Poll::Ready(Some(Ok(Frame::Data(bytes)))) => Some(bytes),
        Poll::Ready(None) => return finished(Body::empty(), link),
        Poll::Ready(Some(Ok(trailers))) => return finished(only(Ok(trailers)), link),
        Poll::Ready(Some(Err(error))) => return only(Err(error)),
        Poll::Pending => None,
    };
    Body::from_reply(ReplyBody { incoming, first, link })
}

fn finished(body: Body, link: Option<Box<Link>>) -> Body {
    if let Some(link) = link {
        link.settle();
    }
    body
}

fn only(item: Result<Frame, WireError>) -> Body {
    Body::stream(None, futures_util::stream::once(std::future::ready(item)))
}

impl ReplyBody {
    pub(crate) fn is_end(&self) -> bool {
        self.first.is_none() && self.incoming.is_end_stream()
    }

    pub(crate) fn declared_length(&self) -> Option<u64> {
        let ahead = self.first.as_ref().map_or(0, |bytes| bytes.len() as u64);
        self.incoming.size_hint().exact().map(|rest| rest + ahead)
    }

    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame, WireError>>> {
        if let Some(bytes) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::Data(bytes))));
        }
        let Some(link) = &mut self.link else { return poll_incoming(&mut self.incoming, cx) };
        // What was read is only ever pushed while the connection is driven, right here: it needs no wake-up.
        if let Poll::Ready(item) = quietly(|quiet| poll_incoming(&mut self.incoming, quiet)) {
            return Poll::Ready(self.passed(item));
        }
        if link.drive(cx).is_ready() {
            self.link = None;
            return poll_incoming(&mut self.incoming, cx);
        }
        let polled = quietly(|quiet| poll_incoming(&mut self.incoming, quiet));
        polled.map(|item| self.passed(item))
    }

    /// Lets the connection rest behind the last frame; gives it up after an error.
    fn passed(&mut self, item: Option<Result<Frame, WireError>>) -> Option<Result<Frame, WireError>> {
        let ended = match &item {
            None | Some(Ok(Frame::Trailers(_))) => true,
            Some(Ok(Frame::Data(_))) => self.incoming.is_end_stream(),
            Some(Err(_)) => {
                self.link = None;
                false
            }
        };
        if ended && let Some(link) = self.link.take() {
            link.settle();
        }
        item
    }
}
