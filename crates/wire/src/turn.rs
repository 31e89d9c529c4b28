//! Lets a worker read everything that has arrived before it writes.
//!
//! Whoever waits at the other end of a socket sleeps, and waking it costs the kernel more than the write itself when it sleeps on another
//! core. Written as soon as it is there, each message wakes somebody, who has gone back to sleep before the next. Written one behind the
//! other, the first wakes the other side and the rest find it awake.
//!
//! Requests to backends wait for it. Answers to clients do not: measured, it costs more than it saves, as they come in such rows by
//! themselves.

use std::future::poll_fn;
use std::task::Poll;

/// Ready when every task of this worker that was ready has run. Costs no system call.
pub(crate) async fn turn() {
    let mut waited = false;
    poll_fn(|cx| {
        if std::mem::replace(&mut waited, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use tokio::task::{LocalSet, spawn_local};

    use super::turn;

    #[test]
    fn everybody_reads_before_anybody_writes() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let done = Rc::new(RefCell::new(Vec::new()));
        let one = |name: u8, done: &Rc<RefCell<Vec<(&'static str, u8)>>>| {
            let done = Rc::clone(done);
            spawn_local(async move {
                done.borrow_mut().push(("read", name));
                turn().await;
                done.borrow_mut().push(("wrote", name));
            })
        };
        LocalSet::new().block_on(&runtime, async {
            let tasks: Vec<_> = (0..3).map(|name| one(name, &done)).collect();
            for task in tasks {
                task.await.expect("no task panics");
            }
        });
        let expected: Vec<_> =
            ["read", "wrote"].into_iter().flat_map(|what| (0..3).map(move |name| (what, name))).collect();
        assert_eq!(*done.borrow(), expected);
    }
}
