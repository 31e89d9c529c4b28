//! What one worker counts.

use std::cell::Cell;
use std::marker::PhantomData;
use std::sync::Arc;

use super::counter::Counter;
use super::errors::Errors;
use super::histogram::Histogram;
use super::requests::Requests;
use crate::observe::Record;

/// What one worker counts, on cache lines of its own.
#[derive(Debug, Default)]
#[repr(align(128))]
pub(super) struct Cells {
    pub(super) requests: Requests,
    pub(super) errors: Errors,
    pub(super) total: Histogram,
    pub(super) backend: Histogram,
    pub(super) bytes_in: Counter,
    pub(super) bytes_out: Counter,
    calls: Flow,
    connections: Flow,
    connections_refused: Counter,
}

/// Things that begin and end.
#[derive(Debug, Default)]
struct Flow {
    began: Counter,
    ended: Counter,
}

impl Flow {
    /// Another thread may read one counter before and one after a change; there are never fewer than none.
    fn now(&self) -> u64 {
        self.began.value().saturating_sub(self.ended.value())
    }
}

impl Cells {
    pub(super) fn calls_in_flight(&self) -> u64 {
        self.calls.now()
    }

    pub(super) fn connections_open(&self) -> u64 {
        self.connections.now()
    }

    pub(super) fn connections_refused(&self) -> u64 {
        self.connections_refused.value()
    }

    pub(super) fn connections_accepted(&self) -> u64 {
        self.connections.began.value()
    }
}

/// A worker's hand on its cells. It cannot be cloned or shared between threads: each cell has one writer.
#[derive(Debug)]
pub struct WorkerMetrics {
    cells: Arc<Cells>,
    not_shared: PhantomData<Cell<()>>,
}

impl WorkerMetrics {
    pub(super) fn new(cells: Arc<Cells>) -> Self {
        Self { cells, not_shared: PhantomData }
    }

    /// A call came. It is in flight until its record is written.
    pub fn call_began(&self) {
        self.cells.calls.began.add(1);
    }

    /// A call is over.
    pub(in crate::observe) fn call_ended(&self, record: &Record) {
        let cells = &self.cells;
        cells.calls.ended.add(1);
        cells.requests.count(record);
        if let Some(code) = record.error {
            cells.errors.count(code);
        }
        cells.total.observe(record.total);
        if let Some(backend) = record.backend {
            cells.backend.observe(backend);
        }
        cells.bytes_in.add(record.bytes_in);
        cells.bytes_out.add(record.bytes_out);
    }

    /// A client's connection was accepted.
    pub fn connection_opened(&self) {
        self.cells.connections.began.add(1);
    }

    /// A client's connection found no place.
    pub fn connection_refused(&self) {
        self.cells.connections_refused.add(1);
    }

    /// A client's connection is gone.
    pub fn connection_closed(&self) {
        self.cells.connections.ended.add(1);
    }
}
