//! Runs hyper's helper futures on the worker's own thread, and polls what nobody waits for.

use std::future::Future;
use std::pin::pin;
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

/// Polls what its caller does not wait for, so that a wake-up would only make the task run twice. Outside tokio's cooperative budget: a poll
/// refused by the budget says nothing about what was polled.
pub(crate) fn quietly<T>(mut poll: impl FnMut(&mut Context<'_>) -> Poll<T>) -> Poll<T> {
    let free = tokio::task::coop::unconstrained(std::future::poll_fn(|cx| poll(cx)));
    pin!(free).poll(&mut Context::from_waker(Waker::noop()))
}
