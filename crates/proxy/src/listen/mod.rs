//! Sockets and workers: one thread per worker, all accepting from the same sockets, which were made before them.

mod accept;
mod crowd;
mod open;
mod secure;
mod settings;
mod subject;
mod turn_away;
mod unreadable;

use std::net::TcpListener;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use paifang_wire::Drain;
use tokio::sync::{mpsc, watch};
use tokio::task::LocalSet;

pub(crate) use crowd::Crowd;
pub(crate) use open::Open;
pub use settings::EdgeSettings;

use crate::exchange::ClientScheme;
use crate::job::Job;
use crate::shared::Shared;
use crate::worker::Worker;

/// How often a worker looks after what happens without calls.
const TICK: Duration = Duration::from_secs(1);
/// How often what the process shares is swept, in ticks.
const SWEEP_EVERY_TICKS: u64 = 5;

/// How far a process is with ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// It takes no connections yet.
    Preparing,
    /// It takes connections.
    Serving,
    /// It takes none, and those it has end after their call.
    Draining,
    /// What is left is cut.
    Ended,
}

impl Phase {
    fn is_end(self) -> bool {
        matches!(self, Self::Draining | Self::Ended)
    }
}

/// What a worker's thread is started with.
pub(crate) struct Start {
    pub(crate) index: usize,
    pub(crate) shared: Arc<Shared>,
    pub(crate) sockets: Vec<(ClientScheme, TcpListener)>,
    pub(crate) jobs: mpsc::Receiver<Job>,
    pub(crate) phase: watch::Receiver<Phase>,
    /// The revision that is served; 0 before the first update.
    pub(crate) served: watch::Receiver<u64>,
}

/// Runs a worker until the process ends.
pub(crate) fn run(start: Start) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return tracing::error!(%error, "a worker got no runtime: {error}"),
    };
    let local = LocalSet::new();
    local.block_on(&runtime, serve(start));
}

async fn serve(start: Start) {
    let Start { index, shared, sockets, jobs, mut phase, mut served } = start;
    let worker = match Worker::new(shared) {
        Ok(worker) => Rc::new(worker),
        Err(error) => return tracing::error!(%error, "a worker could not start: {error}"),
    };
    let drain = Drain::new();
    tokio::task::spawn_local(do_jobs(Rc::clone(&worker), jobs));
    // Callers wait in the socket's queue until it is known what is served; an error is the process' end.
    tokio::select! {
        _ = served.wait_for(|revision| *revision > 0) => {}
        _ = phase.wait_for(|phase| phase.is_end()) => {}
    }
    let _ = phase.wait_for(|phase| *phase != Phase::Preparing).await;
    for (scheme, socket) in sockets {
        accept::spawn(&worker, socket, scheme, &drain, phase.clone());
    }
    tokio::task::spawn_local(tick(Rc::clone(&worker), index));
    // An error means that the process has let go of its end, which is an end too.
    let _ = phase.wait_for(|phase| *phase != Phase::Serving).await;
    drain.begin();
    tokio::select! {
        () = worker.open.wait_until_none() => {}
        _ = phase.wait_for(|phase| *phase == Phase::Ended) => {}
    }
    worker.end();
}

async fn do_jobs(worker: Rc<Worker>, mut jobs: mpsc::Receiver<Job>) {
    while let Some(job) = jobs.recv().await {
        let worker = Rc::clone(&worker);
        tokio::task::spawn_local(async move { job.run(&worker).await });
    }
}

async fn tick(worker: Rc<Worker>, index: usize) {
    let mut ticks = tokio::time::interval(TICK);
    for count in 1_u64.. {
        ticks.tick().await;
        worker.tick();
        // What all workers share is looked after by the first.
        if index == 0 && count.is_multiple_of(SWEEP_EVERY_TICKS) {
            worker.sweep();
        }
    }
}
