//! One build at a time. Two cargo builds side by side are slower than one after the other, and a build beside a
//! measurement spoils it. The lock goes with the process that holds it, however that ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};

use anyhow::{Context as _, Result};

use crate::workspace;

/// Held while a task builds or measures.
pub(crate) struct BuildLock(File);

impl BuildLock {
    /// Waits for whoever has the lock, and says for whom.
    pub(crate) fn take(task: &str) -> Result<Self> {
        let path = workspace::target().join("xtask.lock");
        std::fs::create_dir_all(workspace::target()).context("making the target folder")?;
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .with_context(|| format!("opening the lock {}", path.display()))?;
        let mut lock = Self(file);
        lock.wait().with_context(|| format!("taking the lock {}", path.display()))?;
        lock.sign(task).with_context(|| format!("writing the lock {}", path.display()))?;
        Ok(lock)
    }

    fn wait(&mut self) -> std::io::Result<()> {
        match self.0.try_lock() {
            Ok(()) => Ok(()),
            Err(TryLockError::WouldBlock) => {
                eprintln!("xtask: waiting for {}", self.holder()?);
                self.0.lock()
            }
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn holder(&mut self) -> std::io::Result<String> {
        let mut holder = String::new();
        self.0.rewind()?;
        self.0.read_to_string(&mut holder)?;
        Ok(if holder.is_empty() { "another task".to_owned() } else { holder })
    }

    fn sign(&mut self, task: &str) -> std::io::Result<()> {
        self.0.set_len(0)?;
        self.0.rewind()?;
        write!(self.0, "`cargo xtask {task}` (process {})", std::process::id())
    }
}
