//! A request's body on its way to an HTTP/2 backend, as hyper wants to read it.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::body::{poll_frame, size_hint};
use crate::{Body, WireError};

/// How an upload fares.
#[derive(Default)]
pub(super) struct Meter {
    failure: Cell<Option<WireError>>,
    uploading: Cell<bool>,
}

impl Meter {
    pub(super) fn is_uploading(&self) -> bool {
        self.uploading.get()
    }

    pub(super) fn take_failure(&self) -> Option<WireError> {
        self.failure.take()
    }
}

/// Tells the meter how it fares; hyper drops it as soon as it is sent or given up.
pub(super) struct Upload {
    body: Body,
    meter: Rc<Meter>,
}

/// Stands in for the real error, which waits in the meter.
#[derive(Debug, thiserror::Error)]
#[error("the request's body broke off")]
pub(super) struct UploadFailed;

impl Upload {
    pub(super) fn new(body: Body, meter: &Rc<Meter>) -> Self {
        meter.uploading.set(true);
        Self { body, meter: Rc::clone(meter) }
    }

    pub(super) fn into_body(mut self) -> Body {
        std::mem::take(&mut self.body)
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        self.meter.uploading.set(false);
    }
}

impl http_body::Body for Upload {
    type Data = Bytes;
    type Error = UploadFailed;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, UploadFailed>>> {
        poll_frame(&mut self.body, cx).map_err(|error| {
            self.meter.failure.set(Some(error));
            UploadFailed
        })
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        size_hint(&self.body)
    }
}
