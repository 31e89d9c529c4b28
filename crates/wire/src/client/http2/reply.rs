//! The body of an HTTP/2 reply; keeps its place on the connection until it is dropped.

use std::task::{Context, Poll};

use http_body::Body as _;
use hyper::body::Incoming;

use super::Stream;
use crate::body::poll_incoming;
use crate::{Frame, WireError};

pub(crate) struct StreamBody {
    incoming: Incoming,
    _stream: Stream,
}

impl StreamBody {
    pub(super) fn new(incoming: Incoming, stream: Stream) -> Self {
        Self { incoming, _stream: stream }
    }

    pub(crate) fn is_end(&self) -> bool {
        self.incoming.is_end_stream()
    }

    pub(crate) fn declared_length(&self) -> Option<u64> {
        self.incoming.size_hint().exact()
    }

    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame, WireError>>> {
        poll_incoming(&mut self.incoming, cx)
    }
}
