//! Runs hyper's helper futures on the worker's own thread, and polls futures whose wake-ups are not wanted.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// Spawns onto the current `LocalSet`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LocalExec;

impl<F> hyper::rt::Executor<F> for LocalExec
where
    F: Future + 'static,
    F::Output: 'static,
{
    fn execute(&self, future: F) {
        tokio::task::spawn_local(future);
    }
}

/// Polls a future that makes progress only through what its caller drives by hand, so that its wake-ups would only make the task
/// run twice. Outside tokio's cooperative budget: a poll refused by the budget would be lost together with its wake-up.
pub(crate) fn poll_quietly<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    quietly(|cx| Pin::new(&mut *future).poll(cx))
}

/// [`poll_quietly`] for anything that has a poll function.
pub(crate) fn quietly<T>(mut poll: impl FnMut(&mut Context<'_>) -> Poll<T>) -> Poll<T> {
    let free = tokio::task::coop::unconstrained(std::future::poll_fn(|cx| poll(cx)));
    pin!(free).poll(&mut Context::from_waker(Waker::noop()))
}
