//! The running gateway, as the one sees it that is to succeed it.

use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;

use anyhow::{Context as _, Result, bail};
use tracing::{debug, warn};

use super::line::Line;
use super::parcel::{self, Parcel};
use super::{FromPredecessor, FromSuccessor};

/// Tells a process which one it succeeds. Only its parent can, or a stray variable would do harm.
pub(super) const VARIABLE: &str = "PAIFANG_PREDECESSOR";

/// The running gateway.
#[derive(Debug)]
pub(in crate::serve) struct Predecessor {
    stream: UnixStream,
    line: Line,
}

impl Predecessor {
    /// Finds it on standard input; none when this process was started by somebody else.
    ///
    /// # Errors
    /// When there is no stream on standard input.
    pub(in crate::serve) fn find() -> Result<Option<Self>> {
        let named = std::env::var(VARIABLE).ok().and_then(|pid| pid.parse().ok());
        if named != Some(std::os::unix::process::parent_id()) {
            return Ok(None);
        }
        let stream = std::io::stdin().as_fd().try_clone_to_owned().context("taking standard input")?;
        let stream = UnixStream::from(stream);
        let spoken = stream.try_clone().context("taking standard input")?;
        spoken.set_nonblocking(true).context("taking standard input")?;
        let line = Line::new(tokio::net::UnixStream::from_std(spoken).context("taking standard input")?);
        Ok(Some(Self { stream, line }))
    }

    /// Receives what it hands over, which was sent before this process began.
    pub(in crate::serve) fn receive(&self) -> Result<Parcel> {
        parcel::receive(&self.stream)
    }

    /// Says that this process could, and waits until the store is its own.
    pub(in crate::serve) async fn prepared(&mut self) -> Result<()> {
        self.say(FromSuccessor::Prepared).await;
        self.wait_for(FromPredecessor::Yours).await
    }

    /// Says that this process takes calls, and waits until the other takes none.
    pub(in crate::serve) async fn ready(&mut self) -> Result<()> {
        self.say(FromSuccessor::Ready).await;
        self.wait_for(FromPredecessor::Draining).await
    }

    /// Says why this process ends.
    pub(in crate::serve) async fn failed(&mut self, error: &anyhow::Error) {
        self.say(FromSuccessor::Failed { reason: format!("{error:#}") }).await;
    }

    async fn say(&mut self, word: FromSuccessor) {
        if let Err(error) = self.line.say(&word).await {
            debug!(?word, "the predecessor does not hear it: {error:#}");
        }
    }

    /// One that is gone has nothing left, so that everything is this process' own.
    async fn wait_for(&mut self, word: FromPredecessor) -> Result<()> {
        match self.line.hear::<FromPredecessor>().await {
            Ok(Some(heard)) if heard == word => Ok(()),
            Ok(Some(heard)) => bail!("the running gateway says {heard:?} where {word:?} is expected"),
            Ok(None) => {
                warn!("The gateway that was to hand over has ended; this one goes on");
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}
