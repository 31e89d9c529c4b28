//! What an HTTP/2 connection is doing, and since when: one timer per connection that is moved only when it rings, instead of one per await.

use std::cell::Cell;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use tokio::time::{Instant, Sleep};

use crate::server::{Ended, ServerSettings};

pub(super) struct Activity {
    in_flight: Cell<u32>,
    /// Since when nothing is in flight.
    since: Cell<Instant>,
    write_waits: Cell<Option<Instant>>,
    broken_off: Cell<bool>,
}

impl Activity {
    pub(super) fn new() -> Rc<Self> {
        let since = Cell::new(Instant::now());
        Rc::new(Self {
            in_flight: Cell::new(0),
            since,
            write_waits: Cell::new(None),
            broken_off: Cell::new(false),
        })
    }

    /// A request has arrived; it is over when the guard is gone.
    pub(super) fn begin(self: &Rc<Self>) -> InFlight {
        self.in_flight.set(self.in_flight.get() + 1);
        InFlight(Rc::clone(self))
    }

    pub(super) fn wrote(&self, polled: &Poll<io::Result<usize>>) {
        match (polled, self.write_waits.get()) {
            (Poll::Pending, None) => self.write_waits.set(Some(Instant::now())),
            (Poll::Ready(_), Some(_)) => self.write_waits.set(None),
            _ => {}
        }
    }

    /// Nothing is to be written any more.
    pub(super) fn break_off(&self) {
        self.broken_off.set(true);
    }

    pub(super) fn is_broken_off(&self) -> bool {
        self.broken_off.get()
    }

    /// The next moment at which something would be overdue, and what.
    fn deadline(&self, settings: &ServerSettings) -> Option<(Instant, Ended)> {
        let writing = self.write_waits.get().map(|since| (since + settings.write_idle, Ended::StalledReader));
        let idle = (self.in_flight.get() == 0).then(|| (self.since.get() + settings.keep_alive, Ended::Idle));
        [writing, idle].into_iter().flatten().min_by_key(|(at, _)| *at)
    }
}

/// A request that is being answered.
pub(super) struct InFlight(Rc<Activity>);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.in_flight.set(self.0.in_flight.get() - 1);
        self.0.since.set(Instant::now());
    }
}

/// Ends a connection on which nothing moves.
pub(super) struct Watch {
    sleep: Pin<Box<Sleep>>,
    activity: Rc<Activity>,
}

impl Watch {
    pub(super) fn new(activity: &Rc<Activity>, settings: &ServerSettings) -> Self {
        let sleep = Box::pin(tokio::time::sleep(settings.shortest_timeout()));
        Self { sleep, activity: Rc::clone(activity) }
    }

    /// Ready when something is overdue; again on the next poll.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>, settings: &ServerSettings) -> Poll<Ended> {
        while self.sleep.as_mut().poll(cx).is_ready() {
            let now = Instant::now();
            let mut next = now + settings.shortest_timeout();
            match self.activity.deadline(settings) {
                Some((at, ended)) if at <= now => {
                    self.sleep.as_mut().reset(next);
                    return Poll::Ready(ended);
                }
                Some((at, _)) => next = next.min(at),
                None => {}
            }
            self.sleep.as_mut().reset(next);
        }
        Poll::Pending
    }
}
