//! Coarse deadlines: one sweep per worker instead of a timer wheel entry per request.
//!
//! A deadline rings up to [`TICK`] late, never early.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

const TICK: Duration = Duration::from_millis(20);
/// How many empty sweeps pass before the sweeping stops.
const LINGER: u32 = 100;

/// The deadlines of one worker.
#[derive(Default)]
pub(super) struct Alarms(Rc<Shared>);

#[derive(Default)]
struct Shared {
    table: RefCell<Table>,
    sweeping: Cell<bool>,
}

#[derive(Default)]
struct Table {
    entries: Vec<Entry>,
    free: Vec<usize>,
}

enum Entry {
    Free,
    Set { at: Instant, waker: Waker },
    Rung,
}

impl Alarms {
    /// A deadline; costs nothing until it is first polled.
    pub(super) fn set(&self, at: Instant) -> Alarm {
        Alarm { shared: Rc::clone(&self.0), at, slot: None }
    }
}

pub(super) struct Alarm {
    shared: Rc<Shared>,
    at: Instant,
    slot: Option<usize>,
}

impl Alarm {
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let mut table = self.shared.table.borrow_mut();
        let Some(slot) = self.slot else {
            self.slot = Some(table.place(Entry::Set { at: self.at, waker: cx.waker().clone() }));
            drop(table);
            self.shared.sweep();
            return Poll::Pending;
        };
        match &mut table.entries[slot] {
            Entry::Rung | Entry::Free => Poll::Ready(()),
            Entry::Set { waker, .. } => {
                waker.clone_from(cx.waker());
                Poll::Pending
            }
        }
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        if let Some(slot) = self.slot {
            let mut table = self.shared.table.borrow_mut();
            table.entries[slot] = Entry::Free;
            table.free.push(slot);
        }
    }
}

impl Table {
    fn place(&mut self, entry: Entry) -> usize {
        if let Some(slot) = self.free.pop() {
            self.entries[slot] = entry;
            return slot;
        }
        self.entries.push(entry);
        self.entries.len() - 1
    }

    /// Takes the wakers of all that are due; says whether any deadline is still set.
    fn ring(&mut self, now: Instant) -> (Vec<Waker>, bool) {
        let mut due = Vec::new();
        let mut waiting = false;
        for entry in &mut self.entries {
            match entry {
                Entry::Set { at, .. } if *at <= now => {
                    if let Entry::Set { waker, .. } = std::mem::replace(entry, Entry::Rung) {
                        due.push(waker);
                    }
                }
                Entry::Set { .. } => waiting = true,
                Entry::Free | Entry::Rung => {}
            }
        }
        (due, waiting)
    }
}

impl Shared {
    fn sweep(self: &Rc<Self>) {
        if !self.sweeping.replace(true) {
            tokio::task::spawn_local(sweep(Rc::downgrade(self)));
        }
    }
}

async fn sweep(shared: Weak<Shared>) {
    let mut empty = 0;
    loop {
        tokio::time::sleep(TICK).await;
        let Some(shared) = shared.upgrade() else { return };
        // A statement of its own: waking may run code that sets or drops an alarm.
        let (due, waiting) = shared.table.borrow_mut().ring(tokio::time::Instant::now().into_std());
        empty = if waiting { 0 } else { empty + 1 };
        due.into_iter().for_each(Waker::wake);
        if empty > LINGER {
            shared.sweeping.set(false);
            return;
        }
    }
}
