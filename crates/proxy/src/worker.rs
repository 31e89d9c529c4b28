//! What one worker owns: its upstream connections, its view of the snapshot, its buffers. Nothing in it is shared.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

use paifang_wire::{Pool, PoolSettings, Roots, TlsClient, TlsClientSettings, TlsError, Verification};

use crate::backend::RetryBudgets;
use crate::exchange::now_ms;
use crate::listen::Open;
use crate::observe::{LogBuffer, Rollup, WorkerMetrics};
use crate::shared::Shared;
use crate::snapshot::Snapshot;

/// What one worker owns.
pub(crate) struct Worker {
    pub(crate) shared: Arc<Shared>,
    pub(crate) pool: Pool,
    pub(crate) retries: RetryBudgets,
    pub(crate) metrics: WorkerMetrics,
    pub(crate) log: RefCell<LogBuffer>,
    pub(crate) rollup: RefCell<Rollup>,
    pub(crate) open: Open,
    snapshot: RefCell<LocalSnapshot>,
    verified: TlsClient,
    unverified: TlsClient,
    turn: Cell<usize>,
}

/// A counted reference that belongs to one thread: taking it costs no shared cache line.
type LocalSnapshot = Rc<Arc<Snapshot>>;

impl Worker {
    /// A worker of a process.
    ///
    /// # Errors
    /// When TLS towards backends cannot be set up.
    pub(crate) fn new(shared: Arc<Shared>) -> Result<Self, TlsError> {
        let tls = |verification| {
            TlsClient::new(TlsClientSettings { roots: Roots::Native, verification, identity: None })
        };
        let (verified, unverified) = (tls(Verification::Full)?, tls(Verification::DangerNone)?);
        let (metrics, log) = (shared.metrics.worker(), shared.access_log.buffer());
        let snapshot = RefCell::new(Rc::new(shared.served.load_full()));
        Ok(Self {
            pool: Pool::new(PoolSettings::default()),
            retries: RetryBudgets::default(),
            metrics,
            log: RefCell::new(log),
            rollup: RefCell::default(),
            open: Open::default(),
            snapshot,
            verified,
            unverified,
            turn: Cell::new(0),
            shared,
        })
    }

    /// The snapshot that is served now.
    pub(crate) fn snapshot(&self) -> LocalSnapshot {
        let mut local = self.snapshot.borrow_mut();
        let served = self.shared.served.load();
        if !Arc::ptr_eq(&served, &local) {
            *local = Rc::new(Arc::clone(&served));
        }
        Rc::clone(&local)
    }

    /// TLS towards backends.
    pub(crate) fn tls(&self, verified: bool) -> TlsClient {
        if verified { self.verified.clone() } else { self.unverified.clone() }
    }

    /// A number below `of` that takes its turn; 0 when there is nothing to choose from.
    pub(crate) fn turn(&self, of: usize) -> usize {
        let turn = self.turn.get().wrapping_add(1);
        self.turn.set(turn);
        turn.checked_rem(of).unwrap_or(0)
    }

    /// Hands over what is still buffered; the worker ends.
    pub(crate) fn end(&self) {
        self.log.borrow_mut().flush();
        self.shared.left_minutes.leave(self.rollup.borrow_mut().all());
    }

    /// What has to happen now and then, also when no calls come.
    pub(crate) fn tick(&self) {
        drop(self.snapshot());
        self.pool.sweep();
        self.log.borrow_mut().flush_if_old(Instant::now());
    }

    /// What has to happen now and then once per process.
    pub(crate) fn sweep(&self) {
        let now_ms = now_ms();
        self.shared.limits.sweep(now_ms);
        self.shared.cluster.iter().for_each(|cluster| cluster.sweep(now_ms));
        self.shared.nonces.sweep(now_ms);
    }
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker").field("pool", &self.pool).finish_non_exhaustive()
    }
}
