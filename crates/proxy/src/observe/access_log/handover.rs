//! How buffers go from the workers to the thread that writes, and come back empty. No worker waits here.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{mpsc, oneshot};

/// A worker hands a buffer over when it holds this much, in bytes.
pub(super) const FULL: usize = 16 * 1024;

/// What a new buffer has room for: a full one's last line goes beyond [`FULL`].
const ROOM: usize = FULL + 2 * 1024;

/// Empty buffers that are kept.
const SPARE: usize = 32;

/// A way to the thread that writes.
#[derive(Debug, Clone)]
pub(super) struct Handover {
    pub(super) outbox: mpsc::Sender<Message>,
    pub(super) desk: Arc<Desk>,
}

/// What the thread is asked for.
#[derive(Debug)]
pub(super) enum Message {
    /// To write whole lines.
    Lines(Vec<u8>),
    /// To look at the desk.
    Wake,
    /// To say when it has come this far.
    Flush(oneshot::Sender<()>),
}

/// What both sides look at.
#[derive(Debug, Default)]
pub(super) struct Desk {
    spare: Mutex<Vec<Vec<u8>>>,
    lost: AtomicU64,
    reopen: AtomicBool,
}

impl Handover {
    /// Gives a buffer away, or empties it when there is no place for it; it is empty afterwards.
    pub(super) fn give(&self, lines: &mut Vec<u8>) {
        match self.outbox.try_reserve() {
            Ok(place) => place.send(Message::Lines(std::mem::replace(lines, self.desk.empty()))),
            Err(_) => {
                self.desk.count_lost(count_lines(lines));
                lines.clear();
            }
        }
    }
}

impl Desk {
    /// An empty buffer; a new one when somebody else is looking for one right now.
    pub(super) fn empty(&self) -> Vec<u8> {
        let spare = self.spare.try_lock().ok().and_then(|mut spare| spare.pop());
        spare.unwrap_or_else(|| Vec::with_capacity(ROOM))
    }

    /// Takes a buffer back, unless an unusual line has made it large.
    pub(super) fn take_back(&self, mut buffer: Vec<u8>) {
        buffer.clear();
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        if spare.len() < SPARE && buffer.capacity() <= 2 * ROOM {
            spare.push(buffer);
        }
    }

    pub(super) fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }

    pub(super) fn count_lost(&self, lines: u64) {
        if lines > 0 {
            self.lost.fetch_add(lines, Ordering::Relaxed);
        }
    }

    pub(super) fn ask_to_reopen(&self) {
        self.reopen.store(true, Ordering::Release);
    }

    pub(super) fn must_reopen(&self) -> bool {
        self.reopen.swap(false, Ordering::AcqRel)
    }
}

/// How many lines end in these bytes.
pub(super) fn count_lines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}
