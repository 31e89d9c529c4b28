//! What a connection is doing, and since when: one timer per connection that is moved only when it rings, instead of one per await.

use std::cell::Cell;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use tokio::sync::oneshot;
use tokio::time::{Instant, Sleep};

use super::{Ended, ServerSettings, Spoken};
use crate::Upgraded;

pub(crate) struct Activity {
    spoken: Spoken,
    in_flight: Cell<u32>,
    /// Since when nothing is in flight; or since when a head is arriving.
    since: Cell<Instant>,
    head_arriving: Cell<bool>,
    body_waits: Cell<Option<Instant>>,
    write_waits: Cell<Option<Instant>>,
    upgrade: Cell<Option<oneshot::Sender<Upgraded>>>,
    switched: Cell<bool>,
}

impl Activity {
    /// A fresh HTTP/1 connection counts as a head that is arriving.
    pub(super) fn new(spoken: Spoken) -> Rc<Self> {
        Rc::new(Self {
            spoken,
            in_flight: Cell::new(0),
            since: Cell::new(Instant::now()),
            head_arriving: Cell::new(spoken == Spoken::Http1),
            body_waits: Cell::new(None),
            write_waits: Cell::new(None),
            upgrade: Cell::new(None),
            switched: Cell::new(false),
        })
    }

    /// A request has arrived; it is over when the guard is gone.
    pub(super) fn begin(self: &Rc<Self>) -> InFlight {
        self.in_flight.set(self.in_flight.get() + 1);
        self.head_arriving.set(false);
        InFlight(Rc::clone(self))
    }

    /// Bytes came. Frames of HTTP/2 say nothing about heads.
    pub(super) fn heard(&self) {
        let idle = self.in_flight.get() == 0 && !self.head_arriving.get();
        if idle && self.spoken == Spoken::Http1 {
            self.head_arriving.set(true);
            self.since.set(Instant::now());
        }
    }

    pub(super) fn wrote(&self, polled: &Poll<io::Result<usize>>) {
        match (polled, self.write_waits.get()) {
            (Poll::Pending, None) => self.write_waits.set(Some(Instant::now())),
            (Poll::Ready(_), Some(_)) => self.write_waits.set(None),
            _ => {}
        }
    }

    /// Somebody waits for the client's next bytes. Only HTTP/1 has one body at a time.
    pub(crate) fn body_awaited(&self) {
        if self.spoken == Spoken::Http1 && self.body_waits.get().is_none() {
            self.body_waits.set(Some(Instant::now()));
        }
    }

    /// They came, or nobody waits any more.
    pub(crate) fn body_came(&self) {
        self.body_waits.set(None);
    }

    pub(super) fn offer_upgrade(&self, tell: oneshot::Sender<Upgraded>) {
        self.upgrade.set(Some(tell));
    }

    /// The reply that is about to be written accepts the offer.
    pub(super) fn accept_upgrade(&self) {
        self.switched.set(true);
    }

    /// It does not.
    pub(super) fn refuse_upgrade(&self) {
        self.upgrade.set(None);
    }

    pub(super) fn take_upgrade(&self) -> Option<oneshot::Sender<Upgraded>> {
        self.upgrade.take().filter(|_| self.switched.get())
    }

    /// The next moment at which something would be overdue, and what.
    fn deadline(&self, settings: &ServerSettings) -> Option<(Instant, Ended)> {
        let writing = self.write_waits.get().map(|since| (since + settings.write_idle, Ended::StalledReader));
        let body = self.body_waits.get().map(|since| (since + settings.body_idle, Ended::StalledBody));
        let phase = if self.in_flight.get() > 0 {
            None
        } else if self.head_arriving.get() {
            Some((self.since.get() + settings.head_timeout, Ended::SlowHead))
        } else {
            Some((self.since.get() + settings.keep_alive, Ended::Idle))
        };
        [writing, body, phase].into_iter().flatten().min_by_key(|(at, _)| *at)
    }
}

/// A request that is being answered.
pub(super) struct InFlight(Rc<Activity>);

impl InFlight {
    pub(super) fn activity(&self) -> &Rc<Activity> {
        &self.0
    }
}

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
