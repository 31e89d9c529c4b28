//! Writes a call's record once: when its reply is done, or when its client is gone before that.

use std::rc::Rc;

use http::StatusCode;
use http::header::HOST;
use paifang_wire::{BodyEnd, BodyOutcome, BodyWatcher};

use crate::channel::Lease;
use crate::exchange::Exchange;
use crate::observe::{self, End, Record};
use crate::trace;
use crate::worker::Worker;

/// Holds a call's record until it can be written.
#[derive(Debug)]
pub(crate) struct Recorder {
    worker: Rc<Worker>,
    /// The record as far as it is known.
    pub(crate) record: Record,
    started: std::time::Instant,
    bytes_in: Option<Rc<std::cell::Cell<u64>>>,
    /// Where the call is under way until then.
    pub(crate) lease: Option<Lease>,
    written: bool,
}

impl Recorder {
    /// A call begins.
    pub(crate) fn begin(worker: &Rc<Worker>, exchange: &Exchange) -> Box<Self> {
        worker.metrics.call_began();
        worker.shared.in_flight.enter();
        let head = &exchange.head;
        let record = Record {
            id: exchange.id,
            at_ms: exchange.started_ms,
            client: exchange.client.address,
            trace: trace::id(&head.headers),
            method: head.method.clone(),
            host: head.headers.get(HOST).cloned(),
            target: head.target.clone(),
            dialect: worker.shared.settings.default_dialect,
            route: None,
            app: None,
            // What a client would have seen that did not wait: nginx's 499 is not ours to send.
            status: StatusCode::from_u16(499).unwrap_or(StatusCode::BAD_REQUEST),
            error: None,
            total: std::time::Duration::ZERO,
            backend: None,
            bytes_in: 0,
            bytes_out: 0,
            end: End::ClientGone,
        };
        Box::new(Self {
            worker: Rc::clone(worker),
            record,
            started: exchange.started,
            bytes_in: exchange.bytes_in.clone(),
            lease: None,
            written: false,
        })
    }

    /// The call is over.
    pub(crate) fn finish(mut self, end: End, bytes_out: u64) {
        self.write(end, bytes_out);
    }

    fn write(&mut self, end: End, bytes_out: u64) {
        self.written = true;
        self.worker.shared.in_flight.leave();
        self.record.total = self.started.elapsed();
        self.record.bytes_in = self.bytes_in.as_ref().map_or(0, |bytes| bytes.get());
        self.record.bytes_out = bytes_out;
        self.record.end = end;
        let worker = &self.worker;
        let (mut rollup, mut log) = (worker.rollup.borrow_mut(), worker.log.borrow_mut());
        observe::write(&self.record, &worker.metrics, &mut rollup, &mut log);
    }
}

impl BodyWatcher for Recorder {
    fn ended(self: Box<Self>, end: BodyEnd) {
        let outcome = match end.outcome {
            BodyOutcome::Complete => End::Complete,
            BodyOutcome::Failed => End::BackendBroke,
            // The body of an answer to HEAD stays unread.
            BodyOutcome::Dropped if self.record.method == http::Method::HEAD => End::Complete,
            BodyOutcome::Dropped => End::ClientGone,
        };
        self.finish(outcome, end.bytes);
    }
}

/// The only way to learn that a client left: its call is dropped where it waits.
impl Drop for Recorder {
    fn drop(&mut self) {
        if !self.written {
            self.write(End::ClientGone, 0);
        }
    }
}
