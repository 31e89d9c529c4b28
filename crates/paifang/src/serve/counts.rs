//! Calls counted in windows of an hour and more, kept for the next start. Written every few seconds, so what a crash
//! forgets is as old as that.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use paifang_proxy::Gateway;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tracing::warn;

use super::file;

/// How often (design: windows of an hour and more).
const EVERY: Duration = Duration::from_secs(5);

/// Keeps them until told to end.
pub(super) struct Counts {
    end: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Counts {
    /// Goes on from what was kept last, besides what this process has counted already.
    pub(super) fn go_on(gateway: &Arc<Gateway>, data_dir: &Path) -> Self {
        restore(gateway, data_dir);
        Self::keep(gateway, data_dir)
    }

    fn keep(gateway: &Arc<Gateway>, data_dir: &Path) -> Self {
        let (end, ended) = oneshot::channel();
        let task = tokio::spawn(run(Arc::clone(gateway), place(data_dir), ended));
        Self { end, task }
    }

    /// Writes down what was counted to the end.
    pub(super) async fn end(self) {
        let _ = self.end.send(());
        if self.task.await.is_err() {
            warn!("What was counted may not have been written down");
        }
    }
}

/// Goes on from the counts that were kept last. What cannot be read is said, and counted anew.
fn restore(gateway: &Gateway, data_dir: &Path) {
    let path = place(data_dir);
    let counts = match std::fs::read(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return,
        counts => counts,
    };
    let gone_on = counts.map_err(anyhow::Error::from).and_then(|counts| Ok(gateway.go_on_from(&counts)?));
    if let Err(error) = gone_on {
        warn!("`{}` cannot be used, limits of an hour and more begin anew: {error:#}", path.display());
    }
}

async fn run(gateway: Arc<Gateway>, path: PathBuf, mut ended: oneshot::Receiver<()>) {
    let mut written = Vec::new();
    loop {
        let is_end = tokio::time::timeout(EVERY, &mut ended).await.is_ok();
        let counts = gateway.counts();
        if counts != written {
            match write(path.clone(), counts).await {
                Ok(counts) => written = counts,
                Err(error) => warn!("What was counted could not be written down: {error:#}"),
            }
        }
        if is_end {
            return;
        }
    }
}

async fn write(path: PathBuf, counts: Vec<u8>) -> Result<Vec<u8>> {
    let write = move || file::write(&path, &counts).map(|()| counts);
    tokio::task::spawn_blocking(write).await.context("waiting for the disk")?
}

fn place(data_dir: &Path) -> PathBuf {
    data_dir.join("counters")
}
