//! A worker's connections to backends, and the sending over them.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::rc::Rc;
use std::time::{Duration, Instant};

use foldhash::fast::RandomState;
use futures_util::future::Either;

use super::alarm::Alarms;
use super::home::{Home, Limits};
use super::{Origin, Protocol, SendError, http1, http2};
use crate::{OutgoingRequest, Reply};

/// How often idle connections are looked through while the pool is in use.
const SWEEP_EVERY: Duration = Duration::from_secs(10);

/// Limits of a pool.
#[derive(Clone, Debug)]
pub struct PoolSettings {
    /// Idle HTTP/1 connections per origin. Default 64.
    pub idle_per_origin: usize,
    /// Idle HTTP/1 connections of all origins. Default 1,024.
    pub idle_in_all: usize,
    /// How long an idle connection is kept. Default 60 s.
    pub idle_timeout: Duration,
    /// Streams at once on one HTTP/2 connection before another is made. Default 100.
    pub streams_per_connection: u32,
    /// Bytes of a reply's head. Default 128 KiB.
    pub max_head_bytes: u32,
}

impl Default for PoolSettings {
    fn default() -> Self {
        Self {
            idle_per_origin: 64,
            idle_in_all: 1024,
            idle_timeout: Duration::from_secs(60),
            streams_per_connection: 100,
            max_head_bytes: 128 << 10,
        }
    }
}

/// How long sending may take.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// When the request is made, as its maker has read the clock already.
    pub now: Instant,
    /// For each of: a TCP connection, the TLS handshake, the HTTP/2 handshake.
    pub connect: Duration,
    /// When the reply's head must be there, connecting and all attempts included. Rings up to 20 ms late.
    pub head_by: Instant,
}

/// One per worker; clones share it.
#[derive(Clone)]
pub struct Pool(Rc<Inner>);

struct Inner {
    homes: RefCell<HashMap<Origin, Rc<Home>, RandomState>>,
    limits: Rc<Limits>,
    alarms: Alarms,
    /// When idle connections are looked through next.
    sweep_at: Cell<Instant>,
}

impl Pool {
    /// Without connections.
    pub fn new(settings: PoolSettings) -> Self {
        Self(Rc::new(Inner {
            homes: RefCell::default(),
            limits: Rc::new(Limits { settings, idle: Cell::new(0) }),
            alarms: Alarms::default(),
            sweep_at: Cell::new(Instant::now() + SWEEP_EVERY),
        }))
    }

    /// Sends a request and returns the reply as soon as its head is there, which may be before the request's body is written: reading
    /// the reply's body then goes on with that. `1xx` replies before it are skipped.
    ///
    /// When a pooled connection turns out to be closed before anything was written, another is taken, at last a new one. Must run
    /// inside a `LocalSet`. Dropping the future, or the reply's body before its end, gives the connection or stream up.
    ///
    /// # Errors
    /// See [`SendError`].
    pub fn send<'a>(
        &self,
        origin: &'a Origin,
        request: OutgoingRequest,
        timeouts: &'a Timeouts,
    ) -> impl Future<Output = Result<Reply, SendError>> + use<'a> {
        let now = timeouts.now;
        if now >= self.0.sweep_at.get() {
            self.sweep();
        }
        let home = self.home(origin);
        let alarm = self.0.alarms.set(timeouts.head_by);
        match origin.protocol {
            Protocol::Http1 => Either::Left(http1::send(home, origin, request, timeouts, alarm, now)),
            Protocol::H2 | Protocol::H2c => {
                Either::Right(Box::pin(http2::send(home, origin, request, timeouts, alarm)))
            }
        }
    }

    /// Closes what has idled too long. Happens by itself while requests are sent; a worker without any may call it now and then.
    pub fn sweep(&self) {
        let now = Instant::now();
        self.0.sweep_at.set(now + SWEEP_EVERY);
        let idle_timeout = self.0.limits.settings.idle_timeout;
        self.0
            .homes
            .borrow_mut()
            .retain(|_, home| home.sweep(now, idle_timeout) || Rc::strong_count(home) > 1);
    }

    /// How many HTTP/1 connections rest.
    pub fn idle_connections(&self) -> usize {
        self.0.limits.idle.get()
    }

    fn home(&self, origin: &Origin) -> Rc<Home> {
        if let Some(home) = self.0.homes.borrow().get(origin) {
            return Rc::clone(home);
        }
        let home = Home::new(&self.0.limits);
        self.0.homes.borrow_mut().insert(origin.clone(), Rc::clone(&home));
        home
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("idle_connections", &self.idle_connections()).finish_non_exhaustive()
    }
}
