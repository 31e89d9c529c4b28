//! Where the connections of one origin rest between requests.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::{Duration, Instant};

use super::PoolSettings;
use super::http1::Link;
use super::http2::Shared;

/// One origin's connections: a stack of idle HTTP/1 ones, most recently used on top, and the shared HTTP/2 ones.
pub(super) struct Home {
    me: Weak<Self>,
    #[expect(clippy::vec_box, reason = "a link is large and goes in and out for every request")]
    idle: RefCell<Vec<Box<Link>>>,
    pub(super) shared: Shared,
    limits: Rc<Limits>,
}

/// What all origins of a pool have in common.
pub(super) struct Limits {
    pub(super) settings: PoolSettings,
    pub(super) idle: Cell<usize>,
}

impl Home {
    pub(super) fn new(limits: &Rc<Limits>) -> Rc<Self> {
        Rc::new_cyclic(|me| Self {
            me: Weak::clone(me),
            idle: RefCell::default(),
            shared: Shared::default(),
            limits: Rc::clone(limits),
        })
    }

    pub(super) fn settings(&self) -> &PoolSettings {
        &self.limits.settings
    }

    /// For a connection to find back; it must not keep its home alive, or both would live for ever.
    pub(super) fn address(&self) -> Weak<Self> {
        Weak::clone(&self.me)
    }

    /// A connection that the backend has not closed as far as is known.
    pub(super) fn take(&self, now: Instant) -> Option<Box<Link>> {
        loop {
            let mut link = self.idle.borrow_mut().pop()?;
            self.limits.leave(1);
            if link.is_usable() && link.idle_for(now) < self.limits.settings.idle_timeout {
                return Some(link);
            }
        }
    }

    pub(super) fn put(&self, link: Box<Link>) {
        let mut idle = self.idle.borrow_mut();
        let limits = &self.limits;
        if idle.len() < limits.settings.idle_per_origin && limits.idle.get() < limits.settings.idle_in_all {
            limits.idle.set(limits.idle.get() + 1);
            idle.push(link);
        }
    }

    /// Drops what has idled too long, and what the backend closed meanwhile. Says whether anything is left.
    pub(super) fn sweep(&self, now: Instant, idle_timeout: Duration) -> bool {
        let mut idle = self.idle.borrow_mut();
        let before = idle.len();
        idle.retain_mut(|link| link.idle_for(now) < idle_timeout && link.is_usable());
        self.limits.leave(before - idle.len());
        let shared = self.shared.sweep(now, idle_timeout);
        !idle.is_empty() || shared
    }
}

impl Limits {
    fn leave(&self, links: usize) {
        self.idle.set(self.idle.get() - links);
    }
}
