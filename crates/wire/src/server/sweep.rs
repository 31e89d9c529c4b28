//! One sweep per worker over all connections, instead of a timer each: it keeps a coarse clock and wakes whoever is overdue.
//!
//! Something overdue is noticed up to two ticks late, never early.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::Duration;

use tokio::time::Instant;

use super::pace::Pace;

const SHORTEST_TICK: Duration = Duration::from_millis(5);
const LONGEST_TICK: Duration = Duration::from_secs(1);
/// Ticks per shortest timeout.
const TICKS: u32 = 8;

/// The connections of one worker.
pub(super) struct Sweep {
    /// Milliseconds since the first connection, as of the last tick.
    clock: Rc<Cell<u64>>,
    tick: Duration,
    began: Cell<Option<Instant>>,
    watched: RefCell<Watched>,
    sweeping: Cell<bool>,
}

#[derive(Default)]
struct Watched {
    places: Vec<Option<Rc<Pace>>>,
    free: Vec<usize>,
}

impl Sweep {
    /// For timeouts of which `shortest` is the shortest.
    pub(super) fn new(shortest: Duration) -> Rc<Self> {
        Rc::new(Self {
            clock: Rc::default(),
            tick: (shortest / TICKS).clamp(SHORTEST_TICK, LONGEST_TICK),
            began: Cell::new(None),
            watched: RefCell::default(),
            sweeping: Cell::new(false),
        })
    }

    /// The clock of all connections.
    pub(super) fn clock(&self) -> Rc<Cell<u64>> {
        Rc::clone(&self.clock)
    }

    pub(super) fn tick(&self) -> Duration {
        self.tick
    }

    /// Watches a connection until the guard is gone.
    pub(super) fn watch(self: &Rc<Self>, pace: &Rc<Pace>) -> Watch {
        let mut watched = self.watched.borrow_mut();
        let place = watched.free.pop().unwrap_or_else(|| {
            watched.places.push(None);
            watched.places.len() - 1
        });
        watched.places[place] = Some(Rc::clone(pace));
        if !self.sweeping.replace(true) {
            self.set_clock();
            tokio::task::spawn_local(sweep(Rc::downgrade(self)));
        }
        Watch { sweep: Rc::clone(self), place }
    }

    fn set_clock(&self) {
        let now = Instant::now();
        let began = self.began.get().unwrap_or(now);
        self.began.set(Some(began));
        self.clock.set(u64::try_from((now - began).as_millis()).unwrap_or(u64::MAX));
    }

    /// Wakes those that are overdue; says whether any are left.
    fn look(&self) -> bool {
        self.set_clock();
        let watched = self.watched.borrow();
        watched.places.iter().flatten().for_each(|pace| pace.look());
        watched.places.len() > watched.free.len()
    }
}

async fn sweep(sweep: Weak<Sweep>) {
    let Some(tick) = sweep.upgrade().map(|sweep| sweep.tick) else { return };
    loop {
        tokio::time::sleep(tick).await;
        let Some(sweep) = sweep.upgrade() else { return };
        if !sweep.look() {
            sweep.sweeping.set(false);
            return;
        }
    }
}

/// A connection's place in the sweep.
pub(super) struct Watch {
    sweep: Rc<Sweep>,
    place: usize,
}

impl Drop for Watch {
    fn drop(&mut self) {
        let mut watched = self.sweep.watched.borrow_mut();
        watched.places[self.place] = None;
        watched.free.push(self.place);
    }
}
