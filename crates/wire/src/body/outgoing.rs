//! Our bodies, as hyper wants to read them.

use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame as HyperFrame, SizeHint};

use super::{Body, Frame};
use crate::WireError;

pub(crate) fn poll_frame(
    body: &mut Body,
    cx: &mut Context<'_>,
) -> Poll<Option<Result<HyperFrame<Bytes>, WireError>>> {
    body.poll_next(cx).map(|item| {
        item.map(|frame| {
            frame.map(|frame| match frame {
                Frame::Data(bytes) => HyperFrame::data(bytes),
                Frame::Trailers(trailers) => HyperFrame::trailers(trailers.into_map()),
            })
        })
    })
}

pub(crate) fn size_hint(body: &Body) -> SizeHint {
    body.declared_length().map_or_else(SizeHint::default, SizeHint::with_exact)
}
