//! What a worker waits for before it ends: connections, and tunnels that began as one.

use std::cell::Cell;
use std::rc::Rc;

use tokio::sync::Notify;

/// Counts what is open.
#[derive(Debug, Clone, Default)]
pub(crate) struct Open(Rc<State>);

#[derive(Debug, Default)]
struct State {
    count: Cell<usize>,
    none: Notify,
}

impl Open {
    /// Something is open until its guard is gone, however its task ends.
    pub(crate) fn enter(&self) -> Stay {
        self.0.count.set(self.0.count.get() + 1);
        Stay(Rc::clone(&self.0))
    }

    pub(super) async fn wait_until_none(&self) {
        while self.0.count.get() > 0 {
            self.0.none.notified().await;
        }
    }
}

/// Something that is open.
#[derive(Debug)]
pub(crate) struct Stay(Rc<State>);

impl Drop for Stay {
    fn drop(&mut self) {
        self.0.count.set(self.0.count.get() - 1);
        if self.0.count.get() == 0 {
            self.0.none.notify_one();
        }
    }
}
