//! What a client uploads. Tells the connection when somebody waits for it, so that a stalled upload is noticed without a timer.

use std::rc::Rc;
use std::task::{Context, Poll};

use http_body::Body as _;
use hyper::body::Incoming;

use super::{Frame, poll_incoming};
use crate::WireError;
use crate::server::Activity;

pub(crate) struct ClientBody {
    incoming: Incoming,
    activity: Rc<Activity>,
}

impl ClientBody {
    pub(crate) fn new(incoming: Incoming, activity: Rc<Activity>) -> Self {
        Self { incoming, activity }
    }

    pub(super) fn is_end(&self) -> bool {
        self.incoming.is_end_stream()
    }

    pub(super) fn declared_length(&self) -> Option<u64> {
        self.incoming.size_hint().exact()
    }

    pub(super) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame, WireError>>> {
        let polled = poll_incoming(&mut self.incoming, cx);
        match polled {
            Poll::Pending => self.activity.body_awaited(),
            Poll::Ready(_) => self.activity.body_came(),
        }
        polled
    }
}

impl Drop for ClientBody {
    fn drop(&mut self) {
        self.activity.body_came();
    }
}
