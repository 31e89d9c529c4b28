//! The body of a reply, which drives the connection that it comes on.

use std::io;
use std::task::{Context, Poll, ready};

use bytes::Bytes;

use super::Link;
use super::finish::finish;
use super::sending::{BODY_END, Sending, Unfinished};
use crate::http1::{BodyDecoder, BodyError, BodyLength, Decoded, Reuse};
use crate::{Body, Frame, WireError};

pub(crate) struct ReplyBody {
    decoder: BodyDecoder,
    /// What came with the head.
    first: Option<Bytes>,
    /// `None` when the reply is complete, or broke off.
    link: Option<Box<Link>>,
    /// What of the request is still to be written.
    sending: Option<Box<Sending>>,
}

/// A short reply comes in one piece together with its head: then the connection rests at once and the body is plain bytes.
pub(super) fn body(link: Box<Link>, sending: Option<Box<Sending>>, length: BodyLength) -> Body {
    let mut body = ReplyBody { decoder: length.into(), first: None, link: Some(link), sending };
    match body.decode() {
        Ok(Decoded::Data(bytes)) if body.link.is_none() => Body::full(bytes),
        Ok(Decoded::Data(bytes)) => Body::from_reply(ReplyBody { first: Some(bytes), ..body }),
        Ok(Decoded::End) => Body::empty(),
        Ok(Decoded::More) => Body::from_reply(body),
        Ok(Decoded::Trailers(trailers)) => only(Ok(Frame::Trailers(trailers))),
        Err(error) => only(Err(error)),
    }
}

fn only(item: Result<Frame, WireError>) -> Body {
    Body::stream(None, futures_util::stream::once(std::future::ready(item)))
}

impl ReplyBody {
    pub(crate) fn is_end(&self) -> bool {
        self.first.is_none() && self.link.is_none()
    }

    pub(crate) fn declared_length(&self) -> Option<u64> {
        let ahead = self.first.as_ref().map_or(0, |bytes| bytes.len() as u64);
        self.decoder.left().map(|left| left + ahead)
    }

    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame, WireError>>> {
        if let Some(bytes) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::Data(bytes))));
        }
        if let Err(error) = self.upload(cx) {
            return Poll::Ready(Some(Err(self.broke_off(error))));
        }
        while self.link.is_some() {
            match self.decode() {
                Ok(Decoded::More) => {}
                Ok(Decoded::Data(bytes)) => return Poll::Ready(Some(Ok(Frame::Data(bytes)))),
                Ok(Decoded::Trailers(trailers)) => return Poll::Ready(Some(Ok(Frame::Trailers(trailers)))),
                Ok(Decoded::End) => break,
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
            if let Err(error) = ready!(self.poll_read(cx)) {
                return Poll::Ready(Some(Err(self.broke_off(error))));
            }
        }
        Poll::Ready(None)
    }

    /// Takes the next piece out of what has arrived; behind the last the connection is let go.
    fn decode(&mut self) -> Result<Decoded, WireError> {
        let Some(link) = &mut self.link else { return Ok(Decoded::End) };
        let mut decoded = self.decoder.decode(&mut link.buffer);
        // With the end at hand the piece before it is known to be the last: that saves its reader a turn.
        if matches!(decoded, Ok(Decoded::Data(_))) && link.buffer[..] == *BODY_END && !self.decoder.may_end()
        {
            decoded = self.decoder.decode(&mut link.buffer).and(decoded);
        }
        if self.decoder.is_done() {
            self.complete();
        }
        decoded.map_err(|error| self.broke_off(malformed(error)))
    }

    /// Goes on with the request, as far as the backend takes it.
    fn upload(&mut self, cx: &mut Context<'_>) -> Result<(), WireError> {
        let (Some(sending), Some(link)) = (&mut self.sending, &mut self.link) else { return Ok(()) };
        match sending.poll(cx, &mut link.transport) {
            Poll::Pending => return Ok(()),
            Poll::Ready(Ok(())) => {}
            Poll::Ready(Err(Unfinished::Body(error))) => return Err(error),
            // It wants no more of it. Its reply may be whole all the same.
            Poll::Ready(Err(Unfinished::Socket(_))) => link.reuse = Reuse::Refused,
        }
        self.sending = None;
        Ok(())
    }

    /// Reads more, or finds that there is no more.
    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), WireError>> {
        let Some(link) = &mut self.link else { return Poll::Ready(Ok(())) };
        Poll::Ready(match ready!(link.poll_read_long(cx, self.decoder.left())) {
            Ok(0) if self.decoder.may_end() => {
                link.reuse = Reuse::Refused;
                self.complete();
                Ok(())
            }
            Ok(0) => Err(WireError::Incomplete),
            Ok(_) => Ok(()),
            Err(error) => Err(sort(error)),
        })
    }

    /// The reply is whole.
    fn complete(&mut self) {
        let Some(link) = self.link.take() else { return };
        match self.sending.take() {
            Some(sending) => finish(link, sending),
            None => link.settle(),
        }
    }

    fn broke_off(&mut self, error: WireError) -> WireError {
        (self.link, self.sending) = (None, None);
        error
    }
}

fn malformed(error: BodyError) -> WireError {
    WireError::Protocol(Box::new(error))
}

fn sort(error: io::Error) -> WireError {
    match error.kind() {
        // TLS says so when the connection ends without its own farewell.
        io::ErrorKind::UnexpectedEof => WireError::Incomplete,
        _ => WireError::Io(error),
    }
}
