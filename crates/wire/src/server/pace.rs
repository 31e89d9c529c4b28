//! What an HTTP/1 connection waits for, and since when by the worker's coarse clock: reading it costs no system call, and waiting no timer.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::Waker;
use std::time::Duration;

use super::sweep::Sweep;
use super::{Ended, ServerSettings};

/// How long what a client still sends is read after the last answer, so that the answer reaches it (RFC 9112 §9.6).
const LINGER: Duration = Duration::from_secs(5);

pub(crate) struct Pace {
    clock: Rc<Cell<u64>>,
    tick_ms: i64,
    phase: Cell<Phase>,
    since: Cell<u64>,
    limits: PhaseLimits,
    body: Patience,
    writing: Patience,
    overdue: Cell<Option<Ended>>,
    waker: RefCell<Option<Waker>>,
}

/// What a connection is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// A head is arriving; a fresh connection counts as such.
    Head,
    /// A request is being answered: body and reply have patience of their own.
    Busy,
    /// It is open for another request.
    Idle,
    /// It is about to close.
    Lingering,
}

struct PhaseLimits {
    head_ms: i64,
    idle_ms: i64,
}

impl Pace {
    pub(super) fn new(settings: &ServerSettings, sweep: &Sweep) -> Rc<Self> {
        let rate = i64::from(settings.least_rate);
        let clock = sweep.clock();
        Rc::new(Self {
            tick_ms: millis(sweep.tick()),
            phase: Cell::new(Phase::Head),
            since: Cell::new(clock.get()),
            limits: PhaseLimits {
                head_ms: millis(settings.head_timeout),
                idle_ms: millis(settings.keep_alive),
            },
            body: Patience::new(settings.body_idle, rate),
            writing: Patience::new(settings.write_idle, rate),
            overdue: Cell::new(None),
            waker: RefCell::new(None),
            clock,
        })
    }

    pub(crate) fn enter(&self, phase: Phase) {
        self.phase.set(phase);
        self.since.set(self.clock.get());
        if phase == Phase::Busy {
            self.body.renew();
            self.writing.renew();
        }
    }

    pub(crate) fn phase(&self) -> Phase {
        self.phase.get()
    }

    /// Somebody waits for the next bytes of a body.
    pub(crate) fn body_awaited(&self) {
        self.body.begin(self.clock.get());
    }

    /// So many came.
    pub(crate) fn body_came(&self, bytes: usize) {
        self.body.end(self.clock.get(), bytes);
    }

    /// The client has to take bytes before more can be written.
    pub(crate) fn write_awaited(&self) {
        self.writing.begin(self.clock.get());
    }

    /// It took so many.
    pub(crate) fn wrote(&self, bytes: usize) {
        self.writing.end(self.clock.get(), bytes);
    }

    /// How the connection ends because something took too long.
    pub(super) fn overdue(&self) -> Option<Ended> {
        self.overdue.get()
    }

    /// Whom to wake when something is overdue.
    pub(super) fn hold(&self, waker: &Waker) {
        let mut held = self.waker.borrow_mut();
        if !held.as_ref().is_some_and(|held| held.will_wake(waker)) {
            *held = Some(waker.clone());
        }
    }

    /// Looks at the clock.
    pub(super) fn look(&self) {
        if self.overdue.get().is_some() {
            return;
        }
        self.overdue.set(self.judge());
        if self.overdue.get().is_some()
            && let Some(waker) = self.waker.take()
        {
            waker.wake();
        }
    }

    fn judge(&self) -> Option<Ended> {
        let now = self.clock.get();
        let past = |since: u64, most: i64| now.saturating_sub(since).cast_signed() > most + self.tick_ms;
        let phase = match self.phase.get() {
            Phase::Head => past(self.since.get(), self.limits.head_ms).then_some(Ended::SlowHead),
            Phase::Idle => past(self.since.get(), self.limits.idle_ms).then_some(Ended::Idle),
            Phase::Lingering => past(self.since.get(), millis(LINGER)).then_some(Ended::Closed),
            Phase::Busy => None,
        };
        let stalled =
            |patience: &Patience| patience.since.get().is_some_and(|since| past(since, patience.left.get()));
        let body = || stalled(&self.body).then_some(Ended::StalledBody);
        phase.or_else(body).or_else(|| stalled(&self.writing).then_some(Ended::StalledReader))
    }
}

/// How much longer is waited. Waiting uses it up, and every byte gives some of it back: so that nobody lives for ever on a byte now and then.
struct Patience {
    most_ms: i64,
    /// Bytes per second.
    rate: i64,
    /// Below 0 somebody came too late each time, yet never so late that it showed by a clock this coarse.
    left: Cell<i64>,
    since: Cell<Option<u64>>,
}

impl Patience {
    fn new(most: Duration, rate: i64) -> Self {
        Self { most_ms: millis(most), rate, left: Cell::new(millis(most)), since: Cell::new(None) }
    }

    fn renew(&self) {
        self.left.set(self.most_ms);
        self.since.set(None);
    }

    fn begin(&self, now: u64) {
        if self.since.get().is_none() {
            self.since.set(Some(now));
        }
    }

    fn end(&self, now: u64, bytes: usize) {
        let Some(since) = self.since.take() else { return };
        let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
        let earned = bytes.saturating_mul(1000).checked_div(self.rate).unwrap_or(self.most_ms);
        let left = self.left.get() - now.saturating_sub(since).cast_signed();
        self.left.set(left.saturating_add(earned).min(self.most_ms));
    }
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX / 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1000;

    fn pace() -> (Rc<Pace>, Rc<Cell<u64>>) {
        let settings = ServerSettings { least_rate: 500, ..ServerSettings::default() };
        let sweep = Sweep::new(settings.shortest_timeout());
        (Pace::new(&settings, &sweep), sweep.clock())
    }

    /// Waits for a body in steps of a second, with so many bytes at the end of each; how many seconds it took to be overdue.
    fn seconds_of_patience(bytes: usize) -> Option<u64> {
        let (pace, clock) = pace();
        pace.enter(Phase::Busy);
        for second in 0..1000 {
            pace.body_awaited();
            clock.set(clock.get() + SECOND);
            if pace.judge().is_some() {
                return Some(second);
            }
            if bytes > 0 {
                pace.body_came(bytes);
            }
        }
        None
    }

    #[test]
    fn bytes_buy_time_at_the_least_rate() {
        assert_eq!(seconds_of_patience(0), Some(31), "30 s and less than two ticks");
        assert_eq!(seconds_of_patience(1), Some(31), "a byte now and then is worth nothing");
        assert_eq!(seconds_of_patience(250), Some(61), "half the rate lasts twice as long");
        assert_eq!(seconds_of_patience(500), None);
        assert_eq!(seconds_of_patience(5000), None);
    }

    #[test]
    fn nobody_is_hurried_while_we_are_busy() {
        let (pace, clock) = pace();
        pace.enter(Phase::Busy);
        clock.set(3_600 * SECOND);
        assert_eq!(pace.judge(), None);
        pace.enter(Phase::Idle);
        clock.set(clock.get() + 26 * SECOND);
        assert_eq!(pace.judge(), None, "one tick of doubt");
        clock.set(clock.get() + 1);
        assert_eq!(pace.judge(), Some(Ended::Idle));
    }

    #[test]
    fn a_head_has_ten_seconds() {
        let (pace, clock) = pace();
        clock.set(11 * SECOND + 1);
        pace.look();
        assert_eq!(pace.overdue(), Some(Ended::SlowHead));
    }
}
