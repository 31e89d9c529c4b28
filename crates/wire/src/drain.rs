//! The signal that a worker is about to stop.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// One per worker; clones share it. HTTP/1 connections look at it when they answer, HTTP/2 connections are woken by it.
#[derive(Clone, Debug, Default)]
pub struct Drain(Rc<State>);

#[derive(Debug, Default)]
struct State {
    draining: Cell<bool>,
    waiting: RefCell<Vec<Option<Waker>>>,
}

impl Drain {
    /// Not draining yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on replies say `Connection: close` and HTTP/2 connections send GOAWAY. There is no way back.
    pub fn begin(&self) {
        self.0.draining.set(true);
        self.0.waiting.borrow_mut().iter_mut().filter_map(Option::take).for_each(Waker::wake);
    }

    /// Whether [`Drain::begin`] was called.
    pub fn is_draining(&self) -> bool {
        self.0.draining.get()
    }

    pub(crate) fn watch(&self) -> DrainWatch {
        DrainWatch { state: Rc::clone(&self.0), slot: None }
    }
}

/// A connection's place among those that are woken.
pub(crate) struct DrainWatch {
    state: Rc<State>,
    slot: Option<usize>,
}

impl DrainWatch {
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.state.draining.get() {
            return Poll::Ready(());
        }
        let mut waiting = self.state.waiting.borrow_mut();
        let slot = *self.slot.get_or_insert_with(|| vacant(&mut waiting));
        match &mut waiting[slot] {
            Some(waker) if waker.will_wake(cx.waker()) => {}
            entry => *entry = Some(cx.waker().clone()),
        }
        Poll::Pending
    }
}

fn vacant(waiting: &mut Vec<Option<Waker>>) -> usize {
    waiting.iter().position(Option::is_none).unwrap_or_else(|| {
        waiting.push(None);
        waiting.len() - 1
    })
}

impl Drop for DrainWatch {
    fn drop(&mut self) {
        if let Some(slot) = self.slot {
            self.state.waiting.borrow_mut()[slot] = None;
        }
    }
}
