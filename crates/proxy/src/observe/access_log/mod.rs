//! One JSON line per call, written so that no call ever waits for a disk or a terminal: each worker fills a
//! buffer of its own, a thread writes full buffers out, and what that thread cannot keep up with is dropped
//! and counted. The fields are described in `docs/access-log.md`.

mod buffer;
mod clock;
mod handover;
mod json;
mod line;
mod sink;
#[cfg(test)]
mod tests;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

pub use buffer::LogBuffer;
use handover::{Desk, Handover, Message};
use sink::Sink;

/// Buffers that wait to be written, at most, for all workers together: about 4 MiB.
const PLACES: usize = 256;

/// How long [`AccessLog::flush`] waits at most: a terminal that stands still must not keep a process alive.
const PATIENCE: Duration = Duration::from_secs(5);

/// The access log of a process. Clones are the same log.
#[derive(Debug, Clone)]
pub struct AccessLog(Option<Handover>);

/// Where lines go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// Nowhere.
    Off,
    /// To standard output.
    Stdout,
    /// To the end of a file, which is made when it is not there; its folder must be.
    File(PathBuf),
}

impl AccessLog {
    /// Opens the destination and starts the thread that writes.
    ///
    /// # Errors
    /// When the file cannot be opened or the thread cannot be started.
    pub fn start(destination: Destination) -> io::Result<Self> {
        match destination {
            Destination::Off => Ok(Self(None)),
            Destination::Stdout => Self::over(Sink::stdout()),
            Destination::File(path) => Self::over(Sink::file(path)?),
        }
    }

    fn over(mut sink: Sink) -> io::Result<Self> {
        let (outbox, mut inbox) = mpsc::channel(PLACES);
        let desk = Arc::new(Desk::default());
        let theirs = Arc::clone(&desk);
        let work = move || {
            while let Some(message) = inbox.blocking_recv() {
                serve(message, &mut sink, &theirs);
            }
        };
        std::thread::Builder::new().name("access-log".to_owned()).spawn(work)?;
        Ok(Self(Some(Handover { outbox, desk })))
    }

    /// A buffer for a worker.
    #[must_use]
    pub fn buffer(&self) -> LogBuffer {
        LogBuffer::new(self.0.clone())
    }

    /// Lines that were lost since the start, because the destination was too slow or refused them.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.0.as_ref().map_or(0, |handover| handover.desk.lost())
    }

    /// Opens the file anew, soon: for when it has been renamed. Where that fails, the old file is kept.
    pub fn reopen(&self) {
        let Some(Handover { outbox, desk }) = &self.0 else { return };
        desk.ask_to_reopen();
        // When there is no place, the thread is awake and looks by itself.
        let _ = outbox.try_send(Message::Wake);
    }

    /// Waits until all buffers that were handed over before are written or lost, five seconds at most. What
    /// workers still hold is theirs to hand over, with [`LogBuffer::flush`].
    pub async fn flush(&self) {
        let Some(Handover { outbox, .. }) = &self.0 else { return };
        if timeout(PATIENCE, caught_up(outbox)).await.is_err() {
            tracing::warn!("The access log is not written completely: its destination stands still");
        }
    }
}

async fn caught_up(outbox: &mpsc::Sender<Message>) {
    let (done, written) = oneshot::channel();
    if outbox.send(Message::Flush(done)).await.is_ok() {
        // An error means that the thread is gone, and with it the buffers.
        let _ = written.await;
    }
}

fn serve(message: Message, sink: &mut Sink, desk: &Desk) {
    if desk.must_reopen() {
        sink.reopen();
    }
    match message {
        Message::Lines(lines) => {
            desk.count_lost(sink.write(&lines));
            desk.take_back(lines);
        }
        Message::Wake => {}
        // Nobody waits any more when this fails.
        Message::Flush(done) => drop(done.send(())),
    }
}
