//! Callers that come at a steady pace, however long answers take: each connection sends when its time has come.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{Scope, ScopedJoinHandle};
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::bench::client::Client;

/// Connections that the callers share the pace over.
const CONNECTIONS: u32 = 16;

/// What callers saw.
#[derive(Default)]
pub(super) struct Seen {
    /// How long each answer took from when it was due, in microseconds.
    pub(super) micros: Vec<u32>,
    /// Answers other than the expected one, and connections that broke.
    pub(super) failed: u64,
}

/// Calls until told to stop, so many times a second.
pub(super) fn start<'scope>(
    scope: &'scope Scope<'scope, '_>,
    address: SocketAddr,
    request: &'scope [u8],
    per_second: u32,
    stop: &'scope AtomicBool,
) -> Vec<ScopedJoinHandle<'scope, Seen>> {
    let every = Duration::from_secs(1) * CONNECTIONS / per_second.max(1);
    let caller =
        move |number| scope.spawn(move || call(address, request, every, every * number / CONNECTIONS, stop));
    (0..CONNECTIONS).map(caller).collect()
}

fn call(address: SocketAddr, request: &[u8], every: Duration, after: Duration, stop: &AtomicBool) -> Seen {
    let mut seen = Seen::default();
    let mut client = None;
    let mut due = Instant::now() + after;
    while !stop.load(Ordering::Relaxed) {
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        match once(&mut client, address, request) {
            Ok(()) => seen.micros.push(u32::try_from(due.elapsed().as_micros()).unwrap_or(u32::MAX)),
            Err(_) => {
                seen.failed += 1;
                client = None;
            }
        }
        due += every;
    }
    seen
}

fn once(client: &mut Option<Client>, address: SocketAddr, request: &[u8]) -> Result<()> {
    let connected = match client.take() {
        Some(connected) => connected,
        None => Client::connect(address)?,
    };
    let answer = client.insert(connected).exchange(request)?;
    answer.expect(crate::bench::case::SMALL_BYTES)
}
