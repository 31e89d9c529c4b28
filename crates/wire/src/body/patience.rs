//! Notices that a body has stopped arriving. The timer is only moved when it rings: most frames cost no timer operation.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep};

/// How long a body's next frame is waited for.
pub(super) struct Patience {
    most: Duration,
    /// Since when somebody waits; nobody does while frames come.
    since: Option<Instant>,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Patience {
    pub(super) fn new(most: Duration) -> Self {
        Self { most, since: None, timer: None }
    }

    /// A frame came, or the end.
    pub(super) fn rewarded(&mut self) {
        self.since = None;
    }

    /// None came. Ready when that has been so for too long.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let until = *self.since.get_or_insert_with(Instant::now) + self.most;
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(until)));
        while timer.as_mut().poll(cx).is_ready() {
            if until <= Instant::now() {
                return Poll::Ready(());
            }
            timer.as_mut().reset(until);
        }
        Poll::Pending
    }

    pub(super) fn most(&self) -> Duration {
        self.most
    }
}
