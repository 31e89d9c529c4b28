//! A worker's own part of the access log: lines are formatted straight into it.

use std::time::{Duration, Instant};

use super::clock::Clock;
use super::handover::{FULL, Handover};
use super::line;
use crate::observe::Record;

/// How long a line stays in a worker's buffer, apart from the time between two of the worker's ticks.
const MAX_AGE: Duration = Duration::from_secs(1);

/// A worker's buffer. When the log is off, writing to it is one branch.
#[derive(Debug)]
pub struct LogBuffer(Option<Lines>);

#[derive(Debug)]
struct Lines {
    bytes: Vec<u8>,
    /// When the oldest line came.
    since: Instant,
    clock: Clock,
    handover: Handover,
}

impl LogBuffer {
    pub(super) fn new(handover: Option<Handover>) -> Self {
        Self(handover.map(|handover| Lines {
            bytes: handover.desk.empty(),
            since: Instant::now(),
            clock: Clock::default(),
            handover,
        }))
    }

    /// Adds a call's line.
    pub(in crate::observe) fn write(&mut self, record: &Record) {
        let Some(lines) = &mut self.0 else { return };
        if lines.bytes.is_empty() {
            lines.since = Instant::now();
        }
        line::write(&mut lines.bytes, &mut lines.clock, record);
        if lines.bytes.len() >= FULL {
            lines.handover.give(&mut lines.bytes);
        }
    }

    /// Hands the buffer over when its oldest line is older than a second.
    pub fn flush_if_old(&mut self, now: Instant) {
        let old = |lines: &Lines| now.saturating_duration_since(lines.since) >= MAX_AGE;
        if self.0.as_ref().is_some_and(old) {
            self.flush();
        }
    }

    /// Hands the buffer over, whatever its age: for when the worker ends. Dropping it would lose its lines.
    pub fn flush(&mut self) {
        if let Some(lines) = self.0.as_mut().filter(|lines| !lines.bytes.is_empty()) {
            lines.handover.give(&mut lines.bytes);
        }
    }
}
