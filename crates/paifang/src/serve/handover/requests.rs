//! Where `paifang upgrade` tells the running gateway to hand over: a socket in the data directory, for the gateway's own user
//! and root.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde::{Deserialize, Serialize};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc;
use tokio::time::timeout;
use tracing::warn;

use super::line::Line;
use crate::serve::file;

/// How long telling may take: it is a line, for which the socket has room.
const TOLD_WITHIN: Duration = Duration::from_secs(1);

/// How long whoever connects may take to say what is wished.
const SAID_WITHIN: Duration = Duration::from_secs(10);

/// That a gateway be handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wish {
    /// The binary to start, by its whole path.
    pub(crate) binary: PathBuf,
    /// Seconds in which it has to serve.
    pub(crate) ready_within_s: u64,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reply {
    /// A new process serves.
    HandedOver {
        /// The new one.
        pid: u32,
        /// The one that answers the rest.
        from: u32,
    },
    /// The running one goes on.
    Failed {
        /// Why.
        reason: String,
    },
}

/// A wish, and whoever waits for what becomes of it.
pub(in crate::serve) type Request = (Wish, Asker);

/// Whoever waits to be told.
pub(in crate::serve) struct Asker(Line);

impl Asker {
    /// Tells what became of the wish; whoever wished it may have gone. Not left to a task, which would end with the process.
    pub(in crate::serve) async fn tell(mut self, reply: &Reply) {
        let _ = timeout(TOLD_WITHIN, self.0.say(reply)).await;
    }
}

/// Requests as they come.
pub(in crate::serve) struct Requests {
    path: PathBuf,
    requests: mpsc::Receiver<Request>,
    /// Keeps the channel open where nothing can come.
    _send: mpsc::Sender<Request>,
}

/// The socket in a data directory.
pub(crate) fn socket(data_dir: &Path) -> PathBuf {
    data_dir.join("upgrade.sock")
}

impl Requests {
    /// Begins to listen. A gateway serves without it, too.
    pub(in crate::serve) fn listen(data_dir: &Path) -> Self {
        let (send, requests) = mpsc::channel(1);
        let path = socket(data_dir);
        match bind(&path) {
            Ok(listener) => drop(tokio::spawn(accept(listener, send.clone()))),
            Err(error) => warn!("`paifang upgrade` will not find this gateway: {error:#}"),
        }
        Self { path, requests, _send: send }
    }

    /// Waits for the next.
    pub(in crate::serve) async fn next(&mut self) -> Request {
        match self.requests.recv().await {
            Some(request) => request,
            // Not while the sender is kept.
            None => std::future::pending().await,
        }
    }

    /// Takes none any more, and takes the socket away, where no successor has put its own.
    pub(in crate::serve) fn remove(self) {
        if let Err(error) = file::remove(&self.path) {
            warn!("What takes upgrades is left behind: {error:#}");
        }
    }
}

fn bind(path: &Path) -> Result<UnixListener> {
    // Whoever has the data directory is the only one who listens there.
    file::remove(path)?;
    let listener = UnixListener::bind(path).with_context(|| format!("listening at `{}`", path.display()))?;
    std::fs::set_permissions(path, Permissions::from_mode(0o600))?;
    Ok(listener)
}

async fn accept(listener: UnixListener, send: mpsc::Sender<Request>) {
    while let Ok((stream, _)) = listener.accept().await {
        let send = send.clone();
        tokio::spawn(async move {
            if let Err(error) = serve(stream, send).await {
                warn!("Somebody who wanted to upgrade the gateway was not served: {error:#}");
            }
        });
    }
}

async fn serve(stream: UnixStream, send: mpsc::Sender<Request>) -> Result<()> {
    let peer = stream.peer_cred().context("asking who it is")?.uid();
    let own = rustix::process::geteuid().as_raw();
    ensure!(peer == own || peer == 0, "user {peer} is not the gateway's own");
    let mut line = Line::new(stream);
    let wish = timeout(SAID_WITHIN, line.hear()).await.context("nothing was said")??;
    let Some(wish) = wish else { return Ok(()) };
    send.send((wish, Asker(line))).await.context("the gateway is ending")
}
