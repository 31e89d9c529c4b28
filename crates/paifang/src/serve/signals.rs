//! What the operating system tells the process.

use std::io;

use paifang_proxy::observe::AccessLog;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Signals, caught from now on.
pub(super) struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hang_up: Signal,
}

impl Signals {
    pub(super) fn catch() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    /// Waits until the process is to end, while there is no access log yet.
    pub(super) async fn end(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }

    /// Waits until the process is to end; meanwhile a rotated access log is opened anew.
    pub(super) async fn until_end(&mut self, log: &AccessLog) {
        loop {
            tokio::select! {
                _ = self.terminate.recv() => return,
                _ = self.interrupt.recv() => return,
                _ = self.hang_up.recv() => {
                    tracing::info!("Opening the access log anew");
                    log.reopen();
                }
            }
        }
    }
}
