//! What a client uploads over HTTP/1: read from the connection by whoever wants it, when it is wanted.

use std::rc::Rc;
use std::task::{Context, Poll, ready};

use super::connection::{BodyPlace, Connection};
use crate::http1::{BodyDecoder, BodyLength, Decoded};
use crate::{Frame, WireError};

/// A request's body. Given up before its end, the rest is skipped when it is short, or else the connection ends with the reply.
pub(crate) struct UploadBody {
    connection: Rc<Connection>,
    /// None once the connection has been told how it ended.
    decoder: Option<BodyDecoder>,
}

impl UploadBody {
    pub(super) fn new(connection: &Rc<Connection>, length: BodyLength) -> Self {
        Self { connection: Rc::clone(connection), decoder: Some(length.into()) }
    }

    pub(crate) fn is_end(&self) -> bool {
        self.decoder.is_none()
    }

    pub(crate) fn declared_length(&self) -> Option<u64> {
        self.decoder.as_ref().map_or(Some(0), BodyDecoder::left)
    }

    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame, WireError>>> {
        let Some(decoder) = &mut self.decoder else { return Poll::Ready(None) };
        let item = match ready!(self.connection.poll_body(cx, decoder)) {
            Ok(Decoded::Data(data)) => Some(Ok(Frame::Data(data))),
            Ok(Decoded::Trailers(trailers)) => Some(Ok(Frame::Trailers(trailers))),
            Ok(Decoded::End | Decoded::More) => None,
            Err(error) => {
                self.decoder = None;
                self.connection.settle(BodyPlace::Broken);
                return Poll::Ready(Some(Err(error)));
            }
        };
        if self.decoder.as_ref().is_some_and(BodyDecoder::is_done) {
            self.decoder = None;
            self.connection.settle(BodyPlace::Done);
        }
        Poll::Ready(item)
    }
}

impl Drop for UploadBody {
    fn drop(&mut self) {
        if let Some(decoder) = self.decoder.take() {
            self.connection.settle(BodyPlace::Left(decoder));
        }
    }
}
