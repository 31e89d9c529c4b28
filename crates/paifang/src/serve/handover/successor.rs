//! The new gateway, as the running one sees it.

use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, anyhow, bail};
use tokio::time::sleep_until;

use super::line::Line;
use super::{Failure, FromPredecessor, FromSuccessor, Patience, parcel, predecessor};
use crate::serve::ground::Ground;

/// What systemd hands over reaches the new process as a parcel, like what was bound.
const OF_SYSTEMD: [&str; 4] = ["LISTEN_FDS", "LISTEN_FDNAMES", "LISTEN_PID", "LISTEN_PIDFDID"];

/// The new gateway.
pub(super) struct Successor {
    child: Child,
    line: Line,
}

impl Successor {
    /// Starts a binary as this process was started, and gives it what this one stands on.
    pub(super) fn start(binary: &Path, ground: &Ground) -> Result<Self> {
        let (ours, theirs) = UnixStream::pair().context("making a stream to the new process")?;
        parcel::send(&ours, ground.data_dir.lock(), &ground.listeners.named())?;
        let mut command = Command::new(binary);
        command.args(std::env::args_os().skip(1));
        command.env(predecessor::VARIABLE, std::process::id().to_string());
        for variable in OF_SYSTEMD {
            command.env_remove(variable);
        }
        command.stdin(Stdio::from(OwnedFd::from(theirs)));
        ours.set_nonblocking(true)?;
        let line = Line::new(tokio::net::UnixStream::from_std(ours)?);
        let child = command.spawn().with_context(|| format!("starting `{}`", binary.display()))?;
        Ok(Self { child, line })
    }

    pub(super) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(super) async fn say(&mut self, word: &FromPredecessor) -> Result<()> {
        self.line.say(word).await
    }

    /// Waits for a word; everything else is a failure.
    pub(super) async fn expect(
        &mut self,
        word: &FromSuccessor,
        patience: &mut Patience<'_>,
    ) -> Result<(), Failure> {
        let seconds = patience.within.as_secs();
        tokio::select! {
            heard = self.line.hear() => Ok(self.judge(word, heard?)?),
            () = sleep_until(patience.deadline) => {
                Err(anyhow!("the new process did not serve within {seconds} s").into())
            }
            () = patience.signals.end() => Err(Failure::ToldToEnd),
        }
    }

    fn judge(&mut self, word: &FromSuccessor, heard: Option<FromSuccessor>) -> Result<()> {
        match heard {
            Some(heard) if heard == *word => Ok(()),
            Some(FromSuccessor::Failed { reason }) => bail!("the new process says: {reason}"),
            Some(heard) => bail!("the new process says {heard:?} where {word:?} is expected"),
            None => {
                // It has let go of the stream and so is at its end, whatever it is.
                let _ = self.child.kill();
                let status = self.child.wait().context("waiting for the end of the new process")?;
                bail!("the new process ended before it served: {status}")
            }
        }
    }

    /// Ends it.
    pub(super) async fn end(mut self) {
        // An error means that it has ended already.
        let _ = self.child.kill();
        let _ = tokio::task::spawn_blocking(move || self.child.wait()).await;
    }
}
